import EventStore
import Events
import Postgres
import TestSupport
import Testing

@testable import Server

/// Devices that are signed in, and how each of them ends.
@Suite(.timeLimit(.minutes(5)))
struct SessionTests {
  private struct Tokens {
    let access: String
    let refresh: String

    init(_ answer: HTTPClient.Answer) throws {
      access = try #require(JSON(answer).text("accessToken"), "\(answer.text)")
      refresh = try #require(JSON(answer).text("refreshToken"))
    }
  }

  private func signUp(_ server: TestServer) async throws -> Tokens {
    try Tokens(try await server.http.post("/api/v1/auth/register", SigningInTests.ada))
  }

  private func signIn(_ server: TestServer, device: String = "test") async throws -> Tokens {
    try Tokens(
      try await server.http.post(
        "/api/v1/auth/login", SigningInTests.adaSignsIn, headers: ["User-Agent": device]))
  }

  private func refresh(_ server: TestServer, _ token: String) async throws -> HTTPClient.Answer {
    try await server.http.post("/api/v1/auth/refresh", #"{"refreshToken":"\#(token)"}"#)
  }

  private func isSignedIn(_ server: TestServer, _ token: String) async throws -> Bool {
    try await server.http.get("/api/v1/auth/me", token: token).status == 200
  }

  @Test func `a refresh token that is used again ends its session`() async throws {
    try await withServer { server in
      let first = try await signUp(server)
      let other = try await signIn(server)
      let second = try Tokens(try await refresh(server, first.refresh))
      let third = try Tokens(try await refresh(server, second.refresh))
      #expect(try await isSignedIn(server, third.access))
      refuses(try await refresh(server, first.refresh), .sessionEnded)
      #expect(!(try await isSignedIn(server, third.access)))
      #expect(!(try await isSignedIn(server, first.access)))
      refuses(try await refresh(server, third.refresh), .sessionEnded)
      // Other devices are not touched.
      #expect(try await isSignedIn(server, other.access))
    }
  }

  @Test func `an answer that was lost can be asked for again for a moment, and a copy is still noticed`() async throws {
    try await withServer { server in
      let first = try await signUp(server)
      let lost = try Tokens(try await refresh(server, first.refresh))
      let again = try Tokens(try await refresh(server, first.refresh))
      #expect(again.refresh != lost.refresh)
      let next = try Tokens(try await refresh(server, again.refresh))
      let session = try await Session.connect(PostgresConfiguration(server.parts.configuration.databaseURL))
      _ = try await session.execute("UPDATE app.sessions SET rotated_at = rotated_at - interval '1 minute'")
      await session.close()
      // The other of the two is of a generation that was followed long ago.
      refuses(try await refresh(server, lost.refresh), .sessionEnded)
      refuses(try await refresh(server, next.refresh), .sessionEnded)
      #expect(!(try await isSignedIn(server, next.access)))
    }
  }

  @Test func `tokens that are none, or are of another kind, refresh nothing`() async throws {
    try await withServer { server in
      let tokens = try await signUp(server)
      for text in ["", "x", tokens.access, BearerToken(for: .refreshing).text, String(tokens.refresh.dropLast())] {
        refuses(try await refresh(server, text), .sessionEnded)
      }
      refuses(try await server.http.post("/api/v1/auth/refresh"), .sessionEnded)
      #expect(!(try await isSignedIn(server, tokens.refresh)))
      #expect(try await isSignedIn(server, tokens.access))
    }
  }

  @Test func `devices are listed and ended one by one`() async throws {
    try await withServer { server in
      let phone = try await signUp(server)
      let laptop = try await signIn(server, device: "Laptop of Ada")
      let list = JSON(try await server.http.get("/api/v1/auth/me/sessions", token: laptop.access)).array("sessions")
      #expect(list.count == 2)
      let own = try #require(list.first { $0["current"] as? Bool == true })
      #expect(own["device"] as? String == "Laptop of Ada")
      let other = try #require(list.first { $0["current"] as? Bool == false }?["id"] as? String)
      let ended = try await server.http.send("DELETE", "/api/v1/auth/me/sessions/\(other)", token: laptop.access)
      #expect(ended.status == 200, "\(ended.text)")
      #expect(!(try await isSignedIn(server, phone.access)))
      #expect(try await isSignedIn(server, laptop.access))
      #expect(
        try await server.http.send("DELETE", "/api/v1/auth/me/sessions/\(other)", token: laptop.access).status == 404)
      // Nobody ends another account's session.
      let guest = try await server.guest()
      let mine = try #require(own["id"] as? String)
      #expect(try await server.http.send("DELETE", "/api/v1/auth/me/sessions/\(mine)", token: guest).status == 404)
      #expect(try await isSignedIn(server, laptop.access))
    }
  }

