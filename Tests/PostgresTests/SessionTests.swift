import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ASessionRunsStatements {
  private static let byKey = Statement("by_key", "SELECT $1::int8 * 2, $2::text")

  @Test func `many callers at once each get their own answer`() async throws {
    try await Database.withSession { session in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for caller in 0..<64 {
          group.addTask {
            for turn in 0..<50 {
              let rows = try await session.query(Self.byKey, [Int64(caller * 1000 + turn), "\(caller)/\(turn)"])
              #expect(
                try rows[0].decode(Int64.self, String.self) == (Int64(2 * (caller * 1000 + turn)), "\(caller)/\(turn)"))
            }
          }
        }
        try await group.waitForAll()
      }
      let prepared = try await session.value("SELECT count(*) FROM pg_prepared_statements", as: Int.self)
      #expect(prepared == 1)
    }
  }

  @Test func `behind a pooler statements leave no names with the server`() async throws {
    try await Database.withSession({ $0.isPooled = true }) { session in
      for number in 0..<3 {
        let rows = try await session.query(Self.byKey, [Int64(number), "x"])
        #expect(try rows[0].decode(Int64.self, String.self) == (Int64(2 * number), "x"))
      }
      let prepared = try await session.value("SELECT count(*) FROM pg_prepared_statements", as: Int.self)
      #expect(prepared == 0)
    }
  }

  @Test func `an error says SQLSTATE, constraint, table and statement, and nothing of the parameters`() async throws {
    try await Database.withSession { session in
      _ = try await session.execute(
        "CREATE TEMP TABLE plan (id int CONSTRAINT plan_pk PRIMARY KEY,"
          + " laps int CONSTRAINT laps_positive CHECK (laps > 0))"
      )
      let insert = Statement("insert_plan", "INSERT INTO plan VALUES ($1, $2)")
      #expect(try await session.query(insert, [1 as Int32, 50 as Int32]).affectedRows == 1)
      let twice = await postgresError { _ = try await session.query(insert, [1 as Int32, 4711 as Int32]) }
      #expect(twice?.code == .server)
      #expect(twice?.sqlState == "23505")
      #expect(twice?.constraint == "plan_pk")
      #expect(twice?.table == "plan")
      #expect(twice?.statement == "insert_plan")
      let broken = await postgresError { _ = try await session.query(insert, [2 as Int32, -4711 as Int32]) }
      #expect(broken?.constraint == "laps_positive")
      #expect(broken.map { !"\($0)".contains("4711") } == true)
      #expect(try await session.query(insert, [2 as Int32, 1 as Int32]).commandTag == "INSERT 0 1")
    }
  }

  @Test func `the server's hint is handed on`() async throws {
    try await Database.withSession { session in
      let error = await postgresError { _ = try await session.query(Statement(unnamed: "SELECT lenght('x')")) }
      #expect(error?.sqlState == "42883")
      #expect(error?.hint?.isEmpty == false)
    }
  }

  @Test func `a failing statement leaves the ones around it alone`() async throws {
    try await Database.withSession { session in
      let divide = Statement("divide", "SELECT 100 / $1::int4")
      await withTaskGroup(of: Bool.self) { group in
        for number in 0..<200 {
          group.addTask {
            let divisor = Int32(number % 4)
            let error = await postgresError {
              try await expectEqual(session.query(divide, [divisor])[0].decode(0, as: Int32.self), 100 / divisor)
            }
            #expect(error?.sqlState == (divisor == 0 ? "22012" : nil))
            return error == nil
          }
        }
        let succeeded = await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        #expect(succeeded == 150)
      }
    }
  }

  @Test func `a pipeline takes effect as a whole or not at all, in order`() async throws {
    try await Database.withSession { session in
      _ = try await session.execute("CREATE TEMP TABLE log (position serial, word text CHECK (word <> 'bad'))")
      let insert = Statement("insert_word", "INSERT INTO log (word) VALUES ($1) RETURNING position")
      let rows = try await session.pipeline(["a", "b", "c"].map { insert.with([$0]) })
      #expect(try rows.map { try $0[0].decode(0, as: Int32.self) } == [1, 2, 3])
      let error = await postgresError { _ = try await session.pipeline(["d", "bad", "e"].map { insert.with([$0]) }) }
      #expect(error?.sqlState == "23514")
      #expect(error?.statement == "insert_word")
      #expect(
        try await session.value("SELECT string_agg(word, '' ORDER BY position) FROM log", as: String.self) == "abc")
      #expect(try await session.pipeline([]).isEmpty)
    }
  }

  @Test func `a pipeline of separate transactions keeps what succeeded`() async throws {
    try await Database.withSession { session in
      _ = try await session.execute("CREATE TEMP TABLE log (position serial, word text CHECK (word <> 'bad'))")
      let insert = Statement("insert_word", "INSERT INTO log (word) VALUES ($1)")
      let results = try await session.pipelineEach(["a", "bad", "c"].map { insert.with([$0]) })
      let states = results.map { result -> String? in
        if case .failure(let error) = result { error.sqlState } else { nil }
      }
      #expect(states == [nil, "23514", nil])
      #expect(
        try await session.value("SELECT string_agg(word, '' ORDER BY position) FROM log", as: String.self) == "ac")
    }
  }

  @Test func `a script runs many commands, and as one transaction`() async throws {
    try await Database.withSession { session in
      let results = try await session.execute(
        "CREATE TEMP TABLE t (a int); INSERT INTO t VALUES (1), (2); SELECT count(*) FROM t;")
      #expect(results.map(\.commandTag) == ["CREATE TABLE", "INSERT 0 2", "SELECT 1"])
      let error = await postgresError {
        _ = try await session.execute("INSERT INTO t VALUES (3); SELECT 1 / 0; SELECT 2")
      }
      #expect(error?.sqlState == "22012")
      #expect(try await session.value("SELECT count(*) FROM t", as: Int.self) == 2)
    }
  }

  @Test func `one name serves parameters of different types and changed SQL`() async throws {
    try await Database.withSession { session in
      let one = Statement("same", "SELECT pg_typeof($1)::text")
      for _ in 0..<3 {
        #expect(try await session.query(one, [1 as Int32])[0].decode(0, as: String.self) == "integer")
        #expect(try await session.query(one, [1 as Int64])[0].decode(0, as: String.self) == "bigint")
        #expect(try await session.query(Statement("same", "SELECT 7"))[0].decode(0, as: Int32.self) == 7)
      }
      let prepared = try await session.value("SELECT count(*) FROM pg_prepared_statements", as: Int.self)
      #expect(prepared == 3)
    }
  }

  @Test func `a prepared statement survives DDL and DEALLOCATE`() async throws {
    try await Database.withSession { session in
      _ = try await session.execute("CREATE TEMP TABLE t (a int); INSERT INTO t VALUES (5)")
      let all = Statement("all_of_t", "SELECT * FROM t")
      #expect(try await session.query(all).columnCount == 1)
      _ = try await session.execute("ALTER TABLE t ADD COLUMN b text DEFAULT 'new'")
      let (a, b) = try await session.query(all)[0].decode(Int32.self, String.self)
      #expect(a == 5 && b == "new")
      _ = try await session.execute("DEALLOCATE ALL")
      #expect(try await session.query(all)[0].decode("b", as: String.self) == "new")
    }
  }

  @Test func `a statement that cannot be prepared fails for every caller, and works once it can`() async throws {
    try await Database.withSession { session in
      let missing = Statement("from_missing", "SELECT count(*) FROM missing_table")
      await withTaskGroup(of: String?.self) { group in
        for _ in 0..<20 {
          group.addTask { await postgresError { _ = try await session.query(missing) }?.sqlState }
        }
        for await state in group { #expect(state == "42P01") }
      }
      _ = try await session.execute("CREATE TEMP TABLE missing_table (a int)")
      #expect(try await session.query(missing)[0].decode(0, as: Int.self) == 0)
    }
  }

  @Test func `a full inbox refuses and says so; what was accepted is done`() async throws {
    try await Database.withSession({
      $0.inboxBound = 10
      $0.pipelineDepth = 2
    }) { session in
      let blocker = Task { try await session.value("SELECT pg_sleep(0.5)::text", as: String.self) }
      try await Task.sleep(for: .milliseconds(100))
      let outcomes = await withTaskGroup(of: PostgresError.Code?.self) { group in
        for _ in 0..<100 {
          group.addTask { await postgresError { _ = try await session.query(Statement("one", "SELECT 1")) }?.code }
        }
        return await group.reduce(into: [PostgresError.Code?]()) { $0.append($1) }
      }
      _ = try await blocker.value
      let refused = outcomes.filter { $0 == .inboxFull }.count
      let done = outcomes.filter { $0 == nil }.count
      #expect(refused + done == 100)
      // Two are in the pipeline, or will be behind the sleeping one, and ten wait; the order of tasks decides the rest.
      #expect(refused >= 80 && done > 0)
      try await session.expectToAnswer()
    }
  }

  @Test func `more parameters than the protocol allows are refused before sending`() async throws {
    try await Database.withSession { session in
      var parameters: Parameters = []
      for _ in 0..<70_000 { parameters.append(true) }
      let error = await postgresError { _ = try await session.query(Statement(unnamed: "SELECT 1"), parameters) }
      #expect(error?.code == .misuse)
    }
  }

  @Test func `a large array and a large result go through`() async throws {
    try await Database.withSession { session in
      let ids = (0..<200_000).map { PostgresUUID(high: UInt64($0), low: .max) }
      let rows = try await session.query(Statement(unnamed: "SELECT unnest($1::uuid[])"), [ids])
      #expect(rows.count == ids.count)
      #expect(try rows[199_999].decode(0, as: PostgresUUID.self) == ids[199_999])
    }
  }

  @Test func `closing finishes what was handed in and refuses the rest`() async throws {
    let session = try await Session.connect(try Database.configuration())
    let slow = Task { try await session.value("SELECT 'done' FROM pg_sleep(0.2)", as: String.self) }
    try await Task.sleep(for: .milliseconds(50))
    await session.close()
    #expect(try await slow.value == "done")
    #expect(await postgresError { _ = try await session.query(Statement(unnamed: "SELECT 1")) }?.code == .closed)
    #expect(!session.isOpen)
  }
}
