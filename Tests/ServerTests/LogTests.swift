import Events
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Server

/// What is written to the log: objects that programs can read, and nothing that is nobody's business.
@Suite(.timeLimit(.minutes(5)))
struct LogTests {
  @Test func `messages are JSON objects, a line each`() throws {
    let lines = Lines()
    var logger = Logger(label: "blame") { JSONLogHandler(label: $0, write: lines.add) }
    logger.logLevel = .debug
    logger[metadataKey: "request"] = "7"
    logger.notice("a \"quoted\"\nmessage", metadata: ["count": "\(3)", "deep": ["a": "b", "list": ["x", "y"]]])
    logger.trace("not written")
    let texts = lines.texts
    #expect(texts.count == 1 && texts[0].hasSuffix("\n") && texts[0].filter { $0 == "\n" }.count == 1)
    let line = try JSONNode(bytes: Array(texts[0].utf8))
    #expect(line["message"]?.text == "a \"quoted\"\nmessage" && line["level"]?.text == "notice")
    #expect(line["request"]?.text == "7" && line["count"]?.text == "3" && line["deep", "a"]?.text == "b")
    #expect(line["logger"]?.text == "blame" && line["time"]?.text?.hasSuffix("Z") == true)
  }

  @Test func `no token, password, address or name is ever written, at any level`() async throws {
    let lines = Lines()
    let logger = lines.logger(.trace)
    let server = try await TestServer.start(logger: logger)
    do {
      try await server.ready()
      try await server.sample()
      var secrets = ["gravel trap apex", "sausage kerb exit", "ada@example.com", "Ada Secretly", "blame_QueryToken"]
      let guest = try await server.guest()
      let other = BearerToken().text
      secrets += [guest, other]
      let registration = #"{"email":"ada@example.com","password":"gravel trap apex","name":"Ada Secretly"}"#
      let registered = JSON(try await server.http.post("/api/v1/auth/register", registration, token: guest))
      let access = try #require(registered.text("accessToken"), "\(registered)")
      let refresh = try #require(registered.text("refreshToken"))
      secrets += [access, refresh]
      _ = try await server.http.get("/api/v1/auth/me", token: access)
      _ = try await server.http.get("/api/v1/auth/me", token: other)
      _ = try await server.http.get("/api/v1/races?token=blame_QueryToken")
      _ = try await server.http.get("/api/v1/blame_QueryToken/Ada%20Secretly")
      _ = try await server.http.post(
        "/api/v1/auth/me/password", #"{"password":"gravel trap apex","newPassword":"sausage kerb exit"}"#, token: access
      )
      _ = try await server.http.post("/api/v1/auth/login", #"{"email":"ada@example.com","password":"wrong but mine"}"#)
      _ = try await server.http.post("/api/v1/auth/refresh", #"{"refreshToken":"\#(refresh)"}"#)
      _ = try await server.http.post("/api/v1/auth/login", registration.replacing("{", with: "{{"))
      try await server.stop()
      let all = lines.texts.joined()
      #expect(lines.texts.count > 20, "nothing was written, so nothing was tested")
      for secret in secrets + ["wrong but mine"] { #expect(!all.contains(secret), "\(secret)") }
      #expect(!all.contains("blame_access") && !all.contains("password="))
    } catch {
      try? await server.stop()
      throw error
    }
  }
}

/// Log lines in memory.
final class Lines: Sendable {
  private let lines = Mutex<[String]>([])

  var texts: [String] { lines.withLock { $0 } }

  @Sendable func add(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }

  func logger(_ level: Logger.Level) -> Logger {
    var logger = Logger(label: "test") { [self] in JSONLogHandler(label: $0, write: add) }
    logger.logLevel = level
    return logger
  }
}
