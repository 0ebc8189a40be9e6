import Events
import TestSupport
import Testing

@testable import Server

/// The figures are in the exposition format to the letter, and say what happened.
@Suite(.timeLimit(.minutes(5)))
struct MetricsTests {
  @Test func `every line is in the format, and every figure is declared once, before its values`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.guest()
      let body = #"{"race":"2000/sample","driver":"ADL"}"#
      for _ in 0..<3 { _ = try await server.http.post("/api/v1/simulate", body, token: token) }
      _ = try await server.http.get("/api/v1/leaderboard")
      _ = try await server.http.get("/api/v1/leaderboard")
      _ = try await server.http.get("/api/v1/\"\\nowhere")
      let answer = try await server.http.get("/metrics")
      #expect(answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
      let metrics = try Exposition(answer.text)
      for name in [
        "blame_http_requests_total", "blame_http_request_seconds", "blame_http_connections", "blame_append_waiting",
        "blame_append_batch_commands", "blame_append_batch_events", "blame_append_commit_seconds",
        "blame_projection_lag_events", "blame_projection_written_lag_events", "blame_pool_sessions_in_use",
        "blame_cache_lookups_total", "blame_uptime_seconds",
      ] { #expect(metrics.types[name] != nil, "\(name)") }
      #expect(metrics.value("blame_http_requests_total", ["route": "startSimulation", "status": "2xx"]) == 3)
      #expect(metrics.value("blame_http_request_seconds_count", ["route": "startSimulation"]) == 3)
      #expect(metrics.value("blame_http_requests_total", ["route": "none", "status": "4xx"]) == 1)
      #expect(try #require(metrics.value("blame_append_commit_seconds_count", [:])) > 0)
      #expect(try #require(metrics.value("blame_append_batch_events_sum", [:])) > 3)
      #expect(try #require(metrics.value("blame_cache_lookups_total", ["cache": "answers", "result": "hit"])) > 0)
      #expect(try #require(metrics.value("blame_cache_lookups_total", ["cache": "tokens", "result": "hit"])) > 0)
      #expect(metrics.value("blame_http_connections", [:]) == 1)
    }
  }

  @Test func `what is behind is named with its reason`() {
    var status = ProjectionStatus()
    #expect(status.behind.isEmpty)
    status.head = Position(rawValue: 10)
    #expect(status.behind.map(\.events) == [10, 10] && status.behind[0].reason.contains("catching up"))
    status.isCaughtUp = true
    status.position = Position(rawValue: 10)
    #expect(status.behind.map(\.name) == ["tables"])
    status.writeProblem = "the disk is full"
    #expect(status.behind[0].reason == "the disk is full")
    status.writtenThrough = Position(rawValue: 10)
    status.failure = .init(position: Position(rawValue: 11), reason: "nobody knows it")
    #expect(status.behind.map(\.name) == ["queries"] && status.behind[0].reason.contains("11: nobody knows it"))
  }
}

/// Prometheus' exposition format 0.0.4, read strictly.
struct Exposition {
  struct Sample {
    let name: String
    let labels: [String: String]
    let value: Double
  }

  struct Malformed: Error { let line: String }

  private(set) var types: [String: String] = [:]
  private(set) var samples: [Sample] = []

  init(_ text: String) throws {
    guard text.hasSuffix("\n") else { throw Malformed(line: "the end") }
    var helped: Set<String> = []
    var current = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if let match = line.wholeMatch(of: /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ([^\n]+)/) {
        guard helped.insert(String(match.1)).inserted else { throw Malformed(line: String(line)) }
        current = String(match.1)
      } else if let match = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)/) {
        guard match.1 == current, types.updateValue(String(match.2), forKey: current) == nil else {
          throw Malformed(line: String(line))
        }
      } else {
        let sample = try Self.sample(line)
        guard Self.belongs(sample.name, current, types[current]) else { throw Malformed(line: String(line)) }
        samples.append(sample)
      }
    }
    guard Set(samples.map { "\($0.name) \($0.labels.sorted { $0.key < $1.key })" }).count == samples.count else {
      throw Malformed(line: "a sample twice")
    }
    try checkHistograms()
  }

  func value(_ name: String, _ labels: [String: String]) -> Double? {
    samples.first { $0.name == name && $0.labels == labels }?.value
  }

  private static func belongs(_ name: String, _ family: String, _ type: String?) -> Bool {
    switch type {
    case "histogram": ["_bucket", "_sum", "_count"].contains { name == family + $0 }
    case "counter": name == family && name.hasSuffix("_total")
    case "gauge": name == family
    default: false
    }
  }

  private static func sample(_ line: Substring) throws -> Sample {
    guard let match = line.wholeMatch(of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([0-9.+-]+)/),
      let value = Double(match.3)
    else { throw Malformed(line: String(line)) }
    var labels: [String: String] = [:]
    for part in (match.2 ?? "").split(separator: ",") {
      guard let label = part.wholeMatch(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/),
        labels.updateValue(String(label.2), forKey: String(label.1)) == nil
      else { throw Malformed(line: String(line)) }
    }
    return Sample(name: String(match.1), labels: labels, value: value)
  }

  /// Buckets rise, the last one is +Inf and as large as the count.
  private func checkHistograms() throws {
    for (name, type) in types where type == "histogram" {
      let buckets = Dictionary(grouping: samples.filter { $0.name == name + "_bucket" }) { sample in
        sample.labels.filter { $0.key != "le" }
      }
      for (labels, rows) in buckets {
        let bounds = rows.compactMap { row in row.labels["le"].flatMap { $0 == "+Inf" ? .infinity : Double($0) } }
        let values = rows.map(\.value)
        guard bounds.count == rows.count, bounds == bounds.sorted(), bounds.last == .infinity,
          values == values.sorted(),
          values.last == value(name + "_count", labels), value(name + "_sum", labels) != nil
        else { throw Malformed(line: name) }
      }
    }
  }
}
