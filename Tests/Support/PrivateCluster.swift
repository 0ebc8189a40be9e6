import Foundation
import Glibc
import Postgres
import Synchronization

/// A PostgreSQL cluster of this test process's own: in a folder under /tmp, on a unix socket only, with fsync on,
/// gone when the process ends.
///
/// `@unchecked Sendable`: everything that changes is behind `state`.
public final class PrivateCluster: @unchecked Sendable {
  private struct State {
    var isRunning = false
    var lastDatabase = 0
  }

  /// Why there is no cluster.
  public struct Failure: Error, CustomStringConvertible {
    /// What went wrong, with the program's output.
    public let description: String
  }

  private let server: ClusterPrograms
  /// The folder of data, socket and log.
  public let folder: String
  private let state = Mutex(State())

  private static let cached = Mutex<Result<PrivateCluster, Failure>?>(nil)

  /// The cluster that the tests of this process share; made at the first use.
  public static var shared: PrivateCluster {
    get throws {
      try cached.withLock { cached in
        if let cached { return try cached.get() }
        let made = Result { try PrivateCluster() }.mapError { $0 as? Failure ?? Failure(description: "\($0)") }
        cached = made
        return try made.get()
      }
    }
  }

  /// Makes a cluster and starts it, with settings besides the usual ones (`["max_connections": "20"]`).
  public init(settings: [String: String] = [:]) throws {
    ClusterFolders.sweep()
    server = try ClusterPrograms.find()
    folder = try ClusterFolders.make()
    let data = folder + "/data"
    try server.own(folder)
    try server.run(
      "initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-instructions"])
    try configure(settings)
    ClusterFolders.removeAtExit(folder, server)
    try start()
  }

  deinit { ClusterFolders.remove(folder, server) }

  private func configure(_ settings: [String: String]) throws {
    var all = [
      "listen_addresses": "''", "unix_socket_directories": "'\(folder)'", "fsync": "on", "max_connections": "600",
      "shared_buffers": "'64MB'", "log_min_messages": "warning",
    ]
    all.merge(settings) { $1 }
    let text = all.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)\n" }.joined()
    let path = folder + "/data/postgresql.auto.conf"
    guard let file = FileHandle(forWritingAtPath: path) else { throw Failure(description: "cannot write \(path)") }
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  /// Where to connect for a database of the cluster.
  public func connectionString(database: String = "postgres") -> String {
    "host=\(folder) dbname=\(database) user=postgres"
  }

  /// A fresh, empty database (or a copy of another).
  /// - Returns: its connection string.
  public func database(template: String = "template0") async throws -> String {
    let number = state.withLock { state in
      state.lastDatabase += 1
      return state.lastDatabase
    }
    let name = "test_\(number)"
    let session = try await Session.connect(PostgresConfiguration(connectionString()))
    _ = try await session.execute("CREATE DATABASE \(name) TEMPLATE \(template) ENCODING 'UTF8'")
    await session.close()
    return connectionString(database: name)
  }

  /// Runs one of PostgreSQL's programs, such as `pg_dump`, on the cluster's machine and waits for its end.
  public func run(_ program: String, _ arguments: [String]) throws { try server.run(program, arguments) }

  /// Starts the server and waits until it takes connections.
  public func start() throws {
    try server.run(
      "pg_ctl", ["start", "-w", "-t", "30", "-D", folder + "/data", "-l", folder + "/log", "-o", "-k \(folder)"])
    state.withLock { $0.isRunning = true }
  }

  /// How a server is stopped.
  public enum StopMode: String, Sendable {
    /// Lets transactions under way fail, writes everything down.
    case fast
    /// Like a crash: the next start has to recover.
    case immediate
  }

  /// Stops the server, and waits until its process is gone.
  public func stop(_ mode: StopMode = .fast) throws {
    let pid = postmasterPID
    try server.run("pg_ctl", ["stop", "-w", "-t", "30", "-m", mode.rawValue, "-D", folder + "/data"])
    if let pid { Self.waitForEnd(of: pid) }
    state.withLock { $0.isRunning = false }
  }

  /// Stops and starts the server.
  public func restart(_ mode: StopMode = .fast) throws {
    try stop(mode)
    try start()
  }

  /// Process id of the server, `nil` when it does not run.
  public var postmasterPID: Int32? {
    guard let text = try? String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8) else { return nil }
    return text.split(separator: "\n").first.flatMap { Int32($0) }
  }

  private static func waitForEnd(of pid: Int32) {
    for _ in 0..<3000 where ClusterFolders.isAlive(pid) { usleep(10_000) }
  }
}
