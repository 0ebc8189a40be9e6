import Events
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import EventStore

@Suite(.timeLimit(.minutes(5)))
struct TailTests {
  /// Collects what a subscription gives until it has a number of events.
  private func collect(
    _ log: PostgresEventLog, after position: Position = .zero, count: Int
  ) -> Task<[RecordedEvent], any Error> {
    Task {
      var seen: [RecordedEvent] = []
      for try await batch in log.tail.subscribe(after: position) {
        seen += batch
        if seen.count >= count { break }
      }
      return seen
    }
  }

  @Test func `a subscriber sees what was there and what comes, once and in order`() async throws {
    let store = try await Store()
    try await store.withLog { log in
      for number in 0..<50 { _ = try await log.append(.one(CommandID(UInt64(number)), on: StreamID(1), by: UserID(1))) }
      let early = collect(log, count: 150)
      let late = collect(log, after: Position(rawValue: 30), count: 120)
      try await withThrowingTaskGroup { group in
        for number in 50..<150 {
          group.addTask { _ = try await log.append(.one(CommandID(UInt64(number)), on: StreamID(UInt64(number % 7)))) }
        }
        try await group.waitForAll()
      }
      let all = try await log.reader.events(after: .zero, limit: 1000)
      #expect(try await early.value == all)
      #expect(try await late.value == Array(all.dropFirst(30)))
    }
  }

  @Test func `a follower in another process misses nothing while writers are held back`() async throws {
    let store = try await Store()
    // Rows are held back inside the append, so that commits come late and in bursts.
    let session = try await store.session()
    _ = try await session.execute(
      """
      CREATE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(random() * 0.01); RETURN NULL; END $$;
      CREATE TRIGGER hold AFTER INSERT ON log.events FOR EACH STATEMENT EXECUTE FUNCTION public.hold();
      """)
    await session.close()
    let (writers, each) = (8, 40)
    let other = Task {
      try await store.withLog(tail: TailLimits(page: 10, ready: 50)) { log in
        try await collect(log, count: 2 * writers * each).value
      }
    }
    try await store.withLog(append: AppendLimits(batchEvents: 5)) { one in
      try await store.withLog(append: AppendLimits(batchEvents: 3)) { two in
        try await withThrowingTaskGroup { group in
          for (index, log) in [one, two].enumerated() {
            for writer in 0..<writers {
              group.addTask {
                for number in 0..<each {
                  let command = UInt64(index * 1_000_000 + writer * 1000 + number)
                  _ = try await log.append(.one(CommandID(command), on: StreamID(UInt64(writer)), by: UserID(1)))
                }
              }
            }
          }
          try await group.waitForAll()
        }
        let all = try await one.reader.events(after: .zero, limit: 10_000)
        #expect(all.map(\.position.rawValue) == (1...Int64(2 * writers * each)).map { $0 })
        #expect(try await other.value == all)
      }
    }
  }

  @Test func `a subscriber that is too slow for its buffer loses nothing`() async throws {
    let store = try await Store()
    try await store.withLog(tail: TailLimits(page: 7, ready: 10)) { log in
      let slow = Task {
        var seen: [Int64] = []
        for try await batch in log.tail.subscribe(after: .zero) {
          seen += batch.map(\.position.rawValue)
          try await Task.sleep(for: .milliseconds(2))
          if seen.count >= 300 { break }
        }
        return seen
      }
      for number in 0..<300 { _ = try await log.append(.one(CommandID(UInt64(number)), on: StreamID(1))) }
      #expect(try await slow.value == Array(1...300))
    }
  }

  @Test func `closing the log ends a subscription after its last event`() async throws {
    let store = try await Store()
    let follower = Mutex<Task<Int, any Error>?>(nil)
    try await store.withLog { log in
      let task = Task {
        var count = 0
        for try await batch in log.tail.subscribe(after: .zero) { count += batch.count }
        return count
      }
      follower.withLock { $0 = task }
      for number in 0..<20 { _ = try await log.append(.one(CommandID(UInt64(number)), on: StreamID(1))) }
    }
    let task = follower.withLock { $0 }
    #expect(try await task?.value == 20)
  }

  @Test func `cancelling a task ends its subscription`() async throws {
    let store = try await Store()
    try await store.withLog { log in
      let task = Task { for try await _ in log.tail.subscribe(after: .zero) {} }
      try await Task.sleep(for: .milliseconds(50))
      task.cancel()
      try await task.value
    }
  }
}
