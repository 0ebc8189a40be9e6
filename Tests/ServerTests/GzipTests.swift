import TestSupport
import Testing

@testable import Server
@testable import Timing

/// Packed answers: the same content, where the client takes it and nothing secret is told.
@Suite(.timeLimit(.minutes(5)))
struct GzipTests {
  @Test func `a large answer is packed for those who take it`() async throws {
    try await withServer { server in
      try await server.sample()
      let path = "/api/v1/races/2000/sample/laps"
      let plain = try await server.http.get(path)
      let packed = try await server.http.get(path, headers: ["Accept-Encoding": "br, gzip;q=0.8"])
      #expect(plain["Content-Encoding"] == nil)
      #expect(plain["Vary"] == "Accept-Encoding")
      #expect(packed["Content-Encoding"] == "gzip")
      #expect(packed["Vary"] == "Accept-Encoding")
      #expect(packed.body.count * 3 < plain.body.count, "\(packed.body.count) of \(plain.body.count)")
      #expect(try gunzip(packed.body, file: "answer", limitBytes: 1 << 24) == plain.body)
      let tag = try #require(packed["ETag"])
      let again = try await server.http.get(path, headers: ["Accept-Encoding": "gzip", "If-None-Match": tag])
      #expect(again.status == 304)
      #expect(again.body.isEmpty)
    }
  }

  @Test func `small answers and those that must not be kept stay as they are`() async throws {
    try await withServer { server in
      try await server.sample()
      let small = try await server.http.get("/api/v1/leaderboard", headers: ["Accept-Encoding": "gzip"])
      #expect(small["Content-Encoding"] == nil)
      let token = try await server.token("Ada").token
      let body = #"{"race":"2000/sample","driver":"BOK"}"#
      let run = try await server.http.post(
        "/api/v1/simulate", body, token: token, headers: ["Accept-Encoding": "gzip"])
      #expect(run.status == 201, "\(run.text)")
      #expect(run["Content-Encoding"] == nil)
    }
  }
}
