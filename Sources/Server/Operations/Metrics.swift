import Synchronization

/// Counts of what the server did, for Prometheus. Recording costs two atomic additions and one search of ten numbers.
final class Metrics: Sendable {
  /// Upper bounds of the latency histogram in microseconds.
  static let bounds: [Int64] = [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000]

  /// Figures of one endpoint.
  final class Series: Sendable {
    /// Answers by class of status: 1xx to 5xx.
    let classes = (0..<5).map { _ in Counter() }
    /// Answers by latency; the last is above every bound.
    let buckets = (0...Metrics.bounds.count).map { _ in Counter() }
    /// Microseconds of all answers together.
    let total = Counter()
  }

  /// A number that only grows.
  final class Counter: Sendable {
    private let value = Atomic<Int64>(0)
    /// The number now.
    var count: Int64 { value.load(ordering: .relaxed) }
    /// Adds to it.
    func add(_ amount: Int64 = 1) { value.wrappingAdd(amount, ordering: .relaxed) }
  }

  private let byEndpoint = Endpoint.allCases.map { _ in Series() }
  private let nowhere = Series()

  /// Counts one answer; `endpoint` is nil when nothing was at the address.
  func record(_ endpoint: Endpoint?, status: Int, duration: Duration) {
    let series = endpoint.map { byEndpoint[$0.rawValue] } ?? nowhere
    let microseconds = duration.microseconds
    series.classes[min(max(status / 100, 1), 5) - 1].add()
    series.buckets[Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count].add()
    series.total.add(microseconds)
  }

  /// Endpoints that were asked, with their figures, in the order of the table.
  var series: [(route: String, figures: Series)] {
    let known = Endpoint.allCases.map { (route: "\($0)", figures: byEndpoint[$0.rawValue]) }
    return (known + [(route: "none", figures: nowhere)]).filter { row in row.figures.classes.contains { $0.count > 0 } }
  }
}
