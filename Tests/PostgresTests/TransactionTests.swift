import Postgres
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ATransactionIsAllOrNothing {
  private struct Refusal: Error {}

  private func withTable(_ body: (Session) async throws -> Void) async throws {
    try await Database.withSession { session in
      _ = try await session.execute("CREATE TEMP TABLE t (a int CHECK (a >= 0))")
      try await body(session)
    }
  }

  private static let insert = Statement("insert_t", "INSERT INTO t VALUES ($1)")
  private static let count = "SELECT count(*) FROM t"

  @Test func `it commits when the closure returns`() async throws {
    try await withTable { session in
      let value = try await session.withTransaction { transaction in
        _ = try await transaction.query(Self.insert, [1 as Int32])
        _ = try await transaction.pipeline([Self.insert.with([2 as Int32]), Self.insert.with([3 as Int32])])
        return "committed"
      }
      #expect(value == "committed")
      #expect(try await session.value(Self.count, as: Int.self) == 3)
    }
  }

  @Test func `it rolls back when the closure throws`() async throws {
    try await withTable { session in
      await #expect(throws: Refusal.self) {
        try await session.withTransaction { transaction in
          _ = try await transaction.query(Self.insert, [1 as Int32])
          throw Refusal()
        }
      }
      try await expectEqual(session.value(Self.count, as: Int.self), 0)
    }
  }

  @Test func `a swallowed error is not taken for success`() async throws {
    try await withTable { session in
      let error = await postgresError {
        try await session.withTransaction { transaction in
          _ = try? await transaction.query(Self.insert, [-1 as Int32])
        }
      }
      #expect(error?.code == .transactionAborted)
      try await expectEqual(session.value(Self.count, as: Int.self), 0)
    }
  }

  @Test func `others wait, and see nothing in between`() async throws {
    try await withTable { session in
      async let counted = withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<50 { group.addTask { try await session.value(Self.count) } }
        return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
      }
      for _ in 0..<5 {
        try await session.withTransaction { transaction in
          for number in 0..<10 { _ = try await transaction.query(Self.insert, [Int32(number)]) }
        }
      }
      #expect(try await counted.allSatisfy { $0 % 10 == 0 })
    }
  }

  @Test func `cancelling rolls back and frees the session`() async throws {
    try await withTable { session in
      let task = Task {
        try await session.withTransaction { transaction in
          _ = try await transaction.query(Self.insert, [1 as Int32])
          _ = try await transaction.query(Statement(unnamed: "SELECT pg_sleep(60)"))
        }
      }
      try await Task.sleep(for: .milliseconds(200))
      task.cancel()
      #expect(await postgresError { try await task.value }?.code == .cancelled)
      #expect(try await session.value(Self.count, as: Int.self) == 0)
    }
  }

  @Test func `isolation and access mode reach the server`() async throws {
    try await withTable { session in
      let level = try await session.withTransaction(isolation: .serializable, readOnly: true) { transaction in
        try await transaction.query(
          Statement(
            unnamed: "SELECT current_setting('transaction_isolation') || current_setting('transaction_read_only')")
        )[0].decode(0, as: String.self)
      }
      #expect(level == "serializableon")
    }
  }

  @Test func `a transaction kept beyond its closure is refused`() async throws {
    try await withTable { session in
      let kept = try await session.withTransaction { $0 }
      #expect(await postgresError { _ = try await kept.query(Self.insert, [1 as Int32]) }?.code == .closed)
    }
  }

  @Test func `a transaction under way finishes when the session is closed`() async throws {
    try await Database.withSession { observer in
      _ = try await observer.execute("DROP TABLE IF EXISTS closing_test; CREATE TABLE closing_test (a int)")
      let session = try await Session.connect(try Database.configuration())
      let task = Task {
        try await session.withTransaction { transaction in
          for _ in 0..<4 {
            _ = try await transaction.query(Statement(unnamed: "INSERT INTO closing_test SELECT 1 FROM pg_sleep(0.05)"))
          }
        }
      }
      try await Task.sleep(for: .milliseconds(80))
      await session.close()
      try await task.value
      #expect(try await observer.value("SELECT count(*) FROM closing_test", as: Int.self) == 4)
      _ = try await observer.execute("DROP TABLE closing_test")
    }
  }
}
