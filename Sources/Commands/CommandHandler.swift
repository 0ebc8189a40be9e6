public import Events
public import Racing

/// Turns commands into events: the one way into the log for accounts, races and simulations.
///
/// Safe to call from any number of tasks. Commands for one simulation take turns; different simulations do not wait for
/// each other. A command accepted once gives the same answer for ever after under the same id; a refused one left no trace.
public struct CommandHandler: Sendable {
  /// What commands need.
  /// - Parameters:
  ///   - newStream: gives a fresh time-ordered id.
  ///   - limits: how much is kept and how much may wait.
  public init(
    log: any EventLog, catalog: any RaceCatalog, history: any PlayerHistory,
    newStream: @escaping @Sendable () -> StreamID, limits: Limits = Limits()
  ) {}

  /// Bounds of the handler.
  public struct Limits: Sendable {
    /// Simulations kept folded in memory.
    public var cachedSimulations = 20_000
    /// Commands that may wait for one simulation.
    public var waitingForOne = 16
    /// Threads that compute optima.
    public var threads = 2
    public init() {}
  }

  /// Does what the command says, or refuses.
  /// - Parameter actor: the account; signed in already, its rights to simulations are checked here.
  public func handle(
    _ command: Command, id: CommandID, actor: UserID
  ) async throws(CommandError) -> CommandOutcome

  /// A simulation as its player may see it now.
  public func view(of simulation: StreamID, by actor: UserID) async throws(CommandError) -> SimulationView

  /// Registers a new account under an id made by the caller.
  public func registerUser(
    _ account: UserID, kind: UserRegistered.Kind, id: CommandID
  ) async throws(CommandError) -> RegistrationOutcome

  /// Records that a race's data came in. The same content twice in a row appends nothing the second time.
  public func importRace(_ race: RaceImported, id: CommandID) async throws(CommandError) -> ImportOutcome
}
