import EventStore
import Events
import Postgres
import TestSupport
import Testing

@testable import Server

/// What is left of an account that was erased: proofs, and nothing that leads to anybody.
@Suite(.timeLimit(.minutes(5)))
struct ErasureTests {
  private func play(_ server: TestServer, _ token: String) async throws -> JSON {
    let body = #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM","stops":[{"lap":25,"compound":"HARD"}]}"#
    return JSON(try await server.http.post("/api/v1/simulate", body, token: token))
  }

  @Test func `an erased account is gone from every table and answer, and its receipts hold`() async throws {
    let signer = try NoteSigner(name: "test.example/log", secret: (0..<32).map { UInt8($0) })
    try await withServer({ $0.logSigner = signer }) { server in
      try await server.sample()
      let (token, account) = try await server.token("Ada Lovelace")
      let run = try await play(server, token)
      let id = try #require(run.text("id"))
      let audit = JSON(try await server.http.get("/api/v1/audit/simulations/\(id)", token: token))
      let position = try #require(audit.array("events").compactMap { $0["position"] as? Int }.last)
      let before = try Receipt(
        try await server.http.get("/api/v1/audit/decisions/\(position)/receipt", token: token).text)
      let erased = try await server.http.send("DELETE", "/api/v1/auth/me", token: token)
      #expect(erased.status == 200, "\(erased.text)")
      let end = try #require(JSON(erased).number("position"))
      try await server.parts.live.reach(Position(rawValue: Int64(end)), within: .seconds(5))
      #expect(try await server.http.get("/api/v1/auth/me", token: token).status == 401)
      for target in [
        "/api/v1/audit/users/\(account.id)/decisions", "/api/v1/audit/users/\(account.id)/history",
        "/api/v1/leaderboard/around/\(account.id)",
      ] {
        #expect(try await server.http.get(target).status == 404, "\(target)")
      }
      #expect(!(try await server.http.get("/api/v1/leaderboard").text).contains("Ada"))
      #expect(try before.verify(trusting: TrustPolicy(log: signer.verifier)).position.rawValue == Int64(position))
      let bare = try Receipt(try await server.http.get("/api/v1/audit/decisions/\(position)/receipt").text)
      #expect(bare.line.isEmpty)
      #expect(try bare.verify(line: before.line, trusting: TrustPolicy(log: signer.verifier)).type != .userErased)
      let session = try await Session.connect(PostgresConfiguration(server.parts.configuration.databaseURL))
      for (table, column) in [("app.users", "id"), ("app.tokens", "account"), ("app.disclosures", "account")] {
        #expect(try await rows(session, table, column, account.id) == 0, "\(table)")
      }
      // Written through a moment later.
      for _ in 0..<200 where try await rows(session, "read.simulations", "account", account.id) > 0 {
        try await Task.sleep(for: .milliseconds(25))
      }
      #expect(try await rows(session, "read.simulations", "account", account.id) == 0)
      await session.close()
    }
  }

  private func rows(_ session: Session, _ table: String, _ column: String, _ id: UserID) async throws -> Int64 {
    try await session.query(
      Statement(unnamed: "SELECT count(*) FROM \(table) WHERE \(column) = $1"),
      [PostgresUUID(high: id.high, low: id.low)]
    ).decode(row: 0, column: 0)
  }

  @Test func `erasing again gives the first answer, and a stranger cannot be erased`() async throws {
    try await withServer { server in
      try await server.sample()
      let account = try await server.token("Ada").account
      let first = try await server.parts.accounts.erase(account.id)
      #expect(try await server.parts.accounts.erase(account.id) == first)
      await #expect(throws: AccountError.self) {
        try await server.parts.accounts.erase(UserID(high: 0x0190_0000_0000_7000, low: 1 << 63))
      }
      #expect(try await server.http.send("DELETE", "/api/v1/auth/me").status == 401)
      let again = try await server.token("Ada").account
      #expect(again.id != account.id)
    }
  }
}
