import EventStore
import Events
import Fetching
import Foundation
import Logging
import Postgres
import Racing
import Synchronization
import TestSupport

@testable import Server

/// A real server on a free port over a database of its own.
final class TestServer: Sendable {
  let server: BlameServer
  let http: HTTPClient
  private let running: Task<Void, any Error>

  var parts: ServerParts { server.parts }

  /// The migrated database that every test's own is copied from.
  private static let template = Template()

  private init(_ server: BlameServer, port: Int, running: Task<Void, any Error>) {
    self.server = server
    self.running = running
    http = HTTPClient(port: port)
  }

  /// Starts a server on a fresh database.
  static func start(
    on cluster: PrivateCluster? = nil, logger: Logger? = nil, _ change: (inout ServerConfiguration) -> Void = { _ in }
  ) async throws -> TestServer {
    let cluster = try cluster ?? PrivateCluster.shared
    let database = try await template.copy(cluster)
    return try await start(database: database, logger: logger, change)
  }

  /// Starts a server on a database that is there.
  static func start(
    database: String, logger: Logger? = nil, _ change: (inout ServerConfiguration) -> Void = { _ in }
  ) async throws -> TestServer {
    var configuration = ServerConfiguration(databaseURL: database)
    configuration.address = .host("127.0.0.1", port: 0)
    configuration.passwordCost = cheap
    configuration.fetching.isOffline = true
    // A debug build on a busy machine is slow, and that is not what tests are about.
    configuration.limits.requestTime = .seconds(60)
    change(&configuration)
    let server = BlameServer(configuration, logger: logger ?? standardError)
    let (ports, port) = AsyncStream<Int>.makeStream()
    let running = Task {
      defer { port.finish() }
      try await server.run(handlesSignals: false) { address in
        if case .host(_, let number) = address { port.yield(number) }
      }
    }
    for await number in ports { return TestServer(server, port: number, running: running) }
    try await running.value
    throw Failure(what: "the server ended before it listened")
  }

  private static var standardError: Logger {
    var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = ProcessInfo.processInfo.environment["BLAME_TEST_LOG"].flatMap { .init(rawValue: $0) } ?? .critical
    return logger
  }

  /// Passwords that cost next to nothing.
  static let cheap = ScryptCost(logN: 4, blockSize: 8, parallelism: 1)!

  struct Failure: Error { let what: String }

  /// Stops gracefully and waits for the end.
  func stop() async throws {
    server.stop()
    try await running.value
  }

  /// Returns when the server says it is ready.
  func ready() async throws {
    for _ in 0..<1000 {
      if try await http.get("/ready").status == 200 { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw Failure(what: "not ready: \(try await http.get("/health").text)")
  }

  /// A token of a new account.
  func token(_ name: String) async throws -> (token: String, account: Account) {
    let account = try await parts.accounts.register(kind: .registered, name: name)
    return (try await parts.accounts.issueToken(for: account.id).text, account)
  }

  func guest() async throws -> String {
    let answer = try await http.post("/api/v1/auth/guest")
    guard answer.status == 201, let token = JSON(answer).text("token") else { throw Failure(what: answer.text) }
    return token
  }

  /// Drives a run to the flag, with as many stops as the rules force and at least one.
  func finish(_ id: String, token: String) async throws -> JSON {
    let path = "/api/v1/simulate/\(id)"
    var run = JSON(try await http.get(path, token: token))
    var hasStopped = false
    for _ in 0..<40 where run.text("status") == "running" {
      let tyres = run["next", "compounds"] as? [String] ?? []
      let own = run["tyre", "compound"] as? String
      if let lap = run["next", "lap"] as? Int, !hasStopped || run["next", "mayStay"] as? Bool == false,
        let tyre = tyres.first(where: { $0 != own }) ?? tyres.first
      {
        let decision = #"{"lap":\#(lap),"kind":"pit","compound":"\#(tyre)"}"#
        run = JSON(try await http.post("\(path)/decisions", decision, token: token))
        hasStopped = true
      }
      run = JSON(try await http.post("\(path)/finish", token: token))
    }
    return run
  }

  /// A made-up race, stored, recorded and modelled.
  @discardableResult
  func sample(seed: UInt64 = 1) async throws -> RaceRecord {
    let record = SyntheticRace.generate(seed: seed)
    _ = try await parts.importer.take(record)
    return record
  }

  private actor Template {
    private var made: [String: Task<String, any Error>] = [:]

    func copy(_ cluster: PrivateCluster) async throws -> String {
      let task = made[cluster.folder] ?? Task { try await Self.make(cluster) }
      made[cluster.folder] = task
      return try await cluster.database(template: try await task.value)
    }

    private static func make(_ cluster: PrivateCluster) async throws -> String {
      let connection = try await cluster.database()
      let schema = URL(filePath: #filePath).appending(path: "../../../schema").standardized.path()
      try await Migrator(PostgresConfiguration(connection), directory: schema).run()
      guard let name = connection.split(separator: " ").first(where: { $0.hasPrefix("dbname=") })?.dropFirst(7) else {
        throw Failure(what: "no database in \(connection)")
      }
      return String(name)
    }
  }
}

/// Runs a test against a server of its own and stops it afterwards, also when the test throws.
func withServer(
  _ change: (inout ServerConfiguration) -> Void = { _ in }, _ body: (TestServer) async throws -> Void
) async throws {
  let server = try await TestServer.start(change)
  do {
    try await server.ready()
    try await body(server)
  } catch {
    try? await server.stop()
    throw error
  }
  try await server.stop()
}
