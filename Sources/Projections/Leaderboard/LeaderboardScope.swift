public import Events

/// Which runs a leaderboard counts.
public enum LeaderboardScope: Sendable, Hashable {
  /// All of them.
  case overall
  /// Those of one season.
  case season(Int16)
  /// Those at one circuit.
  case circuit(String)
}

/// A place in a leaderboard's total order: rating descending, runs descending, listed earlier first, user ascending.
public struct LeaderboardKey: Sendable, Hashable, Comparable {
  /// Hundredths of a Strategy IQ.
  public var rating: Int32
  /// Runs that count.
  public var runs: Int32
  /// Position of the run that made the user listed.
  public var listedAt: Position
  /// The account.
  public var user: UserID

  /// A place.
  public init(rating: Int32, runs: Int32, listedAt: Position, user: UserID) {
    self.rating = rating
    self.runs = runs
    self.listedAt = listedAt
    self.user = user
  }

  /// Whoever stands further up is smaller.
  public static func < (left: LeaderboardKey, right: LeaderboardKey) -> Bool {
    (right.rating, right.runs, left.listedAt, left.user) < (left.rating, left.runs, right.listedAt, right.user)
  }
}

/// One account on a leaderboard.
public struct LeaderboardRow: Sendable, Equatable {
  /// 1 + users with a higher rating; equal ratings share it.
  public var rank: Int
  /// The place in the total order.
  public var key: LeaderboardKey
  /// Half of the 90 % interval around the rating, hundredths.
  public var interval: Int32
  /// A program plays.
  public var isSynthetic: Bool
}
