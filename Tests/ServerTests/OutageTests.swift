import Events
import Racing
import TestSupport
import Testing

@testable import Server

/// The database goes away and comes back; the server is stopped and started again.
struct OutageTests {
  @Test func `without the database commands are refused with 503, queries go on, and everything recovers by itself`()
    async throws
  {
    let cluster = try PrivateCluster()
    let server = try await TestServer.start(on: cluster)
    try await server.ready()
    try await server.sample()
    let token = try await server.guest()
    let body = #"{"race":"2000/sample","driver":"ADL"}"#
    let before = JSON(try await server.http.post("/api/v1/simulate", body, token: token))
    let key = ["Idempotency-Key": "across the outage"]
    try cluster.stop(.immediate)
    let refused = try await server.http.post("/api/v1/simulate", body, token: token, headers: key)
    #expect([503, 504].contains(refused.status), "\(refused.text)")
    #expect(JSON(refused).text("detail")?.isEmpty == false)
    #expect(try await server.http.get("/api/v1/races").status == 200)
    #expect(try await server.http.get("/health").status == 200)
    let stranger = try await server.http.get("/api/v1/auth/me", token: BearerToken().text)
    #expect(stranger.status == 503 && stranger["Retry-After"] != nil, "\(stranger.text)")
    try cluster.start()
    var after: HTTPClient.Answer?
    for _ in 0..<100 {
      let answer = try await server.http.post("/api/v1/simulate", body, token: token, headers: key)
      after = answer
      if answer.status < 300 { break }
      try await Task.sleep(for: .milliseconds(100))
    }
    let run = JSON(try #require(after))
    #expect(run.number("firstPosition") == (before.number("position") ?? 0) + 1, "\(run)")
    try await server.stop()
  }

  @Test func `a server that starts again knows everything it knew`() async throws {
    let cluster = try PrivateCluster.shared
    let first = try await TestServer.start(on: cluster)
    try await first.ready()
    try await first.sample()
    let token = try await first.token("Returning").token
    let body = #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM","stops":[{"lap":25,"compound":"HARD"}]}"#
    let run = JSON(try await first.http.post("/api/v1/simulate", body, token: token))
    let id = try #require(run.text("id"))
    let position = try #require(run.number("position"))
    try await first.stop()
    let second = try await TestServer.start(database: first.parts.configuration.databaseURL)
    try await second.ready()
    let health = JSON(try await second.http.get("/health"))
    #expect(health.number("position") == position)
    let again = JSON(try await second.http.get("/api/v1/simulate/\(id)", token: token))
    #expect(again["result", "iq"] as? Double == run["result", "iq"] as? Double)
    #expect(JSON(try await second.http.get("/api/v1/races")).array("races").count == 1)
    try await second.stop()
  }
}
