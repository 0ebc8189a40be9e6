import Commands
import EventStore
import Events
import Postgres
import Projections
import TestSupport
import Testing

@testable import Server

/// A guest who registers takes along what it did, and gains nothing by it.
@Suite(.timeLimit(.minutes(5)))
struct ClaimTests {
  private let plan = #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM","stops":[{"lap":25,"compound":"HARD"}]}"#
  private let live = #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM"}"#

  @Test func `the guest becomes the account, and its runs stay practice`() async throws {
    try await withServer { server in
      try await server.sample()
      let guest = try await server.guest()
      let id = try #require(JSON(try await server.http.get("/api/v1/auth/me", token: guest)).text("id"))
      let begun = JSON(try await server.http.post("/api/v1/simulate", live, token: guest))
      #expect(begun["ranked"] as? Bool == false)
      let run = try #require(begun.text("id"))
      let done = JSON(try await server.http.post("/api/v1/simulate", plan, token: guest))
      let position = try #require(done.number("position"))
      try await server.parts.live.reach(Position(rawValue: Int64(position)), within: .seconds(5))
      let opened = try await server.http.post("/api/v1/auth/register", SigningInTests.ada, token: guest)
      #expect(opened.status == 201, "\(opened.text)")
      let account = JSON(opened)
      #expect(account.text("id") == id && account.text("kind") == "registered" && account.number("claimedRuns") == 2)
      #expect(account["mayBeRanked"] as? Bool == true)
      #expect(try await server.http.get("/api/v1/auth/me", token: guest).status == 401)
      let token = try #require(account.text("accessToken"))
      // The run that was under way ends as what it began as.
      let finished = try await server.finish(run, token: token)
      #expect(finished["ranked"] as? Bool == false && finished.text("status") == "finished", "\(finished)")
      try await server.parts.live.caughtUp()
      let user = try #require(UserID(id))
      let (kind, ranked) = server.parts.live.read { model, _ in
        (model.kind(of: user), model.simulations(of: user, limit: 10).filter(\.isRanked).count)
      }
      #expect(kind == .registered && ranked == 0)
    }
  }

  @Test func `what begins after the claim may be ranked`() async throws {
    try await withServer { server in
      try await server.sample()
      let guest = try await server.guest()
      let opened = JSON(try await server.http.post("/api/v1/auth/register", SigningInTests.ada, token: guest))
      let token = try #require(opened.text("accessToken"))
      let begun = JSON(try await server.http.post("/api/v1/simulate", live, token: token))
      #expect(begun["ranked"] as? Bool == true, "\(begun)")
    }
  }

  @Test func `a browser's guest is claimed by its cookie`() async throws {
    try await withServer { server in
      let browser = Browser(server.http)
      let guest = JSON(try await browser.post("/api/v1/auth/guest", #"{"session":"cookie"}"#))
      let opened = try await browser.post(
        "/api/v1/auth/register",
        #"{"email":"ada@example.org","password":"correct horse","name":"Ada","session":"cookie"}"#)
      #expect(JSON(opened).text("id") == guest.text("id"))
      #expect(try await JSON(browser.get("/api/v1/auth/me")).text("kind") == "registered")
    }
  }

  @Test func `a refused registration leaves the guest as it was, and an account is claimed once`() async throws {
    try await withServer { server in
      let guest = try await server.guest()
      _ = try await server.token("Ada Lovelace")
      refuses(try await server.http.post("/api/v1/auth/register", SigningInTests.ada, token: guest), .nameTaken)
      #expect(try await JSON(server.http.get("/api/v1/auth/me", token: guest)).text("kind") == "guest")
      let bob = #"{"email":"bob@example.org","password":"another password","name":"Bob"}"#
      let opened = JSON(try await server.http.post("/api/v1/auth/register", bob, token: guest))
      let token = try #require(opened.text("accessToken"))
      // Somebody who is registered and registers again opens another account.
      let carl = #"{"email":"carl@example.org","password":"another password","name":"Carl"}"#
      let other = JSON(try await server.http.post("/api/v1/auth/register", carl, token: token))
      #expect(other.text("id") != opened.text("id") && other.number("claimedRuns") == 0)
    }
  }

  @Test func `a claim that a crash cut in two is made good at the next log-in`() async throws {
    try await withServer { server in
      let guest = try await server.guest()
      let id = try #require(
        JSON(try await server.http.get("/api/v1/auth/me", token: guest)).text("id").flatMap { UserID($0) })
      let hash = try await server.parts.accounts.passwords.hash(try #require(Password("correct horse")))
      #expect(
        try await server.parts.accounts.table.claim(id, name: "Ada", email: "ada@example.org", password: hash))
      #expect(try await server.parts.commands.accountState(of: id).kind == .guest)
      #expect(try await server.http.post("/api/v1/auth/login", SigningInTests.adaSignsIn).status == 200)
      #expect(try await server.parts.commands.accountState(of: id).kind == .registered)
    }
  }

  @Test func `an account takes home what it is and everything it did`() async throws {
    let signer = try NoteSigner(name: "test.example/log", secret: (0..<32).map { UInt8($0) })
    try await withServer({ $0.logSigner = signer }) { server in
      try await server.sample()
      let opened = JSON(try await server.http.post("/api/v1/auth/register", SigningInTests.ada))
      let (token, id) = (try #require(opened.text("accessToken")), try #require(opened.text("id")))
      #expect(try await server.http.get("/api/v1/races/2000/sample/laps", token: token).status == 200)
      let run = JSON(try await server.http.post("/api/v1/simulate", plan, token: token))
      let end = try #require(run.number("position"))
      for _ in 0..<400 {
        if let signed = try? await server.parts.tree.checkpoint().checkpoint.size, signed >= Int64(end) { break }
        try await Task.sleep(for: .milliseconds(25))
      }
      let export = try await server.http.get("/api/v1/auth/me/export", token: token)
      #expect(export.status == 200 && export["Content-Type"] == "application/jsonl", "\(export.text)")
      let lines = export.text.split(separator: "\n", maxSplits: 1)
      let own = JSON(bytes: Array(lines[0].utf8))
      #expect(own["account", "email"] as? String == "Ada@Example.org" && own["account", "id"] as? String == id)
      #expect((own["account", "sessions"] as? [Any])?.count == 1)
      #expect(own["account", "shown", "0", "what"] as? String == "laps")
      let history = try await server.http.get("/api/v1/audit/users/\(id)/history", token: token)
      #expect(lines[1] == history.text[...])
      let finding = try History(history.text).verify(trusting: TrustPolicy(log: signer.verifier))
      let all = try await server.parts.log.reader.events(by: try #require(UserID(id)), after: .zero, limit: 1000)
      #expect(finding.events == all.count)
      #expect(try await server.http.get("/api/v1/auth/me/export").status == 401)
    }
  }
}
