import Synchronization

/// Counts of values by upper bound; adding costs two atomic additions and a search among a dozen numbers.
final class Histogram: Sendable {
  /// A number that only grows.
  final class Counter: Sendable {
    private let value = Atomic<Int64>(0)
    /// The number now.
    var count: Int64 { value.load(ordering: .relaxed) }
    /// Adds to it.
    func add(_ amount: Int64 = 1) { value.wrappingAdd(amount, ordering: .relaxed) }
  }

  /// Bounds for durations in microseconds, from 0.1 ms to 1 s.
  static let microseconds: [Int64] = [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000]
  /// Bounds for numbers of things.
  static let sizes: [Int64] = [1, 4, 16, 64, 256, 1024]

  /// Upper bounds, ascending.
  let bounds: [Int64]
  private let buckets: [Counter]
  private let total = Counter()

  init(_ bounds: [Int64]) {
    self.bounds = bounds
    buckets = (0...bounds.count).map { _ in Counter() }
  }

  func add(_ value: Int64) {
    buckets[bounds.firstIndex { value <= $0 } ?? bounds.count].add()
    total.add(value)
  }

  /// Numbers of values up to each bound, then of all, and their sum.
  var reading: (cumulative: [Int64], sum: Int64) {
    var count: Int64 = 0
    return (
      buckets.map { bucket in
        count += bucket.count
        return count
      }, total.count
    )
  }
}
