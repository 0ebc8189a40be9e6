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

  /// Requests and their latencies by route.
  mutating func requests(_ metrics: Metrics) {
    head("blame_http_requests_total", "counter", "Requests answered, by route and class of status.")
    for (route, figures) in metrics.series {
      for (index, counter) in figures.classes.enumerated() where counter.count > 0 {
        text += "blame_http_requests_total{route=\"\(route)\",status=\"\(index + 1)xx\"} \(counter.count)\n"
      }
    }
    head("blame_http_request_seconds", "histogram", "Time from the head of a request to its answer, by route.")
    for (route, figures) in metrics.series {
      rows("blame_http_request_seconds", "route=\"\(route)\"", figures.latency, Self.seconds)
    }
  }

  /// How often caches had what was asked for.
  mutating func caches(_ caches: [(name: String, measure: CacheMeasure)]) {
    head("blame_cache_lookups_total", "counter", "Looks into caches in memory, by whether it was there.")
    for (name, measure) in caches {
      text += "blame_cache_lookups_total{cache=\"\(name)\",result=\"hit\"} \(measure.hits.count)\n"
      text += "blame_cache_lookups_total{cache=\"\(name)\",result=\"miss\"} \(measure.misses.count)\n"
    }
  }

  /// A histogram of durations in microseconds, written in seconds.
  mutating func seconds(_ name: String, _ help: String, _ histogram: Histogram) {
    head(name, "histogram", help)
    rows(name, "", histogram, Self.seconds)
  }

  /// A histogram of numbers.
  mutating func sizes(_ name: String, _ help: String, _ histogram: Histogram) {
    head(name, "histogram", help)
    rows(name, "", histogram) { String($0) }
  }

  private mutating func rows(
    _ name: String, _ labels: String, _ histogram: Histogram, _ write: (Int64) -> String
  ) {
    let (cumulative, sum) = histogram.reading
    let prefix = labels.isEmpty ? "" : "\(labels),"
    for (bound, count) in zip(histogram.bounds.map(write) + ["+Inf"], cumulative) {
      text += "\(name)_bucket{\(prefix)le=\"\(bound)\"} \(count)\n"
    }
    let braces = labels.isEmpty ? "" : "{\(labels)}"
    text += "\(name)_sum\(braces) \(write(sum))\n\(name)_count\(braces) \(cumulative.last ?? 0)\n"
  }

  private mutating func head(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private static func seconds(_ microseconds: Int64) -> String {
    let fraction = String(microseconds % 1_000_000)
    return "\(microseconds / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
  }
}
