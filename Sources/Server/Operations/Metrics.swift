import Synchronization

/// Counts of what the server did, for Prometheus.
final class Metrics: Sendable {
  /// Figures of one endpoint.
  final class Series: Sendable {
    /// Answers by class of status: 1xx to 5xx.
    let classes = (0..<5).map { _ in Histogram.Counter() }
    /// Time from the head of a request to its answer, microseconds.
    let latency = Histogram(Histogram.microseconds)
  }

  private let byEndpoint = Endpoint.allCases.map { _ in Series() }
  private let nowhere = Series()
  /// Connections that are open.
  let connections = Atomic<Int64>(0)

  /// Counts one answer; `endpoint` is nil when nothing was at the address.
  func record(_ endpoint: Endpoint?, status: Int, duration: Duration) {
    let series = endpoint.map { byEndpoint[$0.rawValue] } ?? nowhere
    series.classes[min(max(status / 100, 1), 5) - 1].add()
    series.latency.add(duration.microseconds)
  }

  /// Endpoints that were asked, with their figures, in the order of the table.
  var series: [(route: String, figures: Series)] {
    let known = Endpoint.allCases.map { (route: "\($0)", figures: byEndpoint[$0.rawValue]) }
    return (known + [(route: "none", figures: nowhere)]).filter { row in row.figures.classes.contains { $0.count > 0 } }
  }
}
