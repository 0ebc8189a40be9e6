import Postgres
import Testing

@Suite(.timeLimit(.minutes(3)))
struct CancellationReachesTheServer {
  @Test func `a cancelled task's statement stops on the server`() async throws {
    try await Database.withSession { session in
      try await Database.withSession { observer in
        let task = Task { try await session.query(Statement(unnamed: "SELECT pg_sleep(60) /* stop me */")) }
        #expect(try await Database.eventually { try await observer.running("stop me") == 1 })
        task.cancel()
        let error = await postgresError { _ = try await task.value }
        #expect(error?.code == .cancelled)
        #expect(try await observer.running("stop me") == 0)
        try await session.expectToAnswer()
      }
    }
  }

  @Test func `a cancelled statement among others takes none of them with it`() async throws {
    try await Database.withSession { session in
      for _ in 0..<30 {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 0..<40 {
            group.addTask {
              let rows = try await session.query(Statement("echo", "SELECT $1::int8"), [Int64(number)])
              #expect(try rows[0].decode(0, as: Int64.self) == Int64(number))
            }
          }
          for _ in 0..<5 {
            group.addTask {
              let task = Task { try await session.query(Statement("nap", "SELECT pg_sleep(0.003)")) }
              try await Task.sleep(for: .milliseconds(Int.random(in: 0...6)))
              task.cancel()
              let error = await postgresError { _ = try await task.value }
              #expect(error == nil || error?.code == .cancelled)
            }
          }
          try await group.waitForAll()
        }
      }
    }
  }

  @Test func `a cancel that comes too late does not hit the transaction after it`() async throws {
    try await Database.withSession { session in
      _ = try await session.execute("CREATE TEMP TABLE t (a int)")
      for _ in 0..<100 {
        let task = Task { try await session.query(Statement("blink", "SELECT pg_sleep(0.0005)")) }
        try await Task.sleep(for: .microseconds(Int.random(in: 0...1500)))
        task.cancel()
        try await session.withTransaction { transaction in
          for _ in 0..<3 {
            _ = try await transaction.query(Statement("add", "INSERT INTO t SELECT 1 FROM pg_sleep(0.0002)"))
          }
        }
        _ = await task.result
      }
      #expect(try await session.value("SELECT count(*) FROM t", as: Int.self) == 300)
    }
  }

  @Test func `work that was not sent yet is dropped at once`() async throws {
    try await Database.withSession { session in
      let blocker = Task {
        try await session.withTransaction { _ = try await $0.query(Statement(unnamed: "SELECT pg_sleep(1)")) }
      }
      try await Task.sleep(for: .milliseconds(100))
      let clock = ContinuousClock()
      let start = clock.now
      let waiting = Task { try await session.query(Statement(unnamed: "SELECT 1")) }
      try await Task.sleep(for: .milliseconds(20))
      waiting.cancel()
      let error = await postgresError { _ = try await waiting.value }
      #expect(error?.code == .cancelled)
      #expect(error?.isSafeToRetry == true)
      #expect(clock.now - start < .milliseconds(700))
      try await blocker.value
    }
  }

  @Test func `a task cancelled before it asks is told so`() async throws {
    try await Database.withSession { session in
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await session.query(Statement(unnamed: "SELECT 1"))
      }
      #expect(await postgresError { _ = try await task.value }?.code == .cancelled)
    }
  }

  @Test func `time running out stops the statement on the server`() async throws {
    try await Database.withSession { session in
      try await Database.withSession { observer in
        let error = await postgresError {
          _ = try await session.query(
            Statement("slow", "SELECT pg_sleep(60) /* too slow */"), timeout: .milliseconds(100))
        }
        #expect(error?.code == .timeout)
        #expect(error?.statement == "slow")
        #expect(try await observer.running("too slow") == 0)
        try await session.expectToAnswer()
      }
    }
  }

  @Test func `the configuration's time-out holds for every statement, a call's own goes before`() async throws {
    try await Database.withSession({ $0.statementTimeout = .milliseconds(100) }) { session in
      #expect(
        await postgresError { _ = try await session.query(Statement(unnamed: "SELECT pg_sleep(60)")) }?.code == .timeout
      )
      #expect(await postgresError { _ = try await session.execute("SELECT pg_sleep(60)") }?.code == .timeout)
      _ = try await session.query(Statement(unnamed: "SELECT pg_sleep(0.3)"), timeout: .seconds(30))
    }
  }

  @Test func `two slow statements cancelled together both stop`() async throws {
    try await Database.withSession { session in
      let tasks = (0..<3).map { _ in Task { try await session.query(Statement("nap", "SELECT pg_sleep(30)")) } }
      try await Task.sleep(for: .milliseconds(100))
      for task in tasks { task.cancel() }
      for task in tasks { #expect(await postgresError { _ = try await task.value }?.code == .cancelled) }
      try await session.expectToAnswer()
    }
  }
}
