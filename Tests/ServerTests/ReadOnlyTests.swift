import Postgres
import TestSupport
import Testing

@testable import Server

/// A server that only answers questions, as it runs beside a replica. That a real replica suffices is tested by
/// `script/test-cluster`.
struct ReadOnlyTests {
  @Test func `it follows what others append, answers questions, and writes nothing`() async throws {
    try await withServer { writer in
      try await writer.sample()
      let database = writer.parts.configuration.databaseURL
      let replica = "\(database) options='-c default_transaction_read_only=on'"
      let reader = try await TestServer.start(database: replica) {
        $0.isReadOnly = true
        $0.replicates = 10
      }
      try await reader.ready()
      let token = try await writer.token("Follower").token
      let body = #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM","stops":[{"lap":25,"compound":"HARD"}]}"#
      let run = JSON(try await writer.http.post("/api/v1/simulate", body, token: token))
      let position = try #require(run.number("position"))
      let board = "/api/v1/leaderboard?minPosition=\(position)"
      let seen = try await reader.http.get(board)
      #expect(seen.status == 200, "\(seen.text)")
      #expect(seen.text == (try await writer.http.get(board)).text)
      let autopsy = try await reader.http.get("/api/v1/autopsy/2000/sample/ADL")
      #expect(autopsy.status == 200, "\(autopsy.text)")
      let kept = try await writer.parts.pool.query(Statement(unnamed: "SELECT count(*) FROM app.race_autopsies"))
      #expect(try kept[0].decode(0, as: Int64.self) == 0)
      #expect(JSON(try await reader.http.get("/health")).text("status") == "ok")
      try await reader.stop()
    }
  }

  @Test func `what would be written down is refused with its own code`() async throws {
    try await withServer { writer in
      try await writer.sample()
      let database = writer.parts.configuration.databaseURL
      let token = try await writer.token("Refused").token
      let reader = try await TestServer.start(
        database: "\(database) options='-c default_transaction_read_only=on'"
      ) { $0.isReadOnly = true }
      try await reader.ready()
      let commands = ["/api/v1/auth/guest", "/api/v1/simulate", "/api/v1/log/cosignatures"]
      for path in commands {
        let answer = try await reader.http.post(path, token: token)
        #expect(answer.status == 503 && JSON(answer).text("code") == "read-only", "\(path): \(answer.text)")
      }
      // Who sees an autopsy signed in has that written down.
      let autopsy = try await reader.http.get("/api/v1/autopsy/2000/sample/ADL", token: token)
      #expect(autopsy.status == 503 && JSON(autopsy).text("code") == "read-only", "\(autopsy.text)")
      #expect(try await reader.http.get("/api/v1/auth/me", token: token).status == 200)
      try await reader.stop()
    }
  }
}
