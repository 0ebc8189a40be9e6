import EventStore
import Events
import TestSupport
import Testing

@testable import Server

/// Requests that mean harm are refused with a problem document, or their connection is closed; nothing of them is written
/// down, and the server goes on.
@Suite(.timeLimit(.minutes(10)))
struct NastyRequestTests {
  private static let texts: [String] =
    [
      "[]", "null", "true", "7", "\"text\"", "{", "}", "{\"race\"", "{\"race\":}", "{\"lap\":1e9}", "{\"lap\":1.5}",
      "{\"lap\":99999999999999999999999999}", "{\"lap\":-9223372036854775809}", "{\"lap\":9223372036854775807}",
      "{\"lap\":01}", "{\"lap\":+1}", "{\"lap\":0x10}", "{\"lap\":NaN}", "{\"lap\":1,\"lap\":2}",
      "{\"race\":\"a\",\"race\":\"b\"}",
      "{'race':'x'}", "{\"race\":\"x\",}", "{\"race\":\"x\"} {}", "{\"__proto__\":{}}", "{\"\":1}",
      "{\"race\":[[[[]]]]}",
      "{\"race\":\"\\ud800\"}", "{\"race\":\"\\u00\"}", "{\"race\":\"\u{0}\"}",
      "{\"race\":\"'; DROP TABLE log.events; --\"}",
      "{\"race\":\"2000/sample\",\"driver\":\"../..\"}", "{\"race\":\"2000/sample\",\"driver\":\"ADL\",\"start\":\"\"}",
      "{\"race\":" + String(repeating: "[", count: 5000),
      "{\"race\":\"" + String(repeating: "x", count: 60_000) + "\"}",
      "{\"race\":" + String(repeating: "{\"a\":", count: 200) + "1" + String(repeating: "}", count: 201),
    ]

  private static let bytes: [[UInt8]] = [
    [0x22, 0xFF, 0x22], [0xFF, 0xFE], [0x7B, 0x22, 0xC0, 0x80, 0x22, 0x3A, 0x31, 0x7D], [0],
  ]

