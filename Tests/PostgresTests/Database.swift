import Glibc
import Postgres
import TestSupport
import Testing

/// What the suites need of a database.
enum Database {
  /// A configuration for the shared cluster's own database, which the suites leave as it is.
  static func configuration(_ change: (inout PostgresConfiguration) -> Void = { _ in }) throws -> PostgresConfiguration
  {
    var configuration = PostgresConfiguration(
      try PrivateCluster.shared.connectionString(), applicationName: "postgres-tests")
    change(&configuration)
    return configuration
  }

  /// A session for the length of a closure.
  static func withSession<Value>(
    _ change: (inout PostgresConfiguration) -> Void = { _ in }, _ body: (Session) async throws -> Value
  ) async throws -> Value {
    let session = try await Session.connect(try configuration(change))
    do {
      let value = try await body(session)
      await session.close()
      return value
    } catch {
      await session.close()
      throw error
    }
  }

  /// A pool for the length of a closure.
  static func withPool<Value>(
    _ change: (inout PostgresConfiguration) -> Void = { _ in }, _ body: (Pool) async throws -> Value
  ) async throws -> Value {
    let pool = Pool(try configuration(change))
    do {
      let value = try await body(pool)
      await pool.close()
      return value
    } catch {
      await pool.close()
      throw error
    }
  }

  /// Asks again and again until the answer is yes; false after ten seconds.
  static func eventually(_ isTrue: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<1000 {
      if try await isTrue() { return true }
      try await Task.sleep(for: .milliseconds(10))
    }
    return false
  }
}

extension Session {
  /// The first cell of a statement without parameters.
  func value<Value: PostgresDecodable>(_ sql: String, as _: Value.Type = Value.self) async throws -> Value {
    try await query(Statement(unnamed: sql))[0].decode(0)
  }

  /// Fails the test when the session does not answer any more.
  func expectToAnswer() async throws {
    let answer: Int32 = try await value("SELECT 4711")
    #expect(answer == 4711)
  }

  /// How many statements other sessions run whose text contains a marker.
  func running(_ marker: String) async throws -> Int {
    let rows = try await query(
      Statement(
        "running",
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 AND pid <> pg_backend_pid()"),
      ["%\(marker)%"])
    return try rows[0].decode(0)
  }
}

/// `#expect` of equality, for closures in which nothing else throws.
func expectEqual<Value: Equatable>(
  _ found: Value, _ expected: Value, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found == expected, sourceLocation: sourceLocation)
}

/// The error a closure throws, if it is one of ours.
func postgresError(_ body: () async throws -> Void) async -> PostgresError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? PostgresError
  }
}

/// A small seeded generator, so that a failing case can be repeated.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
