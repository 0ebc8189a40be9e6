/// The sums of one circuit and season: what every window, plan share and undercut delta is computed from.
///
/// Whole numbers only, and only sums over players, so that any order of events gives the same bytes.
struct WindowCell: Sendable, Equatable {
  /// Laps beyond which nothing is counted.
  static let laps = 128
  /// Stops of a plan that are told apart; more are not in windows.
  static let stops = 4

  /// The sums of stop `index` (from 1) among plans of `stops` stops.
  struct Key: Sendable, Hashable {
    var stops: Int
    var index: Int
    /// Dense: (1,1), (2,1), (2,2), (3,1) … (4,4).
    var ordinal: Int { stops * (stops - 1) / 2 + index - 1 }
    static let count = 10
  }

  /// Weight by lap, millionths, key after key.
  var weights = [Int64](repeating: 0, count: Key.count * laps)
  /// Weight by compound fitted, millionths, key after key.
  var compounds = [Int64](repeating: 0, count: Key.count * 5)
  /// Players of each key.
  var players = [Int64](repeating: 0, count: Key.count)
  /// Sum of the players' weights, of each key.
  var totals = [Int64](repeating: 0, count: Key.count)
  /// Sum of their squares, of each key: below 2^63 for nine million players.
  var squares = [Int64](repeating: 0, count: Key.count)
  /// Weight by number of stops, 0 to 4; then the sum of squares of the players' totals.
  var plans = [Int64](repeating: 0, count: 6)
  /// Undercuts: weight, weight × gain, weight × gain² / 1000, sum of squared weights.
  var undercut = [Int64](repeating: 0, count: 4)
  /// Finished runs of any kind, then accepted ones by number of stops, 0 to 4, then the accepted with more.
  var runs = [Int64](repeating: 0, count: 7)
  /// Players with an accepted run.
  var contributors: Int64 = 0

  init() {}

  func write(to sink: inout some StateSink) {
    for values in [weights, compounds, players, totals, squares, plans, undercut, runs] { sink.write(values) }
    sink.write(contributors)
  }

  init(from source: inout StateSource) throws(SnapshotError) {
    weights = try Self.values(&source, Key.count * Self.laps)
    compounds = try Self.values(&source, Key.count * 5)
    players = try Self.values(&source, Key.count)
    totals = try Self.values(&source, Key.count)
    squares = try Self.values(&source, Key.count)
    plans = try Self.values(&source, 6)
    undercut = try Self.values(&source, 4)
    runs = try Self.values(&source, 7)
    contributors = try source.integer()
  }

  private static func values(_ source: inout StateSource, _ count: Int) throws(SnapshotError) -> [Int64] {
    let values = try source.integers()
    guard values.count == count else { throw .damaged }
    return values
  }
}
