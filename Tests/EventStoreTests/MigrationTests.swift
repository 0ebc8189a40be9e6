import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import EventStore

struct MigrationTests {
  private func directory(_ files: [String: String]) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "blame-schema-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, sql) in files { try write(sql, name, path) }
    return path
  }

  private func write(_ sql: String, _ name: String, _ directory: String) throws {
    try sql.write(toFile: directory + "/" + name, atomically: true, encoding: .utf8)
  }

  private func database() async throws -> PostgresConfiguration {
    PostgresConfiguration(try await PrivateCluster.shared.database())
  }

  @Test func `files are run once each, in order, with progress`() async throws {
    let folder = try directory(["0001-a.sql": "CREATE TABLE a (x int);", "0002-b.sql": "INSERT INTO a VALUES (1);"])
    let migrator = Migrator(try await database(), directory: folder)
    #expect(try await migrator.plan().pending.map(\.file) == ["0001-a.sql", "0002-b.sql"])
    let told = Mutex<[String]>([])
    try await migrator.run { progress in
      if case .finished(let migration, let number, let count) = progress {
        told.withLock { $0.append("\(number)/\(count) \(migration.file)") }
      }
    }
    #expect(told.withLock { $0 } == ["1/2 0001-a.sql", "2/2 0002-b.sql"])
    try write("INSERT INTO a VALUES (2);", "0003-c.sql", folder)
    #expect(try await migrator.run().pending.map(\.file) == ["0003-c.sql"])
    #expect(try await migrator.plan().pending.isEmpty)
  }

  @Test func `a file that changed or is gone is named, and nothing is run`() async throws {
    let folder = try directory(["0001-a.sql": "CREATE TABLE a (x int);", "0002-b.sql": "CREATE TABLE b (x int);"])
    let migrator = Migrator(try await database(), directory: folder)
    let applied = try await migrator.run().pending
    try write("CREATE TABLE a (x bigint);", "0001-a.sql", folder)
    try write("CREATE TABLE c (x int);", "0003-c.sql", folder)
    let changed = try Migration.load(from: folder)[0].checksum
    await #expect(throws: MigrationError.changed(file: "0001-a.sql", applied: applied[0].checksum, found: changed)) {
      try await migrator.run()
    }
    try FileManager.default.removeItem(atPath: folder + "/0001-a.sql")
    await #expect(throws: MigrationError.missing(file: "0001-a.sql")) { try await migrator.run() }
    try write("CREATE TABLE a (x int);", "0001-a.sql", folder)
    #expect(try await migrator.run().pending.map(\.file) == ["0003-c.sql"])
  }

  @Test func `a file that comes too late, has a strange name or a number twice is refused`() async throws {
    let folder = try directory(["0002-b.sql": "CREATE TABLE b (x int);"])
    let migrator = Migrator(try await database(), directory: folder)
    try await migrator.run()
    try write("CREATE TABLE a (x int);", "0001-a.sql", folder)
    await #expect(throws: MigrationError.tooLate(file: "0001-a.sql", lastApplied: "0002-b.sql")) {
      try await migrator.run()
    }
    try write("", "2-b.sql", folder)
    await #expect(throws: MigrationError.misnamed(file: "2-b.sql")) { try await migrator.run() }
    try FileManager.default.removeItem(atPath: folder + "/2-b.sql")
    try write("", "0002-c.sql", folder)
    await #expect(throws: MigrationError.numberedTwice("0002-b.sql", "0002-c.sql")) { try await migrator.run() }
  }

  @Test func `a file that fails leaves no trace, and those before it stay`() async throws {
    let folder = try directory([
      "0001-a.sql": "CREATE TABLE a (x int);", "0002-b.sql": "CREATE TABLE b (x int); SELECT 1 / 0;",
    ])
    let configuration = try await database()
    let migrator = Migrator(configuration, directory: folder)
    let error = await #expect(throws: MigrationError.self) { try await migrator.run() }
    guard case .failed(file: "0002-b.sql", let cause) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.sqlState == "22012")
    try write("CREATE TABLE b (x int);", "0002-b.sql", folder)
    #expect(try await migrator.run().pending.map(\.file) == ["0002-b.sql"])
  }

  @Test func `concurrent runs wait for one another`() async throws {
    let folder = try directory(["0001-a.sql": "SELECT pg_sleep(0.2); CREATE TABLE a (x int);"])
    let configuration = try await database()
    let counts = try await withThrowingTaskGroup { group in
      for _ in 0..<4 { group.addTask { try await Migrator(configuration, directory: folder).run().pending.count } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts.sorted() == [0, 0, 0, 1])
  }

  @Test func `the schema installs in several databases at once, and for an owner who is no superuser`() async throws {
    let cluster = try PrivateCluster()
    let admin = try await Session.connect(PostgresConfiguration(cluster.connectionString()))
    _ = try await admin.execute("CREATE ROLE deployer LOGIN CREATEROLE")
    for number in 1...4 { _ = try await admin.execute("CREATE DATABASE own\(number) OWNER deployer") }
    try await withThrowingTaskGroup { group in
      for number in 1...4 {
        let connection = "host=\(cluster.folder) dbname=own\(number) user=deployer"
        group.addTask { try await Migrator(PostgresConfiguration(connection), directory: Store.schema).run() }
      }
      try await group.waitForAll()
    }
    let store = try await Store(cluster)
    #expect(try await Migrator(store.owner, directory: Store.schema).plan().pending.isEmpty)
    await admin.close()
  }
}
