internal import Events
internal import Racing

/// A player's counted runs within a scope. No padding.
struct StandingRow: BitwiseCopyable, Sendable {
  /// Position of the run with which the player came to be listed; 0 before.
  var listedAt: Int64 = 0
  /// Sum of IQ over counted runs, hundredths.
  var sum: Int64 = 0
  /// Sum of the squares, for the interval.
  var squares: Int64 = 0
  var player: UInt32
  var count: UInt32 = 0

  /// The rating, hundredths: the mean with some runs of the prior beside the counted ones, rounded.
  func rating(_ rules: CrowdRules) -> Int {
    let runs = Int64(count) + rules.priorRuns
    return Int((sum + rules.priorRuns * rules.priorRating + runs / 2) / runs)
  }

  func isListed(_ rules: CrowdRules) -> Bool { Int64(count) >= rules.listedRuns }
}

/// What a leaderboard is about.
public enum LeaderboardScope: Sendable, Hashable {
  /// Every race.
  case overall
  /// The races of a season.
  case season(Int)
  /// The races at a circuit, by its identifier.
  case circuit(String)
}
