import TestSupport
import Testing

@testable import Server

/// Which pages may ask from a browser, and what browsers may do with answers.
@Suite(.timeLimit(.minutes(5)))
struct CrossOriginTests {
  private static let page = "https://pit.example"

  @Test func `without configuration no other page learns anything`() async throws {
    try await withServer { server in
      let answer = try await server.http.get("/api/v1/races", headers: ["Origin": Self.page])
      #expect(answer.status == 200 && answer["Access-Control-Allow-Origin"] == nil)
      let asked = try await preflight(server, "/api/v1/races")
      #expect(asked.status == 405 && asked["Access-Control-Allow-Origin"] == nil)
    }
  }

  @Test func `pages that are named may ask, and no others`() async throws {
    let crossOrigin = try CrossOrigin([Self.page, "http://localhost:5173"])
    try await withServer {
      $0.crossOrigin = crossOrigin
    } _: { server in
      for origin in [Self.page, "http://localhost:5173"] {
        let answer = try await server.http.get("/api/v1/races", headers: ["Origin": origin])
        #expect(answer["Access-Control-Allow-Origin"] == origin)
        #expect(answer["Access-Control-Expose-Headers"]?.contains("ETag") == true)
        #expect(answer["Vary"]?.contains("Origin") == true)
        #expect(answer["Access-Control-Allow-Credentials"] == nil)
      }
      let refused = try await server.http.get("/api/v1/nothing", headers: ["Origin": Self.page])
      #expect(refused.status == 404 && refused["Access-Control-Allow-Origin"] == Self.page, "refusals can be read too")
      let asked = try await preflight(server, "/api/v1/simulate/x/fork")
      #expect(asked.status == 204 && asked.body.isEmpty)
      #expect(asked["Access-Control-Allow-Methods"] == "POST")
      #expect(asked["Access-Control-Allow-Headers"]?.contains("Authorization") == true)
      #expect(asked["Access-Control-Allow-Origin"] == Self.page && asked["Access-Control-Max-Age"] != nil)
      #expect(try await preflight(server, "/api/v1/nowhere").status == 404)
      for origin in ["https://pit.example.evil", "https://PIT.example", "null", "https://pit.example:444", ""] {
        let answer = try await server.http.get("/api/v1/races", headers: ["Origin": origin])
        #expect(answer["Access-Control-Allow-Origin"] == nil, "\(origin)")
        #expect(answer["Vary"]?.contains("Origin") == true, "caches must not mix answers up")
        #expect(try await preflight(server, "/api/v1/races", origin: origin).status == 405, "\(origin)")
      }
    }
  }

  @Test func `every page may be let in, never with credentials`() async throws {
    let crossOrigin = try CrossOrigin(["*"])
    try await withServer {
      $0.crossOrigin = crossOrigin
    } _: { server in
      for answer in [
        try await server.http.get("/api/v1/races", headers: ["Origin": Self.page]),
        try await preflight(server, "/api/v1/races"),
      ] {
        #expect(answer["Access-Control-Allow-Origin"] == "*")
        #expect(answer["Access-Control-Allow-Credentials"] == nil)
      }
    }
  }

  @Test(arguments: [
    "pit.example", "https://", "https://pit.example/", "https://Pit.example", "*", "https://a b", "null",
  ])
  func `what is no origin is refused`(_ text: String) {
    #expect(throws: CrossOrigin.Malformed.self) { try CrossOrigin([text, "https://pit.example"]) }
  }

  @Test func `browsers are told to do nothing with answers, and every answer has a number`() async throws {
    try await withServer { server in
      var numbers: Set<String> = []
      for path in ["/api/v1/races", "/api/v1/nothing", "/health", "/ping", "/metrics", "/api/v1/auth/me", "/"] {
        for method in ["GET", "HEAD", "PATCH"] {
          let answer = try await server.http.send(method, path)
          #expect(answer["X-Content-Type-Options"] == "nosniff", "\(method) \(path)")
          #expect(answer["Content-Security-Policy"]?.contains("default-src 'none'") == true, "\(method) \(path)")
          #expect(answer["Referrer-Policy"] != nil, "\(method) \(path)")
          #expect(answer["Cross-Origin-Resource-Policy"] == "same-origin", "\(method) \(path)")
          numbers.insert(answer["X-Request-Id"] ?? "")
        }
      }
      #expect(numbers.count == 21 && !numbers.contains(""))
    }
  }

  private func preflight(
    _ server: TestServer, _ path: String, origin: String = CrossOriginTests.page
  ) async throws -> HTTPClient.Answer {
    try await server.http.send(
      "OPTIONS", path,
      headers: [
        "Origin": origin, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization",
      ])
  }
}
