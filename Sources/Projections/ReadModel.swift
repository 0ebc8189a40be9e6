public import Events
internal import Racing

/// Everything that queries read, folded from the log: accounts, runs, decisions, ratings and windows.
///
/// A pure value: equal logs give equal bytes, however they were cut into batches. Copies are cheap, because rows stand in
/// chunks that are shared until they change.
public struct ReadModel: Sendable {
  /// The numbers by which runs count.
  public let rules: CrowdRules
  /// The last event applied.
  public internal(set) var position = Position.zero

  var shelf = RaceShelf()
  var playerIDs = OrdinalTable<WideKey>()
  var players = Column<PlayerRow>()
  var runIDs = OrdinalTable<WideKey>()
  var runs = Column<RunRow>()
  var results = Column<ResultRow>()
  var decisions = Column<DecisionRow>()
  var decisionPositions = Column<Int64>()
  /// Ordinals of (player, race).
  var attemptKeys = OrdinalTable<PairKey>()
  var attempts = Column<AttemptRow>()
  var leaderboard = Leaderboard()
  /// Ordinals of (circuit, season).
  var cellKeys = OrdinalTable<PairKey>()
  var cells: [WindowCell] = []
  /// Ordinals of (player, cell).
  var shareKeys = OrdinalTable<PairKey>()
  var shares = Column<ShareRow>()
  /// Ordinals of (race, car, slot, plan).
  var clusterKeys = OrdinalTable<WideKey>()
  var clusters = Column<ClusterRow>()
  /// What changed since it was last asked; not part of the state.
  var changes: Changes?

  /// The empty model at the beginning of a log.
  public init(rules: CrowdRules = .standard) { self.rules = rules }

  /// Applies the next event.
  ///
  /// - Throws: what is wrong with the event; nothing has changed then.
  /// - Complexity: O(1) for most events; a finished run also costs the players with the same rating.
  public mutating func apply(_ event: RecordedEvent) throws(PoisonEvent) {
    let expected = Position(rawValue: position.rawValue + 1)
    guard event.position == expected else {
      throw PoisonEvent(position: event.position, reason: .outOfOrder(expected: expected))
    }
    do throws(PoisonReason) {
      try fold(event)
    } catch {
      throw PoisonEvent(position: event.position, reason: error.reason)
    }
    position = event.position
  }

  private mutating func fold(_ event: RecordedEvent) throws(PoisonReason) {
    switch event.event {
    case .userRegistered(let registered):
      players[player(event.stream)].kind = registered.kind.code
    case .userErased: erase(player(event.stream))
    case .proGranted, .proRevoked: break
    case .raceImported(let race): try shelf.note(race)
    case .simulationStarted(let start): try begin(start, event)
    case .decisionMade(let decision): try decide(decision, event)
    case .simulationAdvanced(let advance): try drive(try running(event), to: advance.lap, event)
    case .simulationFinished(let finish): try end(finish, event)
    case .simulationAbandoned(let abandon): try abandoned(abandon, event)
    }
  }

  /// The ordinal of the account with a stream.
  mutating func player(_ stream: StreamID) -> UInt32 { player(WideKey(stream)) }

  mutating func player(_ key: WideKey) -> UInt32 {
    let (ordinal, isNew) = playerIDs.insert(key)
    if isNew { players.append(PlayerRow()) }
    return ordinal
  }

  /// The run an event belongs to.
  func running(_ event: RecordedEvent) throws(PoisonReason) -> UInt32 {
    guard let run = runIDs.ordinal(of: WideKey(event.stream)) else {
      throw PoisonReason(reason: .unknownSimulation(event.stream))
    }
    guard runs[run].status == .running else { throw PoisonReason(reason: .overAlready(event.stream)) }
    return run
  }
}