  @Test func `a changed password ends every other session and token`() async throws {
    try await withServer { server in
      let phone = try await signUp(server)
      let laptop = try await signIn(server)
      let account = try #require(try await server.parts.accounts.account(named: "Ada Lovelace"))
      let bearer = try await server.parts.accounts.issueToken(for: account.id).text
      func change(_ old: String, _ new: String) async throws -> HTTPClient.Answer {
        try await server.http.post(
          "/api/v1/auth/me/password", #"{"password":"\#(old)","newPassword":"\#(new)"}"#, token: laptop.access)
      }
      refuses(try await change("wrong horse!", "another password"), .wrongCredentials)
      let weak = try await change("correct horse", "password")
      refuses(weak, .invalidValue)
      #expect(JSON(weak).text("pointer") == "/newPassword")
      #expect(try await isSignedIn(server, phone.access))
      #expect(try await change("correct horse", "another password").status == 200)
      #expect(try await isSignedIn(server, laptop.access))
      #expect(!(try await isSignedIn(server, phone.access)))
      #expect(!(try await isSignedIn(server, bearer)))
      refuses(try await refresh(server, phone.refresh), .sessionEnded)
      refuses(try await server.http.post("/api/v1/auth/login", SigningInTests.adaSignsIn), .wrongCredentials)
      #expect(
        try await server.http.post(
          "/api/v1/auth/login", #"{"email":"ada@example.org","password":"another password"}"#
        ).status == 200)
    }
  }

  @Test func `the address is changed with the password, and not to somebody else's`() async throws {
    try await withServer { server in
      let tokens = try await signUp(server)
      let bob = #"{"email":"bob@example.org","password":"another password","name":"Bob"}"#
      #expect(try await server.http.post("/api/v1/auth/register", bob).status == 201)
      func change(_ email: String, _ password: String) async throws -> HTTPClient.Answer {
        try await server.http.post(
          "/api/v1/auth/me/email", #"{"email":"\#(email)","password":"\#(password)"}"#, token: tokens.access)
      }
      refuses(try await change("new@example.org", "wrong horse!"), .wrongCredentials)
      refuses(try await change("BOB@example.org", "correct horse"), .emailRefused)
      refuses(try await change("no address", "correct horse"), .invalidValue)
      let changed = try await change("new@example.org", "correct horse")
      #expect(changed.status == 200 && JSON(changed).text("email") == "new@example.org", "\(changed.text)")
      refuses(try await server.http.post("/api/v1/auth/login", SigningInTests.adaSignsIn), .wrongCredentials)
      #expect(
        try await server.http.post(
          "/api/v1/auth/login", #"{"email":"new@example.org","password":"correct horse"}"#
        ).status == 200)
      let (token, _) = try await server.token("Without a password")
      refuses(
        try await server.http.post(
          "/api/v1/auth/me/email", #"{"email":"x@example.org","password":"whatever it is"}"#, token: token),
        .noPassword)
    }
  }

  @Test func `an erased account's sessions are over, and its address is free again`() async throws {
    try await withServer { server in
      let tokens = try await signUp(server)
      let other = try await signIn(server)
      #expect(try await server.http.send("DELETE", "/api/v1/auth/me", token: tokens.access).status == 200)
      for token in [tokens, other] {
        #expect(!(try await isSignedIn(server, token.access)))
        refuses(try await refresh(server, token.refresh), .sessionEnded)
      }
      refuses(try await server.http.post("/api/v1/auth/login", SigningInTests.adaSignsIn), .wrongCredentials)
      #expect(try await server.http.post("/api/v1/auth/register", SigningInTests.ada).status == 201)
    }
  }

  @Test func `what ran out is forgotten, and what did not is kept`() async throws {
    try await withServer { server in
      let old = try await signUp(server)
      let session = try await Session.connect(PostgresConfiguration(server.parts.configuration.databaseURL))
      _ = try await session.execute("UPDATE app.sessions SET expires_at = now() - interval '2 days'")
      _ = try await session.execute("UPDATE app.tokens SET expires_at = now() - interval '2 days'")
      let new = try await signIn(server)
      #expect(try await server.parts.accounts.sessions.forgetExpired() >= 1)
      let count = Statement(unnamed: "SELECT (SELECT count(*) FROM app.sessions), (SELECT count(*) FROM app.tokens)")
      let rows = try await session.query(count)
      #expect(try rows.decode(row: 0, column: 0, as: Int64.self) == 1)
      #expect(try rows.decode(row: 0, column: 1, as: Int64.self) == 1)
      await session.close()
      refuses(try await refresh(server, old.refresh), .sessionEnded)
      #expect(try await refresh(server, new.refresh).status == 200)
    }
  }

  @Test func `two servers share keys, and a session that one ends is over at the other`() async throws {
    let keyring = TokenKeyring()
    try await withServer({ $0.tokenKeyring = keyring }) { first in
      let second = try await TestServer.start(database: first.parts.configuration.databaseURL) {
        $0.tokenKeyring = keyring
      }
      try await second.ready()
      let tokens = try await signUp(first)
      #expect(try await isSignedIn(second, tokens.access))
      #expect(try await first.http.post("/api/v1/auth/logout", token: tokens.access).status == 200)
      second.parts.accounts.sessions.forget(
        try #require(try await second.parts.accounts.account(named: "Ada Lovelace")).id)
      #expect(!(try await isSignedIn(second, tokens.access)))
      try await second.stop()
    }
  }

  @Test func `a server with other keys takes nothing, and a refresh token still works there`() async throws {
    try await withServer { first in
      let second = try await TestServer.start(database: first.parts.configuration.databaseURL)
      try await second.ready()
      let tokens = try await signUp(first)
      #expect(!(try await isSignedIn(second, tokens.access)))
      let renewed = try Tokens(try await refresh(second, tokens.refresh))
      #expect(try await isSignedIn(second, renewed.access))
      try await second.stop()
    }
  }
}
