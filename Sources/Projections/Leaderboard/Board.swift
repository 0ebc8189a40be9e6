/// The listed players of one scope in order.
///
/// Rating descending, counted runs descending, the earlier listed first, then the lower identifier.
struct Board: Sendable {
  /// Where a player stands: everything the order depends on.
  struct Place: Sendable, Comparable {
    var rating: Int
    var count: UInt32
    var listedAt: Int64
    var id: WideKey
    var standing: UInt32

    static func < (left: Place, right: Place) -> Bool {
      if left.rating != right.rating { return left.rating > right.rating }
      if left.count != right.count { return left.count > right.count }
      if left.listedAt != right.listedAt { return left.listedAt < right.listedAt }
      return (left.id.high, left.id.low) < (right.id.high, right.id.low)
    }
  }

  private(set) var counts = RatingCounts()
  /// By rating from 0 to 10,000: the players with it, in order.
  private var buckets = [[Place]](repeating: [], count: 10_001)

  /// O(players with the same rating).
  mutating func insert(_ place: Place) {
    let index = buckets[place.rating].firstIndex { place < $0 } ?? buckets[place.rating].count
    buckets[place.rating].insert(place, at: index)
    counts.add(1, at: place.rating)
  }

  /// O(players with the same rating).
  mutating func remove(_ place: Place) {
    guard let index = buckets[place.rating].firstIndex(where: { $0.standing == place.standing }) else {
      preconditionFailure("a player who is listed stands on the board")
    }
    buckets[place.rating].remove(at: index)
    counts.add(-1, at: place.rating)
  }

  /// Up to `limit` places behind a place; from the top without one.
  func page(after last: Place?, limit: Int) -> [Place] {
    var page: [Place] = []
    var rating = last?.rating ?? 10_000
    while rating >= 0, page.count < limit {
      for place in buckets[rating] where page.count < limit {
        if let last, !(last < place) { continue }
        page.append(place)
      }
      rating -= 1
    }
    return page
  }

  /// Up to `limit` places before a place, in order.
  func page(before first: Place, limit: Int) -> [Place] {
    var page: [Place] = []
    var rating = first.rating
    while rating <= 10_000, page.count < limit {
      for place in buckets[rating].reversed() where page.count < limit && place < first { page.append(place) }
      rating += 1
    }
    return page.reversed()
  }
}
