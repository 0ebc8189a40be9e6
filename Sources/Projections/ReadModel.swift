public import Events

/// Everything the log amounts to, for queries: accounts, runs, decisions, leaderboards, windows.
///
/// A pure value: the same events give the same bytes, whether one by one, in batches, from the beginning or from a
/// snapshot. A copy is cheap and shares what does not change afterwards.
public struct ReadModel: Sendable {
  /// The rules by which runs count.
  public let rules: CrowdRules
  /// The last event applied.
  public internal(set) var position = Position.zero
  /// Events that are passed over. Not a part of the state: it is known before the log is folded.
  public var quarantine: Set<Position> = []

  var playerIDs = OrdinalTable<WideKey>()
  var players = Column<PlayerRow>()
  var races = RaceTable()
  var runIDs = OrdinalTable<WideKey>()
  var runs = Column<RunRow>()
  var results = Column<ResultRow>()
  var decisionPositions = Column<Int64>()
  var decisions = Column<DecisionRow>()
  /// Runs by account and race that got beyond lap 1.
  var attempts = OrdinalTable<PairKey>()
  var attemptCounts = Column<UInt16>()
  var counted = Column<CountedRow>()
  var boards = Boards()
  var crowd = CrowdTable()
  /// Windows by circuit ordinal and season.
  var cells: [CellKey: Int32] = [:]
  var clusters = ClusterTable()
  /// Clusters of players with so many runs that going through them takes long.
  var memberships = MembershipTable()
  var totals = Totals()
  var changes = ChangeTracker()

  /// Nothing has happened yet.
  /// - Parameter quarantine: events that are passed over.
  public init(rules: CrowdRules = .standard, passingOver quarantine: Set<Position> = []) {
    self.rules = rules
    self.quarantine = quarantine
  }

  struct CellKey: Sendable, Hashable {
    let circuit: Int32
    let season: Int16
  }
}

/// A run that counts for the rating. No padding.
struct CountedRow: BitwiseCopyable, Sendable {
  var position: Int64
  var next = Link.none
  var race: UInt16
  var iq: Int16
}

/// Counters of everything that is there, erased accounts excluded.
struct Totals: Sendable, Equatable {
  var players: Int64 = 0
  var runs: Int64 = 0
  var finishedRuns: Int64 = 0
  var decisions: Int64 = 0
  var rankedRuns: Int64 = 0

  func write(to sink: inout some StateSink) { sink.write([players, runs, finishedRuns, decisions, rankedRuns]) }

  init() {}

  init(from source: inout StateSource) throws(SnapshotError) {
    let values = try source.integers()
    guard values.count == 5 else { throw .damaged }
    (players, runs, finishedRuns, decisions) = (values[0], values[1], values[2], values[3])
    rankedRuns = values[4]
  }
}
