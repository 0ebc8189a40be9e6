import Commands
import Events
import Racing
import Synchronization
import TestSupport

/// Everything a handler needs, in memory: a log, a race, and accounts of every kind.
struct Pits {
  let log: WatchedLog
  let handler: CommandHandler
  let catalog: MemoryCatalog
  let history: MemoryHistory
  let race: RaceKey
  let driver = RandomRace.codes[0]
  let player = Self.player
  let rival = Self.rival
  let guest = Self.guest
  let bot = Self.bot

  private static let player = UserID(high: 1, low: 1)
  private static let rival = UserID(high: 1, low: 2)
  private static let guest = UserID(high: 1, low: 3)
  private static let bot = UserID(high: 1, low: 4)

  private let ids = IdentifierGenerator()

  init(seed: UInt64 = 1, _ shape: RandomRace.Shape = .init(), limits: CommandHandler.Limits = .init()) {
    let log = WatchedLog()
    let catalog = MemoryCatalog([RandomRace.artefact(seed: seed, shape)])
    let history = MemoryHistory([
      Self.player: .registered, Self.rival: .registered, Self.guest: .guest, Self.bot: .synthetic,
    ])
    self.init(log: log, catalog: catalog, history: history, race: shape.key, limits: limits)
  }

  private init(
    log: WatchedLog, catalog: MemoryCatalog, history: MemoryHistory, race: RaceKey, limits: CommandHandler.Limits
  ) {
    let streams = IdentifierGenerator()
    self.log = log
    self.catalog = catalog
    self.history = history
    self.race = race
    handler = CommandHandler(
      log: log, catalog: catalog, history: history, newStream: { streams.next() }, limits: limits)
  }

  /// Another server on the same log.
  func secondServer(limits: CommandHandler.Limits = .init()) -> Pits {
    Pits(log: log, catalog: catalog, history: history, race: race, limits: limits)
  }

  func newID() -> CommandID { ids.next() }

  @discardableResult
  func send(_ command: Command, id: CommandID? = nil, by actor: UserID? = nil) async throws(CommandError)
    -> CommandOutcome
  {
    try await handler.handle(command, id: id ?? newID(), actor: actor ?? player)
  }

  /// A new run; on mediums unless said otherwise.
  func start(
    by actor: UserID? = nil, lap: Int = 1, on compound: Compound? = .medium, mode: SimulationStarted.Mode = .live,
    wantsRank: Bool = true, offersPace: Bool = false
  ) async throws(CommandError) -> CommandOutcome {
    let start = StartSimulation(
      race: race, driver: driver, startLap: lap, compound: compound, mode: mode, wantsRank: wantsRank,
      offersPace: offersPace)
    return try await send(.startSimulation(start), by: actor)
  }

  @discardableResult
  func decide(
    _ simulation: StreamID, _ lap: Int, _ choice: MakeDecision.Choice
  ) async throws(CommandError) -> CommandOutcome {
    try await send(.makeDecision(MakeDecision(simulation: simulation, lap: lap, choice: choice)))
  }

  @discardableResult
  func advance(_ simulation: StreamID, to lap: Int? = nil) async throws(CommandError) -> CommandOutcome {
    try await send(.advance(Advance(simulation: simulation, toLap: lap)))
  }

  /// Drives to a lap, however often the track status changes on the way.
  @discardableResult
  func drive(_ simulation: StreamID, to lap: Int) async throws(CommandError) -> SimulationView {
    while true {
      let outcome = try await advance(simulation, to: lap)
      if outcome.interruption == nil { return outcome.view }
      guard case .trackStatus = outcome.interruption?.reason else { return outcome.view }
    }
  }

  /// The events of a simulation.
  func events(of simulation: StreamID) async throws -> [Event] {
    try await log.events(of: simulation, after: .zero).map(\.event)
  }
}

/// Worlds made once.
final class MemoryCatalog: RaceCatalog {
  private struct Key: Hashable {
    var race: RaceKey
    var driver: DriverCode
  }
  private struct State {
    var worlds: [Key: SimulationWorld] = [:]
    var error: CatalogError?
    var asked = 0
  }

  private let artefacts: [RaceKey: RaceArtefact]
  private let state = Mutex(State())

  init(_ artefacts: [RaceArtefact]) {
    self.artefacts = Dictionary(uniqueKeysWithValues: artefacts.map { ($0.key, $0) })
  }

  /// How often a world was asked for.
  var askedCount: Int { state.withLock { $0.asked } }

  /// What everybody is told from now on; nil for worlds.
  func fail(with error: CatalogError?) { state.withLock { $0.error = error } }

  func world(
    of race: RaceKey, driver: DriverCode, artefact: String?
  ) async throws(CatalogError) -> SimulationWorld {
    let error = state.withLock { state in
      state.asked += 1
      return state.error
    }
    if let error { throw error }
    guard let found = artefacts[race] else { throw .unknownRace }
    guard artefact == nil || found.hash.hasPrefix(artefact!) else { throw .superseded }
    if let world = state.withLock({ $0.worlds[Key(race: race, driver: driver)] }) { return world }
    do throws(WorldError) {
      let world = try SimulationWorld(artefact: found, driver: driver)
      state.withLock { $0.worlds[Key(race: race, driver: driver)] = world }
      return world
    } catch {
      switch error {
      case .unknownDriver(_, let known): throw .unknownDriver(known: known)
      case .notPlayable(_, let reason): throw .notPlayable(reason: reason.description)
      case .invalidArtefact(let reason): throw .refused(reason: reason)
      }
    }
  }
}

/// Accounts as a table.
final class MemoryHistory: PlayerHistory {
  private let table: Mutex<[UserID: PlayerStanding]>

  init(_ kinds: [UserID: UserRegistered.Kind]) {
    table = Mutex(kinds.mapValues { PlayerStanding(kind: $0) })
  }

  func set(_ standing: PlayerStanding, for account: UserID) { table.withLock { $0[account] = standing } }

  func standing(
    of account: UserID, on race: RaceKey, besides simulation: StreamID?
  ) async throws(HistoryUnavailable) -> PlayerStanding {
    table.withLock { $0[account] } ?? PlayerStanding(kind: nil)
  }
}
