import Events
import Postgres
import TestSupport
import Testing

@testable import Server

/// Signing up, in and out, with tokens and with cookies.
@Suite(.timeLimit(.minutes(5)))
struct SigningInTests {
  static let ada = #"{"email":"Ada@Example.org","password":"correct horse","name":"Ada Lovelace"}"#
  static let adaSignsIn = #"{"email":"ada@example.org","password":"correct horse"}"#

  @Test func `an account is opened, asks with its token, signs out and in again`() async throws {
    try await withServer { server in
      let opened = try await server.http.post("/api/v1/auth/register", Self.ada)
      #expect(opened.status == 201, "\(opened.text)")
      let account = JSON(opened)
      #expect(account.text("kind") == "registered" && account.text("name") == "Ada Lovelace")
      #expect(account.text("email") == "Ada@Example.org" && account["mayBeRanked"] as? Bool == true)
      #expect(account["isPro"] as? Bool == false && account["isOperator"] as? Bool == false)
      #expect(account.number("claimedRuns") == 0 && account.number("expiresInSeconds") == 900)
      #expect(opened.setCookies.isEmpty)
      let token = try #require(account.text("accessToken"))
      let me = JSON(try await server.http.get("/api/v1/auth/me", token: token))
      #expect(me.text("id") == account.text("id") && me.text("email") == "Ada@Example.org")
      #expect(try await server.http.post("/api/v1/auth/logout", token: token).status == 200)
      #expect(try await server.http.get("/api/v1/auth/me", token: token).status == 401)
      refuses(
        try await server.http.post("/api/v1/auth/refresh", #"{"refreshToken":"\#(account.text("refreshToken")!)"}"#),
        .sessionEnded)
      let again = try await server.http.post("/api/v1/auth/login", Self.adaSignsIn)
      #expect(again.status == 200 && JSON(again).text("id") == account.text("id"))
      #expect(again["Cache-Control"] == "no-store")
    }
  }

  @Test func `a browser gets cookies and no token, and is signed out when it says so`() async throws {
    try await withServer { server in
      let browser = Browser(server.http)
      let opened = try await browser.post(
        "/api/v1/auth/register",
        #"{"email":"ada@example.org","password":"correct horse","name":"Ada","session":"cookie"}"#)
      #expect(opened.status == 201, "\(opened.text)")
      #expect(JSON(opened)["accessToken"] == nil && JSON(opened)["refreshToken"] == nil && JSON(opened)["token"] == nil)
      #expect(!opened.text.contains("blame1.") && !opened.text.contains("blamer_"))
      #expect(browser.attributes["blame_access"] == " Max-Age=900; Path=/; SameSite=Lax; HttpOnly")
      #expect(
        browser.attributes["blame_refresh"] == " Max-Age=2592000; Path=/api/v1/auth; SameSite=Strict; HttpOnly")
      #expect(try await JSON(browser.get("/api/v1/auth/me")).text("name") == "Ada")
      let old = browser.cookies
      #expect(try await JSON(browser.post("/api/v1/auth/refresh")).text("session") == "cookie")
      #expect(browser.cookies["blame_refresh"] != old["blame_refresh"])
      #expect(try await JSON(browser.get("/api/v1/auth/me")).text("name") == "Ada")
      #expect(try await browser.post("/api/v1/auth/logout").status == 200)
      #expect(browser.cookies.isEmpty)
      #expect(try await browser.get("/api/v1/auth/me").status == 401)
      // What the browser had before is worth nothing either.
      let stale = ["Cookie": old.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")]
      #expect(try await server.http.get("/api/v1/auth/me", headers: stale).status == 401)
      // An old cookie keeps nobody from what everybody may see.
      #expect(try await server.http.get("/api/v1/leaderboard", headers: stale).status == 200)
    }
  }

  @Test func `cookies need TLS where the public address has it`() async throws {
    try await withServer({ $0.publicURL = PublicURL("https://blame.example") }) { server in
      let browser = Browser(server.http)
      browser.origin = "https://blame.example"
      let opened = try await browser.post("/api/v1/auth/guest", #"{"session":"cookie"}"#)
      #expect(opened.status == 201)
      for name in ["blame_access", "blame_refresh"] {
        #expect(browser.attributes[name]?.hasSuffix("; Secure") == true, "\(name)")
      }
      let me = JSON(try await browser.get("/api/v1/auth/me"))
      #expect(me.text("kind") == "guest")
    }
  }

  @Test func `another site's page cannot act for a browser that is signed in`() async throws {
    try await withServer { server in
      try await server.sample()
      let browser = Browser(server.http)
      #expect(try await browser.post("/api/v1/auth/guest", #"{"session":"cookie"}"#).status == 201)
      let run = #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM"}"#
      for origin in ["http://evil.example", "null", "http://localhost.evil.example", "http://localhost:1", nil] {
        browser.origin = origin
        refuses(try await browser.post("/api/v1/simulate", run), .foreignOrigin)
        refuses(try await browser.send("DELETE", "/api/v1/auth/me"), .foreignOrigin)
        refuses(try await browser.post("/api/v1/auth/refresh"), .foreignOrigin)
        refuses(try await browser.post("/api/v1/auth/logout"), .foreignOrigin)
        refuses(
          try await server.http.post(
            "/api/v1/auth/login", #"{"email":"a@b.example","password":"whatever","session":"cookie"}"#,
            headers: origin.map { ["Origin": $0] } ?? [:]), .foreignOrigin)
        // Reading changes nothing, and the browser keeps the answer from the other page.
        #expect(try await browser.get("/api/v1/auth/me").status == 200)
      }
      #expect(
        try await browser.send(
          "POST", "/api/v1/simulate", body: run, headers: ["Sec-Fetch-Site": "cross-site"]
        ).status == 403)
      browser.origin = nil
      #expect(
        try await browser.send(
          "POST", "/api/v1/simulate", body: run, headers: ["Sec-Fetch-Site": "same-origin"]
        ).status == 201)
      // A token wins over cookies, and no page of another site has one.
      let token = try await server.guest()
      let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
      let answer = try await server.http.post(
        "/api/v1/simulate", run, token: token, headers: ["Cookie": cookies, "Origin": "http://evil.example"])
      #expect(answer.status == 201, "\(answer.text)")
      #expect(
        try await server.http.get("/api/v1/auth/me", token: "blame_nonsense", headers: ["Cookie": cookies]).status
          == 401)
    }
  }

