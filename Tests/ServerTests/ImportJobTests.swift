import Commands
import EventStore
import Events
import Fetching
import Foundation
import Postgres
import Racing
import TestSupport
import Testing

@testable import Server

/// Imports as background work, asked for over HTTP.
@Suite(.timeLimit(.minutes(10))) struct ImportJobTests {
  private func withImports(
    _ change: (inout ServerConfiguration) -> Void = { _ in }, _ body: (TestServer, String) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/imports-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await withServer { configuration in
      configuration.fetching = FetchSettings(cacheDirectory: folder)
      configuration.jobs.poll = .milliseconds(20)
      configuration.jobs.tick = .milliseconds(20)
      change(&configuration)
    } _: { server in
      let (token, account) = try await server.token("Operator")
      _ = try await server.parts.commands.setRight(
        .operating, of: account.id, isGranted: true, id: CommandID(name: "operator \(account.id)"))
      try await body(server, token)
    }
  }

  @Test func `an import is a job that can be asked for, once, and cancelled`() async throws {
    try await withImports {
      $0.jobs.atOnce = 0
    } _: { server, token in
      let answer = try await server.http.post(
        "/api/v1/races/2023/monaco/import", #"{"sources":["jolpica"],"offline":true}"#, token: token)
      #expect(answer.status == 202)
      let queued = JSON(answer)
      let id = try #require(queued["job", "id"] as? String)
      #expect(answer["Location"] == "/api/v1/jobs/\(id)")
      #expect(queued["job", "state"] as? String == "queued" && queued["job", "subject"] as? String == "2023/monaco")
      #expect(queued["job", "kind"] as? String == "import" && queued["new"] as? Bool == true)
      let again = JSON(try await server.http.post("/api/v1/races/2023/monaco/import", token: token))
      #expect(again["job", "id"] as? String == id && again["new"] as? Bool == false)
      let job = JSON(try await server.http.get("/api/v1/jobs/\(id)"))
      #expect(job.text("state") == "queued" && job.number("attempts") == 0 && job.text("createdAt")?.count == 27)
      #expect(job["startedAt"] == nil && job["finishedAt"] == nil && job.object.keys.contains("position"))
      let gone = JSON(try await server.http.send("DELETE", "/api/v1/jobs/\(id)", token: token))
      #expect(gone.text("state") == "failed" && gone.text("error") == "cancelled")
      let events = try await server.http.get("/api/v1/jobs/\(id)", headers: ["Accept": "text/event-stream"])
      #expect(events["Content-Type"] == "text/event-stream" && events["Cache-Control"] == "no-store")
      #expect(events.text.contains("event: end\ndata: {\"id\":\"\(id)\""))
    }
  }

  @Test func `only operators import and cancel`() async throws {
    try await withImports {
      $0.jobs.atOnce = 0
    } _: { server, _ in
      let path = "/api/v1/races/2023/monaco/import"
      #expect(try await server.http.post(path).status == 401)
      let guest = try await server.guest()
      #expect(try await server.http.post(path, token: guest).status == 403)
      let player = try await server.token("Player").token
      let refused = try await server.http.post(path, token: player)
      #expect(refused.status == 403 && JSON(refused).text("code") == "forbidden")
      let job = "/api/v1/jobs/00000000-0000-7000-8000-000000000000"
      #expect(try await server.http.send("DELETE", job, token: player).status == 403)
    }
  }

  @Test(arguments: [
    ("2023/monaco", #"{"sources":["ergast"]}"#, "invalid-value"), ("2023/monaco", #"{"sources":[]}"#, "invalid-value"),
    ("2023/monaco", #"{"sources":"jolpica"}"#, "wrong-type"), ("2023/monaco", #"{"sources":[1]}"#, "wrong-type"),
    ("2023/monaco", #"{"offline":"yes"}"#, "wrong-type"), ("2023/monaco", #"{"round":0}"#, "invalid-value"),
    ("2023/monaco", #"{"from":"/etc/passwd"}"#, "unknown-field"), ("2023/Monaco", "{}", "invalid-value"),
    ("2023/..%2F..%2Fetc", "{}", "invalid-value"), ("1066/hastings", "{}", "invalid-value"),
  ]) func `what is no import is refused and named`(_ race: String, _ body: String, _ code: String) async throws {
    try await withImports {
      $0.jobs.atOnce = 0
    } _: { server, token in
      let answer = try await server.http.post("/api/v1/races/\(race)/import", body, token: token)
      #expect(answer.status == 400 && JSON(answer).text("code") == code, "\(answer.text)")
    }
  }

  @Test(arguments: [("nonsense", 404), ("00000000-0000-7000-8000-000000000000", 404)])
  func `a job that is not there is said so`(_ id: String, _ status: Int) async throws {
    try await withImports {
      $0.jobs.atOnce = 0
    } _: { server, token in
      let answer = try await server.http.get("/api/v1/jobs/\(id)")
      #expect(answer.status == status && JSON(answer).text("code") == "unknown-job")
      #expect(try await server.http.send("DELETE", "/api/v1/jobs/\(id)", token: token).status == status)
    }
  }

  @Test func `who follows a job finds a seat or is asked to come back`() async throws {
    try await withImports {
      $0.jobs.atOnce = 0
      $0.jobs.listeners = 1
      $0.jobs.streamSilence = .milliseconds(50)
    } _: { server, token in
      let queued = JSON(try await server.http.post("/api/v1/races/2023/monaco/import", token: token))
      let path = "/api/v1/jobs/\(try #require(queued["job", "id"] as? String))"
      let follow = ["Accept": "text/event-stream"]
      let http = server.http
      let first = Task { try await http.get(path, headers: follow) }
      var second = try await server.http.get(path)
      for _ in 0..<500 where second.status != 503 {
        second = try await server.http.send("HEAD", path, headers: follow)
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(second.status == 503 && second["Retry-After"] != nil)
      try await Task.sleep(for: .milliseconds(200))
      _ = try await server.http.send("DELETE", path, token: token)
      let events = try await first.value.text
      #expect(events.contains("event: progress\n") && events.contains(": still here\n\n"))
      #expect(events.contains("event: end\n"))
      var third = try await server.http.get(path, headers: follow)
      for _ in 0..<500 where third.status != 200 {
        try await Task.sleep(for: .milliseconds(5))
        third = try await server.http.get(path, headers: follow)
      }
      #expect(third.text.contains("event: end\n"))
    }
  }

  @Test func `a server that ends does not wait for those who follow`() async throws {
    let server = try await TestServer.start { $0.jobs.atOnce = 0 }
    try await server.ready()
    let id = IdentifierGenerator().next() as JobID
    _ = try await server.parts.jobs.enqueue(
      id, kind: "none", subject: "none", payload: "{}", account: nil, limit: 10)
    let http = server.http
    let following = Task { try await http.get("/api/v1/jobs/\(id)", headers: ["Accept": "text/event-stream"]) }
    try await Task.sleep(for: .milliseconds(200))
    try await server.stop()
    let events = try await following.value
    #expect(events.status == 200 && events.text.contains("event: progress\n") && !events.text.contains("event: end"))
  }

  @Test func `a race that nobody has fails at once, with what each source said`() async throws {
    let stub = try SourceStub([:])
    try await withImports {
      Self.point(&$0, to: stub)
    } _: { server, token in
      let job = try await run(server, token, "2018/azerbaijan")
      #expect(job.text("state") == "failed" && job.number("attempts") == 1)
      #expect(job.text("error")?.contains("answered 404") == true)
    }
  }

  @Test(.enabled(if: Self.data != nil, "no race data: set BLAME_TEST_DATA to the folder that holds timing/"))
  func `a race comes in over the network, with its background, and the same again changes nothing`() async throws {
    let stub = try SourceStub.azerbaijan(data: Self.data ?? "")
    try await withImports {
      Self.point(&$0, to: stub)
    } _: { server, token in
      let job = try await run(server, token, "2018/azerbaijan")
      #expect(job.text("state") == "done", "\(job)")
      #expect(job.number("done") == job.number("total") && job.text("message")?.contains("20 cars") == true)
      let race = JSON(try await server.http.get("/api/v1/races/2018/azerbaijan"))
      #expect(race["race", "circuit"] as? String == "baku" && race["race", "laps"] as? Int == 51)
      let imports = try await imports(server)
      #expect(imports.count == 1)
      let again = try await run(server, token, "2018/azerbaijan")
      #expect(again.text("state") == "done" && again.text("message")?.contains("nothing changed") == true)
      #expect(again.text("id") != job.text("id"))
      #expect(try await self.imports(server) == imports)
      try await checkBackground(server)
    }
  }

  @Test(.enabled(if: Self.data != nil, "no race data: set BLAME_TEST_DATA to the folder that holds timing/"))
  func `a machine takes from the database what another one fetched`() async throws {
    let stub = try SourceStub.azerbaijan(data: Self.data ?? "")
    try await withImports {
      Self.point(&$0, to: stub)
    } _: { server, token in
      _ = try await run(server, token, "2018/azerbaijan")
      let asked = stub.server.requests.count
      // A machine that has fetched nothing has an empty folder.
      try FileManager.default.removeItem(atPath: server.parts.configuration.fetching.cacheDirectory)
      let second = try await run(server, token, "2018/azerbaijan")
      #expect(
        second.text("state") == "done" && second.text("message")?.contains("nothing changed") == true, "\(second)")
      #expect(stub.server.requests.dropFirst(asked).allSatisfy { !$0.target.hasSuffix(".jsonStream") })
      try FileManager.default.removeItem(atPath: server.parts.configuration.fetching.cacheDirectory)
      let later = stub.server.requests.count
      let offline = try await run(server, token, "2018/azerbaijan", #"{"offline":true}"#)
      #expect(offline.text("state") == "done", "\(offline)")
      #expect(stub.server.requests.count == later)
      await #expect(throws: PostgresError.self, "bytes and digest belong together") {
        _ = try await server.parts.pool.query(
          Statement(unnamed: "UPDATE app.telemetry_cache SET bytes = bytes || '\\x00'"))
      }
    }
  }

  @Test(.enabled(if: Self.data != nil, "no race data: set BLAME_TEST_DATA to the folder that holds timing/"))
  func `while a source is away the import waits, and takes the half only when nothing else helps`() async throws {
    let stub = try SourceStub.azerbaijan(data: Self.data ?? "")
    stub.answer("/static", with: .init(503, "", headers: ["Retry-After": "3000"]))
    try await withImports {
      Self.point(&$0, to: stub)
      $0.jobs.firstPause = .milliseconds(1)
      $0.jobs.longestPause = .milliseconds(2)
    } _: { server, token in
      let job = try await run(server, token, "2018/azerbaijan")
      #expect(job.text("state") == "done" && job.number("attempts") == 5, "\(job)")
      #expect(job.text("message")?.contains("livetiming: nothing") == true)
      #expect(try await imports(server).count == 1)
    }
  }

  private static var data: String? {
    let environment = ProcessInfo.processInfo.environment["BLAME_TEST_DATA"]
    let repository = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return [environment, "/\(repository)/../shared/data"].compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: $0 + "/timing/2018_Azerbaijan_Race/raw/TimingData.jsonStream")
    }
  }

  private static func point(_ configuration: inout ServerConfiguration, to stub: SourceStub) {
    func base(_ path: String) -> BaseAddress? { BaseAddress(stub.server.url + path) }
    configuration.fetching.isOffline = false
    configuration.fetching.addresses = SourceAddresses(
      liveTiming: base("/static").map { [$0] }, jolpica: base("/ergast/f1"), openF1: base("/v1"))
  }

  /// Asks for an import and follows it to its end.
  private func run(
    _ server: TestServer, _ token: String, _ race: String, _ body: String = "{}"
  ) async throws -> JSON {
    let queued = JSON(try await server.http.post("/api/v1/races/\(race)/import", body, token: token))
    let path = "/api/v1/jobs/\(try #require(queued["job", "id"] as? String))"
    let events = try await server.http.get(path, headers: ["Accept": "text/event-stream"])
    #expect(events.text.contains("event: end\n"), "\(events.text.suffix(400))")
    return JSON(try await server.http.get(path))
  }

  private func imports(_ server: TestServer) async throws -> [Position] {
    let stream = StreamID(race: RaceKey(season: 2018, round: 4))
    return try await server.parts.log.events(of: stream, after: .zero).map(\.position)
  }

  /// The record's parts lead to addresses and bytes, and the disagreements can be asked for.
  private func checkBackground(_ server: TestServer) async throws {
    let rows = try await server.parts.pool.query(
      Statement(
        unnamed: """
          SELECT count(*), count(b.url) FROM app.race_provenance p LEFT JOIN app.source_bodies b USING (digest)
          WHERE p.season = 2018 AND p.round = 4
          """))
    let (parts, found) = try rows[0].decode(Int64.self, Int64.self)
    #expect(parts == 10 && found == 10)
    let digest = try await server.parts.pool.query(Statement(unnamed: "SELECT digest FROM app.race_provenance LIMIT 1"))
    let archive = BodyArchive(directory: server.parts.configuration.fetching.cacheDirectory)
    #expect(FileManager.default.fileExists(atPath: archive.path(ofDigest: try digest[0].decode(0))))
    let stored = try await server.parts.races.disagreements(RaceKey(season: 2018, round: 4))
    let answer = JSON(try await server.http.get("/api/v1/races/2018/azerbaijan/disagreements"))
    #expect(answer.array("disagreements").count == stored.count)
    let fields = try await server.parts.pool.query(
      Statement(unnamed: "SELECT count(*) FROM app.race_field_sources WHERE field = '_' AND source = 'livetiming'"))
    #expect(try fields[0].decode(0, as: Int64.self) == 20)
  }
}
