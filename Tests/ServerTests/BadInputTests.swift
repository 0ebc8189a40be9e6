import TestSupport
import Testing

@testable import Server

/// Every mistake a client can make gets a problem document that says what was wrong and where.
struct BadInputTests {
  private func expect(
    _ answer: HTTPClient.Answer, _ code: ProblemCode, pointer: String? = nil, says words: String...,
    at location: SourceLocation = #_sourceLocation
  ) {
    refuses(answer, code, at: location)
    let problem = JSON(answer)
    #expect(problem.text("pointer") == pointer, "\(answer.text)", sourceLocation: location)
    for word in words {
      #expect(problem.text("detail")?.contains(word) == true, "\(answer.text)", sourceLocation: location)
    }
  }

  @Test func `addresses and methods`() async throws {
    try await withServer { server in
      expect(try await server.http.get("/api/v2"), .notFound, says: "/api/v2")
      let wrong = try await server.http.send("DELETE", "/api/v1/races")
      expect(wrong, .methodNotAllowed, says: "DELETE", "GET")
      #expect(wrong["Allow"] == "GET, HEAD")
      expect(try await server.http.get("/api/v1/races/%ff/x"), .malformedRequest)
      expect(try await server.http.get("/api/v1/races?sesaon=2023"), .unknownParameter, says: "sesaon", "season")
      expect(try await server.http.get("/api/v1/races?season=x"), .invalidValue, says: "season", "\"x\"")
      expect(try await server.http.get("/api/v1/races?season=2000&season=2001"), .malformedRequest, says: "twice")
      expect(try await server.http.get("/api/v1/races/abc/monaco"), .invalidValue, says: "abc")
      expect(try await server.http.get("/api/v1/races/2023/nowhere"), .unknownRace, says: "nowhere", "2023")
    }
  }

  @Test func `who is asking`() async throws {
    try await withServer { server in
      let missing = try await server.http.post("/api/v1/simulate")
      expect(missing, .unauthenticated, says: "Bearer")
      #expect(missing["WWW-Authenticate"] == "Bearer realm=\"blame\"")
      expect(try await server.http.get("/api/v1/auth/me", token: "blame_nonsense"), .unauthenticated)
      expect(try await server.http.get("/api/v1/auth/me", token: BearerToken().text), .unauthenticated, says: "unknown")
      expect(
        try await server.http.get("/api/v1/auth/me", headers: ["Authorization": "Basic xyz"]), .unauthenticated,
        says: "Bearer TOKEN")
    }
  }

  @Test func `bodies`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.guest()
      func post(_ body: String, _ headers: [String: String] = [:]) async throws -> HTTPClient.Answer {
        try await server.http.post("/api/v1/simulate", body, token: token, headers: headers)
      }
      let malformed = try await post("{\n  \"race\": \"2000/sample\",,\n}")
      expect(malformed, .malformedJSON, says: "Line 2, column 25")
      #expect(JSON(malformed).number("line") == 2 && JSON(malformed).number("offset") == 26)
      expect(try await post("[]"), .wrongType, pointer: "", says: "an array", "an object")
      expect(try await post(#"{"rase":"x"}"#), .unknownField, pointer: "/rase", says: "rase", "race, driver")
      expect(try await post("{}"), .missingField, pointer: "/race", says: "race")
      expect(try await post(#"{"race":5}"#), .wrongType, pointer: "/race", says: "a whole number", "a string")
      expect(try await post(#"{"race":"sample"}"#), .invalidValue, pointer: "/race", says: "sample")
      expect(try await post(#"{"race":"1999/sample"}"#), .unknownRace, pointer: "/race", says: "1999")
      expect(
        try await post(#"{"race":"2000/sample","driver":"VERY"}"#), .unknownDriver, pointer: "/driver", says: "VERY")
      expect(try await post(#"{"race":"2000/sample","driver":"XXX"}"#), .unknownDriver, says: "XXX", "ADL")
      expect(
        try await post(#"{"race":"2000/sample","driver":"ADL","start":"ULTRASOFT"}"#), .unknownCompound,
        pointer: "/start", says: "ULTRASOFT", "SOFT, MEDIUM, HARD")
      expect(
        try await post(#"{"race":"2000/sample","driver":"ADL","start":"WET"}"#), .unknownCompound, says: "WET")
      expect(
        try await post(#"{"race":"2000/sample","driver":"ADL","stops":[{"lap":"9","compound":"HARD"}]}"#), .wrongType,
        pointer: "/stops/0/lap", says: "a string")
      expect(
        try await post(#"{"race":"2000/sample","driver":"ADL","stops":[{"lap":9,"compound":"H","x":1}]}"#),
        .unknownField, pointer: "/stops/0/x")
      let stops = Array(repeating: #"{"lap":9,"compound":"HARD"}"#, count: 21).joined(separator: ",")
      expect(
        try await post(#"{"race":"2000/sample","driver":"ADL","stops":[\#(stops)]}"#), .invalidValue, pointer: "/stops",
        says: "21", "20")
      expect(try await post(#"{"race":{}}"#, ["Content-Type": "text/plain"]), .unsupportedMediaType, says: "text/plain")
      let longKey = ["Idempotency-Key": String(repeating: "k", count: 129)]
      expect(try await post(#"{"race":"2000/sample","driver":"ADL"}"#, longKey), .malformedRequest, says: "129")
      let deep = String(repeating: "[", count: 40)
      expect(try await post(#"{"race":\#(deep)"#), .malformedJSON, says: "deeper than 32")
    }
  }

  @Test func `an oversized body is refused, also when it is announced wrongly or not at all`() async throws {
    try await withServer { server in
      let token = try await server.guest()
      let big = #"{"race":""# + String(repeating: "x", count: 70_000) + "\"}"
      expect(try await server.http.post("/api/v1/simulate", big, token: token), .tooLarge, says: "65536")
      let head = """
        POST /api/v1/simulate HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer \(token)\r
        Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n
        """
      let chunk = "10000\r\n" + String(repeating: " ", count: 65_536) + "\r\n"
      let chunked = try await server.http.exchange(Array((head + chunk + chunk + "0\r\n\r\n").utf8))
      expect(chunked, .tooLarge, says: "65536")
      #expect(try await server.http.get("/health").status == 200)
    }
  }

  @Test func `oversized headers end the connection and not the server`() async throws {
    try await withServer { server in
      let big = "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Big: \(String(repeating: "x", count: 100_000))\r\n\r\n"
      // The connection is refused before there is a request that anything could be said about.
      let answer = try? await server.http.exchange(Array(big.utf8))
      #expect(answer == nil || answer?.status == 400 || answer?.status == 431)
      let health = try await server.http.get("/health")
      #expect(health.status == 200)
    }
  }

  @Test func `too many requests are told when to come again`() async throws {
    try await withServer { configuration in
      configuration.limits.requestsPerSecond = 1
      configuration.limits.requestBurst = 5
      configuration.limits.guestsPerHour = 0
    } _: { server in
      var answer = try await server.http.get("/api/v1/races")
      for _ in 0..<200 where answer.status == 200 { answer = try await server.http.get("/api/v1/races") }
      expect(answer, .tooManyRequests)
      #expect(Int(answer["Retry-After"] ?? "") ?? 0 >= 1)
      #expect(try await server.http.get("/health").status == 200)
    }
  }
}
