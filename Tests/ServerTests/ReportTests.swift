import Commands
import EventStore
import Events
import Racing
import TestSupport
import Testing

@testable import Server

/// The report on paper: what it holds, who gets it, and that it stays what it is.
@Suite(.timeLimit(.minutes(5)))
struct ReportTests {
  private static let path = "/api/v1/report/2000/sample/adl"

  private func withPro(_ body: (TestServer, _ token: String) async throws -> Void) async throws {
    let signer = try NoteSigner(name: "test.example/log", secret: (0..<32).map { UInt8($0) })
    try await withServer {
      $0.logSigner = signer
      $0.replicates = 10
      // A race is taken apart in it, and other tests run beside.
      $0.limits.requestTime = .seconds(120)
    } _: { server in
      try await server.sample()
      let (token, account) = try await server.token("Reader")
      _ = try await server.parts.accounts.setRight(.pro, of: account.id, isGranted: true)
      try await body(server, token)
    }
  }

  /// A finished practice run, so that the log goes on and the crowd plays.
  private func play(_ server: TestServer, _ name: String) async throws {
    let token = try await server.token(name).token
    let run = JSON(
      try await server.http.post(
        "/api/v1/simulate", #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM"}"#, token: token))
    let id = try #require(run.text("id"))
    let end = try await server.finish(id, token: token)
    let position = try #require(end.number("position"), "\(end)")
    try await server.parts.live.reach(Position(rawValue: Int64(position)), within: .seconds(5))
  }

  @Test func `a report says what the autopsy says, with position, model and root`() async throws {
    try await withPro { server, token in
      let answer = try await server.http.get(Self.path, token: token)
      #expect(answer.status == 200, "\(answer.text)")
      let report = JSON(answer)
      let autopsy = JSON(try await server.http.get("/api/v1/autopsy/2000/sample/adl", token: token))
      #expect(report["preview"] as? Bool == false)
      #expect(report.text("verdict") == autopsy.text("verdict") && report.text("verdict") != nil)
      #expect(report.number("totalLossMilliseconds") == autopsy.number("totalLossMilliseconds"))
      let costs = report.array("costs")
      #expect(costs.count == 6)
      let sum = costs.compactMap { $0["milliseconds"] as? Int }.reduce(report.number("residualMilliseconds") ?? 0, +)
      #expect(sum == report.number("totalLossMilliseconds"))
      #expect(costs.allSatisfy { ($0["interval"] as? [String: Any])?["low"] is Int })
      #expect(!report.array("alternatives").isEmpty && !report.array("stops").isEmpty)
      #expect(report.array("alternatives").count == autopsy.array("alternatives").count)
      #expect(report.array("evidence").count == 6)
      #expect(report["windows", "stops"] != nil && (report["method"] as? [Any])?.isEmpty == false)
      let size = try #require(report["heading", "checkpoint", "size"] as? Int)
      #expect(size == report.number("position"))
      #expect(report["heading", "autopsy", "sha256"] is String)
      // The root is that of the log's tree: the receipt of the last event leads there.
      let rebuilt = try await server.parts.log.reader.events(after: .zero, limit: size)
      var tree = TreeBuilder()
      for event in rebuilt { tree.append(EventRow(event).leafHash) }
      #expect(report["heading", "checkpoint", "root"] as? String == tree.root.base64)
    }
  }

  @Test func `the same permalink gives the same bytes after more has happened`() async throws {
    try await withPro { server, token in
      try await play(server, "One")
      let first = JSON(try await server.http.get(Self.path, token: token))
      let link = try #require(first["heading", "api"] as? String)
      let before = try await server.http.get(link, token: token)
      #expect(before.status == 200, "\(before.text)")
      let table = try await server.http.get(link + "&format=csv", token: token)
      for name in ["Two", "Three", "Four"] { try await play(server, name) }
      // The race's data are replaced, too.
      let other = SyntheticRace.generate(seed: 2)
      _ = try await server.parts.importer.take(other)
      let after = try await server.http.get(link, token: token)
      #expect(after.body == before.body)
      #expect(try await server.http.get(link + "&format=csv", token: token).body == table.body)
      // Without the position it is about the log as it is now.
      let now = JSON(try await server.http.get(Self.path, token: token))
      #expect(try #require(now.number("position")) > (try #require(first.number("position"))))
      #expect(now.text("recordDigest") != first.text("recordDigest"))
    }
  }

  @Test func `whoever has no Pro is shown the first page`() async throws {
    try await withPro { server, token in
      let whole = JSON(try await server.http.get(Self.path, token: token))
      let link = try #require(whole["heading", "api"] as? String)
      for stranger in [nil, try await server.guest(), try await server.token("Somebody").token] {
        let answer = try await server.http.get(link, token: stranger)
        refuses(answer, .proOnly)
        let preview = JSON(answer)
        #expect(preview["preview"] as? Bool == true && preview.text("verdict") == whole.text("verdict"))
        #expect(preview.array("costs").count == 6 && preview.text("driver") == "ADL")
        #expect((preview["holds"] as? [String])?.contains("alternatives") == true)
        for hidden in ["alternatives", "evidence", "stops", "windows", "realPlan", "lapRows"] {
          #expect(preview[hidden] == nil, "\(hidden)")
        }
        refuses(try await server.http.get(link + "&format=csv", token: stranger), .proOnly)
      }
    }
  }

  @Test func `the table has a number a row, with position and model`() async throws {
    try await withPro { server, token in
      let answer = try await server.http.get(Self.path + "?format=csv", token: token)
      #expect(answer.status == 200 && answer["Content-Type"] == "text/csv; charset=utf-8")
      let lines = answer.text.split(separator: "\r\n")
      #expect(lines.first == "section,item,value,low,high,unit,position,model")
      #expect(lines.filter { $0.hasPrefix("cost,") }.count == 7)
      let model = server.parts.library.modelVersion
      #expect(lines.dropFirst().allSatisfy { $0.hasSuffix(",\(model)") })
      #expect(lines.contains { $0.hasPrefix("alternative,") } && lines.contains { $0.hasPrefix("window,") })
    }
  }

  @Test func `what cannot be reproduced is refused`() async throws {
    try await withPro { server, token in
      refuses(try await server.http.get(Self.path + "?asOf=999999", token: token), .invalidValue)
      refuses(try await server.http.get(Self.path + "?model=0000", token: token), .noAutopsy)
      #expect(try await server.http.get(Self.path, token: token).status == 200)
      refuses(try await server.http.get(Self.path + "?asOf=0", token: token), .unknownRace)
      refuses(try await server.http.get("/api/v1/report/2000/sample/zzz", token: token), .unknownDriver)
      refuses(try await server.http.get(Self.path + "?format=pdf", token: token), .notAcceptable)
    }
  }
}
