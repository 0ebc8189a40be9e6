import Projections

/// A part of a leaderboard, in its order.
struct BoardPage: Sendable {
  /// The accounts on it.
  var rows: [LeaderboardRow]
  /// There are rows behind the last one.
  var hasMore: Bool
  /// Accounts on the whole leaderboard.
  var listed: Int
}
