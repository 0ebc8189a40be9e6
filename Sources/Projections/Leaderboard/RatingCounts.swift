/// How many players have each rating, so that a rank among a million takes fourteen additions (Fenwick, 1994).
struct RatingCounts: Sendable {
  private static var ratings: Int { 10_001 }
  private var sums = [Int32](repeating: 0, count: ratings + 1)
  private(set) var total = 0

  /// Counts a player in (+1) or out (-1).
  mutating func add(_ change: Int32, at rating: Int) {
    total += Int(change)
    var index = rating + 1
    while index <= Self.ratings {
      sums[index] += change
      index += index & -index
    }
  }

  /// Players with a higher rating. O(log ratings).
  func above(_ rating: Int) -> Int { total - below(rating + 1) }

  /// Players with a rating below.
  private func below(_ rating: Int) -> Int {
    var count = 0
    var index = min(rating, Self.ratings)
    while index > 0 {
      count += Int(sums[index])
      index -= index & -index
    }
    return count
  }
}
