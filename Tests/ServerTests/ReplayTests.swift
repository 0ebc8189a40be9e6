import Commands
import EventStore
import Events
import Projections
import TestSupport
import Testing

@testable import Server

/// Replays that operators ask for over HTTP.
@Suite(.timeLimit(.minutes(5)))
struct ReplayTests {
  private func ended(_ server: TestServer, _ location: String, token: String) async throws -> JSON {
    for _ in 0..<1500 {
      let replay = JSON(try await server.http.get(location, token: token))
      if replay.text("state") != "running" { return replay }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("the replay did not end")
    return JSON(try await server.http.get(location, token: token))
  }

  @Test func `a replay finds what is shown, other rules find what they would change, and only operators may`()
    async throws
  {
    try await withServer { server in
      try await server.sample()
      let (token, account) = try await server.token("Ada")
      let run = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"BOK"}"#, token: token))
      let finished = try await server.finish(try #require(run.text("id")), token: token)
      #expect(finished["result", "ranked"] as? Bool == true, "\(finished)")
      #expect(try await server.http.post("/api/v1/replay", token: token).status == 403)
      #expect(try await server.http.post("/api/v1/replay").status == 401)
      _ = try await server.parts.accounts.setRight(.operating, of: account.id, isGranted: true)

      let begun = try await server.http.post("/api/v1/replay", #"{"show":true}"#, token: token)
      #expect(begun.status == 202, "\(begun.text)")
      let same = try await ended(server, try #require(begun["Location"]), token: token)
      #expect(same.text("state") == "done" && same["result", "equal"] as? Bool == true, "\(same)")
      let live = server.parts.live.fingerprint()
      #expect(same["result", "replayed"] as? String == live.stateHash && same["result", "usersChanged"] as? Int == 0)
      #expect(server.parts.live.generation == 1)

      let other = try await server.http.post("/api/v1/replay", #"{"document":{"listedRuns":1}}"#, token: token)
      let changed = try await ended(server, try #require(other["Location"]), token: token)
      #expect(
        changed["result", "equal"] as? Bool == false && changed["result", "usersChanged"] as? Int == 1, "\(changed)")
      let user = (changed["result", "users"] as? [[String: Any]])?.first
      #expect(user?["user"] as? String == "\(account.id)")
      #expect(server.parts.live.generation == 1 && server.parts.live.fingerprint().stateHash == live.stateHash)

      for (body, code) in [
        (#"{"show":true,"document":{"listedRuns":1}}"#, "invalid-value"), (#"{"rules":"unheard-of"}"#, "invalid-value"),
        (#"{"rules":"standard","document":{}}"#, "invalid-value"), (#"{"document":{"listedRuns":0}}"#, "invalid-value"),
        (#"{"document":{"listed":1}}"#, "unknown-field"), (#"{"document":7}"#, "wrong-type"),
      ] {
        let refused = try await server.http.post("/api/v1/replay", body, token: token)
        #expect(refused.status == 400 && JSON(refused).text("code") == code, "\(body): \(refused.text)")
      }
    }
  }

  @Test func `operators put rules in force, and quarantine only what has stopped the projections`() async throws {
    try await withServer { server in
      let (token, account) = try await server.token("Ada")
      _ = try await server.parts.accounts.setRight(.operating, of: account.id, isGranted: true)
      let rules = #"{"name":"2027","document":{"acceptedIQ":8000},"change":true}"#
      let decided = try await server.http.post("/api/v1/rules", rules, token: token)
      #expect(decided.status == 201, "\(decided.text)")
      #expect(try await server.http.post("/api/v1/rules", rules, token: token).status == 200)
      let taken = try await server.http.post("/api/v1/rules", #"{"name":"2027","document":{}}"#, token: token)
      #expect(taken.status == 409, "\(taken.text)")
      for _ in 0..<500 where server.parts.live.plan.name != "2027" { try await Task.sleep(for: .milliseconds(20)) }
      let said = JSON(try await server.http.get("/api/v1/rules"))
      #expect(said.text("inForce") == "2027" && said.text("shown") == "2027", "\(said)")
      let governance = server.parts.live.governance
      #expect(governance.changes.count == 1)
      let event = try await server.parts.log.reader.events(of: .governance).first
      #expect(event?.actor == account.id)
      let fine = try await server.http.post(
        "/api/v1/log/quarantine", #"{"position":1,"reason":"I do not like it"}"#, token: token)
      #expect(fine.status == 409, "\(fine.text)")
    }
  }
}