  @Test func `bodies of every broken kind, to everything that takes one`() async throws {
    try await withServer { server in
      try await server.sample()
      let (token, before) = (try await server.guest(), try await end(of: server))
      for route in Endpoint.routes where route.endpoint.takesBody {
        for body in Self.texts.map({ Array($0.utf8) }) + Self.bytes {
          let answer = try await server.http.exchange(request(route.method, route.exampleTarget, token, body))
          #expect(
            (400..<500).contains(answer.status),
            "\(route.path) \(String(decoding: body.prefix(60), as: UTF8.self)): \(answer.text)")
          #expect(answer["Content-Type"] == "application/problem+json", "\(route.path)")
        }
      }
      #expect(try await end(of: server) == before)
    }
  }

  @Test(arguments: [
    "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "",
    "application/jsonx", "json", "application/problem+json",
  ])
  func `bodies of another type`(_ type: String) async throws {
    try await withServer { server in
      let before = try await end(of: server)
      let answer = try await server.http.send(
        "POST", "/api/v1/auth/guest", body: "{}", headers: ["Content-Type": type])
      #expect(answer.status == 415 && JSON(answer).text("code") == "unsupported-media-type", "\(answer.text)")
      #expect(try await end(of: server) == before)
    }
  }

  @Test func `paths that lead astray`() async throws {
    try await withServer { server in
      for path in [
        "/api/v1/../../etc/passwd", "/api/v1/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd",
        "/assets/../../etc/passwd",
        "/assets/%2e%2e%2findex.html", "/api/v1/races/%00/x", "/api/v1/races/%/x", "/api/v1/races/%zz/x",
        "/api/v1/races/2000/%ff%fe", "/api/v1/races/2000/" + String(repeating: "x", count: 7000),
        "/api/v1/races/2000/x/y/z",
        "/api/v1/races/-1/x", "/api/v1/races/99999999999999999999/x", "/api/v1/races/2000/'%20OR%201=1",
        "/API/V1/RACES",
        "/api/v1/simulate/../auth/me/races", "/api/v1/races/2000/..", "/api/v2/races", "/.git/config",
        "/api/v1/races?season=%00",
        "/api/v1/races?season", "/api/v1/races?=1", "/api/v1/races?season=2000&season=2000",
        "/api/v1/races?season=%c0%80",
        "/api/v1/log/tile/0/x", "/api/v1/log/tile/99/000", "/api/v1/log/tile/0/-01",
        "/api/v1/audit/decisions/0/receipt",
        "/api/v1/audit/decisions/9223372036854775808/receipt", "/api/v1/leaderboard?after=1_2_3_4",
        "/api/v1/leaderboard?asOf=2026-13-45T99:99:99.000000Z",
      ] {
        let answer = try await server.http.get(path)
        #expect((400..<500).contains(answer.status) || answer.status == 503, "\(path.prefix(80)): \(answer.text)")
        #expect(answer["Content-Type"] == "application/problem+json", "\(path.prefix(80))")
        #expect(!answer.text.contains("root:"))
      }
    }
  }

  @Test func `methods that nobody asked for`() async throws {
    try await withServer { server in
      let before = try await end(of: server)
      let paths = Set(Endpoint.routes.map(\.path))
      for path in paths.sorted() {
        let target = Endpoint.routes.first { $0.path == path }?.exampleTarget ?? path
        let known = Endpoint.routes.filter { $0.path == path }.map(\.method)
        for method in ["GET", "POST", "DELETE", "PUT", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "get", "G"]
        where !known.contains(method) {
          let answer = try await server.http.exchange(request(method, target, nil, []))
          let isWord = method.count > 1 && method == method.uppercased()
          #expect(answer.status == 405 || (answer.status == 400 && !isWord), "\(method) \(path): \(answer.status)")
          if answer.status == 405 {
            #expect(answer["Allow"]?.contains(known[0]) == true, "\(method) \(path)")
          }
        }
      }
      #expect(try await end(of: server) == before)
    }
  }

  @Test func `heads that cannot be read, or are too large, end the connection`() async throws {
    try await withServer { server in
      let flood = (0..<1000).map { "X-Flood-\($0): x\r\n" }.joined()
      for head in [
        "GET /health HTTP/1.1\r\n\(flood)\r\n",
        "GET /health HTTP/1.1\r\nX: \(String(repeating: "y", count: 100_000))\r\n\r\n",
        "GET /\(String(repeating: "z", count: 100_000)) HTTP/1.1\r\n\r\n", "\r\n\r\n\r\n", "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "POST /api/v1/auth/guest HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        "GET /health HTTP/1.1\r\nNo colon here\r\n\r\n",
        "POST /api/v1/auth/guest HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "POST /api/v1/auth/guest HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        "POST /api/v1/auth/guest HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
      ] {
        let socket = try RawSocket(server.http.port)
        await socket.send(Array(head.utf8))
        socket.finish()
        let heard = String(decoding: try await socket.listen(), as: UTF8.self)
        #expect(
          heard.isEmpty || heard.hasPrefix("HTTP/1.1 4") || heard.hasPrefix("HTTP/1.0 4"),
          "\(head.prefix(60)): \(heard.prefix(300))")
      }
      #expect(try await server.http.get("/health").status == 200)
    }
  }

  private func request(_ method: String, _ target: String, _ token: String?, _ body: [UInt8]) -> [UInt8] {
    var head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    if let token { head += "Authorization: Bearer \(token)\r\n" }
    if !body.isEmpty { head += "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n" }
    return Array((head + "\r\n").utf8) + body
  }

  /// Where the log ends.
  private func end(of server: TestServer) async throws -> Int {
    var last = 0
    while true {
      let page = try await server.parts.log.reader.events(after: Position(rawValue: Int64(last)), limit: 1000)
      guard let event = page.last else { return last }
      last = Int(event.position.rawValue)
    }
  }
}
