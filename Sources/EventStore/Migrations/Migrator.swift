public import Postgres

/// Brings a database's schema up to date: forward only, one file after the other, each a transaction of its own.
///
/// What was applied stands in `blame.schema_migrations` with its checksum. Concurrent runs wait for one another.
public struct Migrator: Sendable {
  /// What is applied and what is to come.
  public struct Plan: Sendable, Hashable {
    /// Applied files, in order.
    public let applied: [Migration]
    /// Files to be run, in order.
    public let pending: [Migration]
  }

  /// What a run tells of itself.
  public enum Progress: Sendable, Hashable {
    /// A file is about to be run: its place among those of this run, from 1, and how many there are.
    case starting(Migration, number: Int, of: Int)
    /// The file was applied.
    case finished(Migration, number: Int, of: Int)
  }

  private let configuration: PostgresConfiguration
  private let directory: String
  private static let lock = Statement(unnamed: "SELECT pg_advisory_lock(7023195868421177089)")

  /// A migrator of a database.
  /// - Parameters:
  ///   - configuration: a user who may create schemas and roles; not `blame_app`.
  ///   - directory: where the SQL files are.
  public init(_ configuration: PostgresConfiguration, directory: String) {
    self.configuration = configuration
    self.directory = directory
  }

  /// What a run would do now. Changes nothing.
  /// - Throws: see ``MigrationError``.
  public func plan() async throws(MigrationError) -> Plan {
    let files = try Migration.load(from: directory)
    return try await withSession { (session) throws(MigrationError) in
      try Self.plan(files, applied: try await Self.applied(session))
    }
  }

  /// Runs what is pending.
  /// - Returns: the plan that was carried out.
  /// - Throws: see ``MigrationError``.
  @discardableResult
  public func run(
    progress: @Sendable (Progress) -> Void = { _ in }
  ) async throws(MigrationError) -> Plan {
    let files = try Migration.load(from: directory)
    return try await withSession { (session) throws(MigrationError) in
      // Until the session ends. Whoever waits here finds the work done.
      _ = try await session.asking(Self.lock)
      let plan = try Self.plan(files, applied: try await Self.applied(session))
      for (index, migration) in plan.pending.enumerated() {
        progress(.starting(migration, number: index + 1, of: plan.pending.count))
        try await Self.apply(migration, session)
        progress(.finished(migration, number: index + 1, of: plan.pending.count))
      }
      return plan
    }
  }

  private func withSession<Value: Sendable>(
    _ body: (Session) async throws(MigrationError) -> Value
  ) async throws(MigrationError) -> Value {
    let session: Session
    do throws(PostgresError) { session = try await Session.connect(configuration) } catch { throw .database(error) }
    do throws(MigrationError) {
      let value = try await body(session)
      await session.close()
      return value
    } catch {
      await session.close()
      throw error
    }
  }
}

extension Migrator {
  struct Applied: Sendable, Hashable {
    let number: Int
    let file: String
    let checksum: String
  }

  /// Compares the files with what was applied.
  static func plan(_ files: [Migration], applied: [Applied]) throws(MigrationError) -> Plan {
    let known = Dictionary(uniqueKeysWithValues: files.map { ($0.file, $0) })
    for old in applied {
      guard let file = known[old.file] else { throw .missing(file: old.file) }
      guard file.checksum == old.checksum else {
        throw .changed(file: old.file, applied: old.checksum, found: file.checksum)
      }
    }
    let done = Set(applied.map(\.file))
    let pending = files.filter { !done.contains($0.file) }
    if let last = applied.last, let late = pending.first(where: { $0.number <= last.number }) {
      throw .tooLate(file: late.file, lastApplied: last.file)
    }
    return Plan(applied: files.filter { done.contains($0.file) }, pending: pending)
  }

  private static func applied(_ session: Session) async throws(MigrationError) -> [Applied] {
    let exists = try await session.asking(
      Statement(unnamed: "SELECT to_regclass('blame.schema_migrations') IS NOT NULL"))
    do throws(PostgresError) {
      guard try exists.decode(row: 0, column: 0, as: Bool.self) else { return [] }
      var applied: [Applied] = []
      let rows = try await session.query(
        Statement(unnamed: "SELECT number, file, checksum FROM blame.schema_migrations ORDER BY number"))
      for row in rows {
        let (number, file, checksum) = try row.decode(Int32.self, String.self, String.self)
        applied.append(Applied(number: Int(number), file: file, checksum: checksum))
      }
      return applied
    } catch {
      throw .database(error)
    }
  }

  private static let table = """
    CREATE SCHEMA IF NOT EXISTS blame;
    CREATE TABLE IF NOT EXISTS blame.schema_migrations (
      number integer NOT NULL PRIMARY KEY, file text NOT NULL, checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now());
    """

  private static func apply(_ migration: Migration, _ session: Session) async throws(MigrationError) {
    // A file may act as the owner of the schema; the record is kept by whoever migrates.
    let script = """
      BEGIN;
      \(table)
      \(migration.sql)
      RESET ROLE;
      INSERT INTO blame.schema_migrations (number, file, checksum)
      VALUES (\(migration.number), '\(migration.file)', '\(migration.checksum)');
      COMMIT;
      """
    do throws(PostgresError) {
      _ = try await session.execute(script)
    } catch {
      throw .failed(file: migration.file, error)
    }
  }
}

extension Session {
  fileprivate func asking(_ statement: Statement) async throws(MigrationError) -> Rows {
    do throws(PostgresError) { return try await query(statement) } catch { throw .database(error) }
  }
}
