public import Events
public import Racing

/// Turns commands into events: the one way into the log for accounts, races and simulations.
///
/// Safe to call from any number of tasks. Commands for one simulation take turns; different simulations do not wait
/// for each other. A command accepted once gives the same answer for ever after under the same id; a refused one left
/// no trace.
public struct CommandHandler: Sendable {
  let log: any EventLog
  let catalog: any RaceCatalog
  let history: any PlayerHistory
  let newStream: @Sendable () -> StreamID
  let turns: SimulationTurns<SimulationState>
  let workers: Workers

  /// What commands need.
  /// - Parameters:
  ///   - log: where events go, and where simulations that are not in memory come from.
  ///   - newStream: gives a fresh time-ordered id for a simulation.
  ///   - limits: how much is kept and how much may wait.
  public init(
    log: any EventLog, catalog: any RaceCatalog, history: any PlayerHistory,
    newStream: @escaping @Sendable () -> StreamID, limits: Limits = Limits()
  ) {
    self.log = log
    self.catalog = catalog
    self.history = history
    self.newStream = newStream
    turns = SimulationTurns(capacity: limits.keptSimulations, waitersMax: limits.waitingForOne)
    workers = Workers(threads: limits.threads, waitingMax: limits.waitingForThreads)
  }

  /// Bounds of the handler.
  public struct Limits: Sendable {
    /// Simulations kept in memory between two commands, about 5 KB each; others are folded again from the log.
    public var keptSimulations = 20_000
    /// Commands that may wait for one simulation; further ones are refused as overload.
    public var waitingForOne = 16
    /// Threads that simulate and compute optima.
    public var threads = 2
    /// Commands that may wait for those threads; further ones are refused as overload.
    public var waitingForThreads = 10_000

    /// The usual bounds.
    public init() {}
  }

  /// Does what the command says, or refuses.
  ///
  /// - Parameters:
  ///   - id: the idempotency key. The same key with the same command gives the first answer again.
  ///   - actor: the account, signed in already; whether it may is decided here.
  /// - Throws: see ``CommandError``. The id may be used again; after `unavailable` it shows whether the first time counted.
  /// - Complexity: a few milliseconds of computing where a decision leaves the optimum, one append, no read while the
  ///   simulation is in memory.
  public func handle(
    _ command: Command, id: CommandID, actor: UserID
  ) async throws(CommandError) -> CommandOutcome {
    let request = Request(id: id, actor: actor, fingerprint: command.fingerprint(by: actor))
    do throws(CommandError) {
      switch command {
      case .startSimulation(let start): return try await self.start(start, request)
      case .playPlan(let plan): return try await play(plan, request)
      case .fork(let fork): return try await self.fork(fork, request)
      case .makeDecision(let decision): return try await move(.decide(decision), of: decision.simulation, request)
      case .advance(let advance): return try await move(.advance(advance), of: advance.simulation, request)
      case .finish(let simulation): return try await move(.finish, of: simulation, request)
      case .abandon(let simulation): return try await move(.abandon, of: simulation, request)
      }
    } catch {
      // A command that was accepted before may well be against the rules now: then its first answer holds.
      guard error.isRefusal, let first = try await firstAnswer(to: request) else { throw error }
      return first
    }
  }

  /// A simulation as its player may see it now.
  /// - Throws: `unknownSimulation`, `notYours`, and what reading can throw.
  public func view(of simulation: StreamID, by actor: UserID) async throws(CommandError) -> SimulationView {
    try await turns.turn(at: simulation) { kept throws(CommandError) in
      let state = try await current(simulation, kept: kept)
      kept = state
      try state.check(actor: actor)
      return state.view
    }
  }

  /// A simulation's race up to the last lap driven, everybody in it.
  /// - Throws: `unknownSimulation`, `notYours`, and what reading can throw.
  public func raceSoFar(of simulation: StreamID, by actor: UserID) async throws(CommandError) -> RaceSoFar {
    try await turns.turn(at: simulation) { kept throws(CommandError) in
      let state = try await current(simulation, kept: kept)
      kept = state
      try state.check(actor: actor)
      return state.raceSoFar
    }
  }

  /// What a finished simulation is set beside: windows of its stops, the best plan with and without foresight, the real
  /// one.
  /// - Throws: `unknownSimulation`, `notYours`, `notFinished`, and what reading can throw.
  /// - Complexity: some hundred milliseconds of computing the first time in a world.
  public func review(of simulation: StreamID, by actor: UserID) async throws(CommandError) -> RunReview {
    let state = try await turns.turn(at: simulation) { kept throws(CommandError) in
      let state = try await current(simulation, kept: kept)
      kept = state
      try state.check(actor: actor)
      return state
    }
    guard case .finished = state.ending else { throw .notFinished(simulation) }
    let review = try await workers.run { () throws(CommandError) in state.car.review() }
    guard let review else { throw .notFinished(simulation) }
    return review
  }
}

/// Who sent which command.
struct Request: Sendable {
  var id: CommandID
  var actor: UserID
  var fingerprint: String
}