  @Test func `an unknown address and a wrong password are answered alike`() async throws {
    try await withServer { server in
      #expect(try await server.http.post("/api/v1/auth/register", Self.ada).status == 201)
      let wrong = try await server.http.post(
        "/api/v1/auth/login", #"{"email":"ada@example.org","password":"correct horsf"}"#)
      let unknown = try await server.http.post(
        "/api/v1/auth/login", #"{"email":"bob@example.org","password":"correct horsf"}"#)
      refuses(wrong, .wrongCredentials)
      // Each answer has its own time and number.
      func said(_ answer: HTTPClient.Answer) -> [String: String] {
        answer.headers.filter { $0.key != "date" && $0.key != "x-request-id" }
      }
      #expect(wrong.text == unknown.text && said(wrong) == said(unknown))
      #expect(!wrong.text.contains("ada"))
    }
  }

  @Test func `names and addresses are taken once, in any case of letters`() async throws {
    try await withServer { server in
      #expect(try await server.http.post("/api/v1/auth/register", Self.ada).status == 201)
      let name = #"{"email":"other@example.org","password":"correct horse","name":"ADA lovelace"}"#
      let taken = try await server.http.post("/api/v1/auth/register", name)
      refuses(taken, .nameTaken)
      #expect(JSON(taken).text("pointer") == "/name")
      let email = #"{"email":"aDA@example.ORG","password":"another password","name":"Somebody"}"#
      let refused = try await server.http.post("/api/v1/auth/register", email)
      refuses(refused, .emailRefused)
      #expect(JSON(refused).text("pointer") == "/email")
      for (body, pointer) in [
        (#"{"email":"x","password":"correct horse","name":"Bob"}"#, "/email"),
        (#"{"email":"bob@example.org","password":"short","name":"Bob"}"#, "/password"),
        (#"{"email":"bob@example.org","password":"correct horse","name":" "}"#, "/name"),
        (#"{"email":"bob@example.org","password":"correct horse","name":"Bob","session":"both"}"#, "/session"),
      ] {
        let answer = try await server.http.post("/api/v1/auth/register", body)
        refuses(answer, .invalidValue)
        #expect(JSON(answer).text("pointer") == pointer, "\(answer.text)")
      }
      refuses(try await server.http.post("/api/v1/auth/register", #"{"email":"bob@example.org"}"#), .missingField)
    }
  }

  @Test func `passwords can be tried a few times, whether there is an account or not`() async throws {
    try await withServer {
      $0.limits.passwordsPerHour = 18
    } _: { server in
      #expect(try await server.http.post("/api/v1/auth/register", Self.ada).status == 201)
      var refusals: [String] = []
      for email in ["ada@example.org", "nobody@example.org"] {
        for attempt in 1...3 {
          let body = #"{"email":"\#(email)","password":"wrong \#(attempt) password"}"#
          refuses(try await server.http.post("/api/v1/auth/login", body), .wrongCredentials)
        }
        let refused = try await server.http.post(
          "/api/v1/auth/login", #"{"email":"\#(email.uppercased())","password":"correct horse"}"#)
        refuses(refused, .tooManyRequests)
        #expect(Int(refused["Retry-After"] ?? "").map { $0 > 0 } == true)
        refusals.append(JSON(refused).text("title") ?? "")
      }
      #expect(Set(refusals).count == 1)
      // Somebody else still signs in.
      let bob = #"{"email":"bob@example.org","password":"another password","name":"Bob"}"#
      #expect(try await server.http.post("/api/v1/auth/register", bob).status == 201)
      #expect(
        try await server.http.post(
          "/api/v1/auth/login", #"{"email":"bob@example.org","password":"another password"}"#
        ).status == 200)
    }
  }

  @Test func `accounts can be opened a few times an hour`() async throws {
    try await withServer {
      $0.limits.registrationsPerHour = 6
    } _: { server in
      #expect(try await server.http.post("/api/v1/auth/register", Self.ada).status == 201)
      let refused = try await server.http.post(
        "/api/v1/auth/register", #"{"email":"bob@example.org","password":"another password","name":"Bob"}"#)
      refuses(refused, .tooManyRequests)
    }
  }

  @Test func `a hash that has become too cheap is made anew at the next log-in`() async throws {
    let first = try await TestServer.start()
    try await first.ready()
    #expect(try await first.http.post("/api/v1/auth/register", Self.ada).status == 201)
    let database = first.parts.configuration.databaseURL
    try await first.stop()
    let session = try await Session.connect(PostgresConfiguration(database))
    let query = Statement(unnamed: "SELECT password_hash FROM app.users WHERE email IS NOT NULL")
    let before: String = try await session.query(query).decode(row: 0, column: 0)
    #expect(before.hasPrefix("$scrypt$ln=4,"))
    let second = try await TestServer.start(database: database) {
      $0.passwordCost = ScryptCost(logN: 6, blockSize: 8, parallelism: 1)!
    }
    try await second.ready()
    #expect(try await second.http.post("/api/v1/auth/login", Self.adaSignsIn).status == 200)
    let after: String = try await session.query(query).decode(row: 0, column: 0)
    #expect(after.hasPrefix("$scrypt$ln=6,"))
    #expect(try await second.http.post("/api/v1/auth/login", Self.adaSignsIn).status == 200)
    await session.close()
    try await second.stop()
  }
}
