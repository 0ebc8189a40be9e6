/// Text in Prometheus' exposition format, version 0.0.4.
struct MetricsText {
  private(set) var text = ""

  /// A figure that goes up and down.
  mutating func gauge(_ name: String, _ help: String, _ value: Int64) {
    head(name, "gauge", help)
    text += "\(name) \(value)\n"
  }

  /// A figure that only goes up.
  mutating func counter(_ name: String, _ help: String, _ value: Int64) {
    head(name, "counter", help)
    text += "\(name) \(value)\n"
  }

  /// A figure in microseconds, written in seconds.
  mutating func seconds(_ name: String, _ type: String, _ help: String, microseconds: Int64) {
    head(name, type, help)
    text += "\(name) \(Self.seconds(microseconds))\n"
  }

  /// Requests and their latencies by route.
  mutating func requests(_ metrics: Metrics) {
    head("blame_http_requests_total", "counter", "Requests answered, by route and class of status.")
    for (route, figures) in metrics.series {
      for (index, counter) in figures.classes.enumerated() where counter.count > 0 {
        text += "blame_http_requests_total{route=\"\(route)\",status=\"\(index + 1)xx\"} \(counter.count)\n"
      }
    }
    head("blame_http_request_seconds", "histogram", "Time from the head of a request to its answer, by route.")
    for (route, figures) in metrics.series { histogram(route, figures) }
  }

  private mutating func histogram(_ route: String, _ figures: Metrics.Series) {
    var count: Int64 = 0
    for (bound, bucket) in zip(Metrics.bounds, figures.buckets) {
      count += bucket.count
      text += "blame_http_request_seconds_bucket{route=\"\(route)\",le=\"\(Self.seconds(bound))\"} \(count)\n"
    }
    count += figures.buckets[Metrics.bounds.count].count
    text += "blame_http_request_seconds_bucket{route=\"\(route)\",le=\"+Inf\"} \(count)\n"
    text += "blame_http_request_seconds_sum{route=\"\(route)\"} \(Self.seconds(figures.total.count))\n"
    text += "blame_http_request_seconds_count{route=\"\(route)\"} \(count)\n"
  }

  private mutating func head(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private static func seconds(_ microseconds: Int64) -> String {
    let fraction = String(microseconds % 1_000_000)
    return "\(microseconds / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
  }
}
