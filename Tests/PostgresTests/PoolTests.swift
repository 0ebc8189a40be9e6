import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct APoolServesManyCallers {
  private static let echo = Statement("echo", "SELECT $1::int8")

  @Test func `a thousand callers on four connections`() async throws {
    try await Database.withPool({ $0.poolSize = 4 }) { pool in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for caller in 0..<1000 {
          group.addTask {
            for turn in 0..<5 {
              let number = Int64(caller * 10 + turn)
              try await expectEqual(pool.query(Self.echo, [number])[0].decode(0, as: Int64.self), number)
            }
          }
        }
        try await group.waitForAll()
      }
      let statistics = pool.statistics
      #expect(statistics.inUse == 0 && statistics.waiting == 0 && statistics.statements == 0)
      #expect(statistics.idle >= 1 && statistics.idle <= 4)
    }
  }

  @Test func `a thousand callers take turns with sessions of their own`() async throws {
    try await Database.withPool({
      $0.poolSize = 4
      $0.poolWaitTimeout = .seconds(60)
    }) { pool in
      let pids = try await withThrowingTaskGroup(of: Int32.self) { group in
        for caller in 0..<1000 {
          group.addTask {
            try await pool.withSession { session in
              try await expectEqual(
                session.query(Self.echo, [Int64(caller)])[0].decode(0, as: Int64.self), Int64(caller))
              return session.info.backendPID
            }
          }
        }
        return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
      }
      #expect((1...4).contains(pids.count))
    }
  }

  @Test func `nobody shares a session that was taken`() async throws {
    try await Database.withPool({ $0.poolSize = 2 }) { pool in
      try await pool.withSession { session in
        for _ in 0..<50 {
          let pid = try await pool.query(Statement("pid", "SELECT pg_backend_pid()"))[0].decode(0, as: Int32.self)
          #expect(pid != session.info.backendPID)
        }
      }
    }
  }

  @Test func `waiting ends with a typed error`() async throws {
    try await Database.withPool({
      $0.poolSize = 1
      $0.poolWaitTimeout = .milliseconds(100)
    }) { pool in
      try await pool.withSession { _ in
        let error = await postgresError { _ = try await pool.query(Self.echo, [1 as Int64]) }
        #expect(error?.code == .poolExhausted)
        #expect(pool.statistics.waiting == 0)
      }
      #expect(try await pool.query(Self.echo, [1 as Int64]).count == 1)
    }
  }

  @Test func `more than may wait are refused at once`() async throws {
    try await Database.withPool({
      $0.poolSize = 1
      $0.poolWaiterBound = 3
    }) { pool in
      try await pool.withSession { _ in
        let waiting = (0..<3).map { _ in Task { try await pool.query(Self.echo, [1 as Int64]) } }
        try await expectEqual(Database.eventually { pool.statistics.waiting == 3 }, true)
        let error = await postgresError { _ = try await pool.query(Self.echo, [1 as Int64]) }
        #expect(error?.code == .poolExhausted)
        for task in waiting { task.cancel() }
        for task in waiting { #expect(await postgresError { _ = try await task.value }?.code == .cancelled) }
      }
    }
  }

  @Test func `broken sessions are replaced`() async throws {
    try await Database.withPool({ $0.poolSize = 3 }) { pool in
      try await Database.withSession { killer in
        for _ in 0..<5 {
          let pid = try await pool.query(Statement("pid", "SELECT pg_backend_pid()"))[0].decode(0, as: Int32.self)
          _ = try await killer.query(Statement("kill", "SELECT pg_terminate_backend($1, 5000)"), [pid])
          let recovered = try await Database.eventually {
            (try? await pool.query(Self.echo, [1 as Int64])) != nil
          }
          #expect(recovered)
        }
      }
    }
  }

  @Test func `a session idle for long is checked before it is used`() async throws {
    try await Database.withPool({
      $0.poolSize = 1
      $0.idleCheckAfter = .milliseconds(50)
    }) { pool in
      for _ in 0..<3 {
        #expect(try await pool.query(Self.echo, [1 as Int64]).count == 1)
        try await Task.sleep(for: .milliseconds(120))
      }
    }
  }

  @Test func `transactions of the pool`() async throws {
    try await Database.withPool { pool in
      _ = try await pool.execute("DROP TABLE IF EXISTS pool_test; CREATE TABLE pool_test (a int)")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<40 {
          group.addTask {
            try await pool.withTransaction { transaction in
              _ = try await transaction.query(
                Statement("pool_insert", "INSERT INTO pool_test VALUES ($1)"), [Int32(number)])
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(
        try await pool.query(Statement(unnamed: "SELECT count(*) FROM pool_test"))[0].decode(0, as: Int.self) == 40)
      _ = try await pool.execute("DROP TABLE pool_test")
    }
  }

  @Test func `a closed pool refuses, also those who wait`() async throws {
    let pool = Pool(try Database.configuration { $0.poolSize = 1 })
    let holder = Task {
      try await pool.withSession { session in _ = try await session.query(Statement(unnamed: "SELECT pg_sleep(0.3)")) }
    }
    #expect(try await Database.eventually { pool.statistics.inUse == 1 })
    let waiter = Task { try await pool.query(Self.echo, [1 as Int64]) }
    #expect(try await Database.eventually { pool.statistics.waiting == 1 })
    await pool.close()
    #expect(await postgresError { _ = try await waiter.value }?.code == .closed)
    #expect(await postgresError { _ = try await pool.query(Self.echo, [1 as Int64]) }?.code == .closed)
    try await holder.value
  }
}
