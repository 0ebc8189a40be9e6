import EventStore
import Foundation
import Logging
import Postgres
import Server
import Synchronization

/// What a benchmark lies on: sizes, a seed, and fresh databases.
final class Bed: Sendable {
  let seed: UInt64
  let quick: Bool
  private let adminURL: String?
  private let logger: Logger
  private let databases = Mutex<[String]>([])

  /// Runs that count.
  var runs: Int { quick ? 3 : 5 }
  /// Seconds of one run of a throughput.
  var seconds: Double { quick ? 0.7 : 2 }

  struct NoDatabase: Error, CustomStringConvertible {
    var description: String { "no database is named: give --database-url or set BLAME_BENCH_DATABASE_URL" }
  }

  init(seed: UInt64, quick: Bool, databaseURL: String?) async throws {
    self.seed = seed
    self.quick = quick
    adminURL = databaseURL
    var logger = Logger(label: "bench") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .error
    self.logger = logger
  }

  /// Measures suites one after the other.
  func report(_ suites: [Suite]) async throws -> Report {
    let postgres = try await serverVersion(needed: suites.contains(where: \.needsDatabase))
    var machine = Machine.probe(directory: FileManager.default.currentDirectoryPath, postgres: postgres)
    var figures: [Figure] = []
    let begun = ContinuousClock.now
    let before = CPUUse(commands: ["postgres", "bench"])
    for suite in suites {
      FileHandle.standardError.write(Data("bench: \(suite.rawValue)\n".utf8))
      do { figures += try await suite.measure(self) } catch {
        try await clear()
        throw error
      }
      try await clear()
    }
    let after = CPUUse(commands: ["postgres", "bench"])
    machine.foreignCPU = before.foreign(until: after, elapsed: ContinuousClock.now - begun, cores: machine.cores)
    let command = (["bench"] + suites.map(\.rawValue)).joined(separator: " ")
    return Report(command: command, seed: seed, machine: machine, figures: figures)
  }

  /// A fresh database with the schema, as a configuration of its owner.
  func database() async throws -> ServerConfiguration {
    guard let adminURL else { throw NoDatabase() }
    let name = "bench_\(UInt32.random(in: 0 ... .max))"
    let admin = try await Session.connect(PostgresConfiguration(adminURL))
    _ = try await admin.execute("CREATE DATABASE \(name)")
    await admin.close()
    databases.withLock { $0.append(name) }
    let url = "\(adminURL) dbname=\(name)"
    let schema = ProcessInfo.processInfo.environment["BLAME_SCHEMA"] ?? "../schema"
    try await Migrator(PostgresConfiguration(url), directory: schema).run()
    return ServerConfiguration(databaseURL: url)
  }

  /// Drops the databases that were made; some have gigabytes.
  func clear() async throws {
    guard let adminURL else { return }
    let admin = try await Session.connect(PostgresConfiguration(adminURL))
    for name in databases.withLock({ $0 }) {
      _ = try await admin.execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }
    databases.withLock { $0 = [] }
    await admin.close()
  }

  /// The parts of a server on a fresh database.
  func parts() async throws -> ServerParts { ServerParts(try await database(), logger: logger) }

  /// A session to the database of some parts.
  func session(_ parts: ServerParts) async throws -> Session {
    try await Session.connect(PostgresConfiguration(parts.configuration.databaseURL))
  }

  var serverLogger: Logger { logger }

  /// Runs a server until the work is done; it is ready when the work begins.
  func serving<Value: Sendable>(
    _ configuration: ServerConfiguration, _ work: @Sendable (BlameServer, Int) async throws -> Value
  ) async throws -> Value {
    let server = BlameServer(configuration, logger: logger)
    let (ports, continuation) = AsyncStream<Int>.makeStream()
    let running = Task {
      try await server.run(handlesSignals: false) { address in
        if case .host(_, let port) = address { continuation.yield(port) }
      }
    }
    defer { running.cancel() }
    guard let port = await ports.first(where: { _ in true }) else { throw Bed.NoDatabase() }
    while (try? HTTPConnection(port: port).get("/ready")) != 200 { try await Task.sleep(for: .milliseconds(5)) }
    let value = try await work(server, port)
    running.cancel()
    _ = await running.result
    return value
  }

  private func serverVersion(needed: Bool) async throws -> String {
    guard needed else { return "none" }
    guard let adminURL else { throw NoDatabase() }
    let session = try await Session.connect(PostgresConfiguration(adminURL))
    let version: String = try await session.query(Statement(unnamed: "SHOW server_version"))[0].decode(0)
    await session.close()
    return version.split(separator: " ").first.map(String.init) ?? version
  }
}

/// Calls of `work` a second from `clients` tasks that each wait for the answer before they call again.
func throughput(
  clients: Int, seconds: Double, _ work: @escaping @Sendable (Int) async throws -> Int
) async throws -> Double {
  let begun = ContinuousClock.now
  let end = begun + .milliseconds(Int(seconds * 1000))
  let done = try await withThrowingTaskGroup(of: Int.self) { group in
    for client in 0..<clients {
      group.addTask {
        var count = 0
        while ContinuousClock.now < end { count += try await work(client) }
        return count
      }
    }
    return try await group.reduce(0, +)
  }
  return Double(done) / (Double((ContinuousClock.now - begun) / .microseconds(1)) / 1e6)
}
