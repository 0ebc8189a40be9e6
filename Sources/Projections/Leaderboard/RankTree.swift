/// How many have each rating, and how many have more: a Fenwick tree over rating hundredths.
struct RankTree: Sendable {
  static let ratingMax = 10_000

  private var sums = [Int32](repeating: 0, count: ratingMax + 2)
  private(set) var count = 0

  init() {}

  /// Adds to the number of those with a rating. O(log ratings).
  mutating func add(_ change: Int32, at rating: Int) {
    count += Int(change)
    var index = rating + 1
    while index < sums.count {
      sums[index] += change
      index += index & -index
    }
  }

  /// How many have a higher rating. O(log ratings).
  func countAbove(_ rating: Int) -> Int {
    var upTo = 0
    var index = rating + 1
    while index > 0 {
      upTo += Int(sums[index])
      index -= index & -index
    }
    return count - upTo
  }

  /// The rating of the one at an index, from the highest, and how many with that rating stand before him. O(log ratings).
  ///
  /// - Precondition: the index is below ``count``.
  func rating(atIndex index: Int) -> (rating: Int, offset: Int) {
    precondition((0..<count).contains(index), "nobody stands at \(index)")
    // From below he is this far; the largest prefix that is smaller ends just before his rating.
    var rest = count - 1 - index
    var place = 0
    var step = 1 << 13
    while step > 0 {
      let next = place + step
      if next < sums.count, Int(sums[next]) <= rest {
        rest -= Int(sums[next])
        place = next
      }
      step >>= 1
    }
    return (place, index - countAbove(place))
  }
}
