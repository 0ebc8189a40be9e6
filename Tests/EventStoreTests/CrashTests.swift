import Events
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import EventStore

/// Stops PostgreSQL as a crash would, in the middle of everything, and compares the log with what clients were told.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct CrashTests {
  /// The server writes its log to disk only when it is told to, so that what was not flushed is lost for certain.
  private static let lazy = [
    "wal_writer_delay": "10000", "wal_writer_flush_after": "1000000", "shared_buffers": "'64MB'",
  ]

  /// What clients sent and what they were told.
  private final class Ledger: Sendable {
    let acknowledged = Mutex<[CommandID: Appended]>([:])
    let isOver = Mutex(false)
    let next = Mutex<UInt64>(0)

    /// Returns once that many more commands are acknowledged.
    func grows(by count: Int) async throws {
      let goal = acknowledged.withLock { $0.count } + count
      while acknowledged.withLock({ $0.count }) < goal { try await Task.sleep(for: .milliseconds(3)) }
    }

    func command() -> CommandID {
      next.withLock { number in
        number += 1
        return CommandID(number)
      }
    }
  }

  private final class Seen: Sendable {
    let positions = Mutex<[Int64]>([])
  }

  /// A client that sends a command again until it is answered.
  private func play(_ log: PostgresEventLog, _ ledger: Ledger, _ player: UInt64) async {
    var version: Int32 = 0
    let stream = StreamID(1000 + player)
    while !ledger.isOver.withLock({ $0 }) {
      let command = ledger.command()
      let append = Append.one(
        command, on: stream, by: UserID(player), expecting: .exactly(Version(rawValue: version)), lap: version + 1)
      while true {
        do throws(AppendError) {
          let appended = try await log.append(append)
          ledger.acknowledged.withLock { $0[command] = appended }
          version += 1
          break
        } catch {
          guard case .unavailable = error else {
            Issue.record("player \(player), version \(version): \(error)")
            return
          }
          try? await Task.sleep(for: .milliseconds(20))
        }
      }
    }
  }

  private func verify(_ store: Store, _ ledger: Ledger) async throws {
    var events: [RecordedEvent] = []
    for try await batch in EventReader(pool: Pool(store.app)).copy() { events += batch }
    #expect(events.map(\.position.rawValue) == Array(1...Int64(max(1, events.count))))
    let byCommand = Dictionary(grouping: events, by: \.command)
    #expect(byCommand.values.allSatisfy { $0.count == 1 }, "a command happened twice")
    let acknowledged = ledger.acknowledged.withLock { $0 }
    let lost = acknowledged.filter { byCommand[$0.key]?.first?.position != $0.value.first }
    #expect(lost.isEmpty, "\(lost.count) of \(acknowledged.count) acknowledged commands are lost or moved")
    #expect(acknowledged.count > 200)
    for stream in Dictionary(grouping: events, by: \.stream).values {
      #expect(stream.map(\.version.rawValue) == Array(1...Int32(stream.count)))
    }
    for actor in Dictionary(grouping: events, by: \.actor).values {
      #expect(actor.map(\.actorVersion?.rawValue) == (1...Int32(actor.count)).map { $0 })
    }
  }

  @Test func `nothing acknowledged is lost, nothing happens twice, and followers see it all`() async throws {
    let cluster = try PrivateCluster(settings: Self.lazy)
    let store = try await Store(cluster)
    let ledger = Ledger()
    let seen = Seen()
    try await store.withLog(append: AppendLimits(patience: .milliseconds(300))) { log in
      let follower = Task {
        for try await batch in log.tail.subscribe(after: .zero) {
          seen.positions.withLock { $0 += batch.map(\.position.rawValue) }
        }
      }
      try await withThrowingTaskGroup { group in
        for player in 0..<12 { group.addTask { await play(log, ledger, UInt64(player)) } }
        for round in 0..<4 {
          try await ledger.grows(by: 60)
          try cluster.restart(round == 2 ? .fast : .immediate)
        }
        try await ledger.grows(by: 60)
        ledger.isOver.withLock { $0 = true }
        try await group.waitForAll()
      }
      let head = try await log.reader.last().rawValue
      for _ in 0..<200 where seen.positions.withLock({ $0.count }) < Int(head) {
        try await Task.sleep(for: .milliseconds(20))
      }
      follower.cancel()
      #expect(seen.positions.withLock { $0 } == Array(1...head))
    }
    try await verify(store, ledger)
  }

  @Test func `without the flush acknowledged commands are lost, so the test above has teeth`() async throws {
    let cluster = try PrivateCluster(settings: Self.lazy)
    let store = try await Store(cluster)
    var sent = 0
    // The server may just have written its log of its own accord, but not time after time.
    for _ in 0..<5 {
      let session = try await store.session(as: "blame_app")
      for _ in 0..<5 {
        sent += 1
        let append = EncodedAppend(.one(CommandID(UInt64(sent)), on: StreamID(1)))
        _ = try await session.query(
          AppendStatement.statement, AppendStatement.parameters(of: [append], isFlushedLater: true))
      }
      try cluster.restart(.immediate)
      await session.close()
    }
    #expect(try await EventReader(pool: Pool(store.app)).last() < Position(rawValue: Int64(sent)))
  }

  @Test func `behind a pooler the append waits for the disk itself`() async throws {
    let cluster = try PrivateCluster(settings: Self.lazy)
    let store = try await Store(cluster)
    var pooled = store.app
    pooled.isPooled = true
    for number in 1...5 {
      let lane = try await AppendLane.open(pooled)
      let command = EncodedAppend(.one(CommandID(UInt64(number)), on: StreamID(1)))
      guard case .durable = await lane.append([command], timeout: .seconds(10)) else {
        Issue.record("command \(number) was not appended")
        return
      }
      try cluster.restart(.immediate)
      await lane.close()
      #expect(try await EventReader(pool: Pool(store.app)).last() == Position(rawValue: Int64(number)))
    }
  }

  @Test func `a killed connection is replaced, and what it was doing happens once`() async throws {
    let store = try await Store()
    let ledger = Ledger()
    try await store.withLog { log in
      try await withThrowingTaskGroup { group in
        for player in 0..<8 { group.addTask { await play(log, ledger, UInt64(player)) } }
        let session = try await store.session()
        for _ in 0..<12 {
          try await ledger.grows(by: 20)
          _ = try await session.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.6
            """)
        }
        await session.close()
        ledger.isOver.withLock { $0 = true }
        try await group.waitForAll()
      }
    }
    try await verify(store, ledger)
  }

  @Test func `while the database is away commands are refused, and it recovers by itself`() async throws {
    let cluster = try PrivateCluster()
    let store = try await Store(cluster)
    try await store.withLog(append: AppendLimits(patience: .milliseconds(200))) { log in
      _ = try await log.append(.one(CommandID(1), on: StreamID(1)))
      try cluster.stop(.fast)
      let error = await #expect(throws: AppendError.self) {
        _ = try await log.append(.one(CommandID(2), on: StreamID(1)))
      }
      guard case .unavailable = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      try cluster.start()
      var appended: Appended?
      for _ in 0..<200 where appended == nil {
        appended = try? await log.append(.one(CommandID(2), on: StreamID(1)))
        if appended == nil { try await Task.sleep(for: .milliseconds(20)) }
      }
      #expect(appended?.first == Position(rawValue: 2))
    }
  }

  @Test func `a command whose content the database refuses does not harm its neighbours`() async throws {
    let store = try await Store()
    let session = try await store.session()
    _ = try await session.execute(
      "ALTER TABLE log.events ADD CONSTRAINT no_thirteen CHECK (data ->> 'lap' IS DISTINCT FROM '13')")
    await session.close()
    let outcomes = try await store.withLog { log in
      await withTaskGroup { group in
        for lap in 1...40 {
          group.addTask {
            (lap, try? await log.append(.one(CommandID(UInt64(lap)), on: StreamID(1), lap: Int32(lap))))
          }
        }
        return await group.reduce(into: [Int: Appended?]()) { $0[$1.0] = $1.1 }
      }
    }
    #expect(outcomes.filter { $0.value == nil }.map(\.key) == [13])
    #expect(Set(outcomes.values.compactMap { $0?.first.rawValue }) == Set(1...39))
  }

  @Test func `a database that does not write refuses with its reason`() async throws {
    let store = try await Store()
    let session = try await store.session()
    _ = try await session.execute(
      """
      CREATE FUNCTION public.full() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON log.events FOR EACH STATEMENT EXECUTE FUNCTION public.full();
      """)
    try await store.withLog { log in
      let error = await #expect(throws: AppendError.self) {
        _ = try await log.append(.one(CommandID(1), on: StreamID(1)))
      }
      guard case .unavailable(let reason) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason.contains("53100") && reason.contains("No space left"))
      _ = try await session.execute("DROP TRIGGER full_disk ON log.events")
      #expect(try await log.append(.one(CommandID(1), on: StreamID(1))).isRepeat == false)
    }
    await session.close()
  }

  @Test func `more commands than the queue holds are refused, and none of those is written`() async throws {
    let store = try await Store()
    let outcomes = try await store.withLog(append: AppendLimits(batchEvents: 5, queuedEvents: 20)) { log in
      await withTaskGroup { group in
        for number in 0..<400 {
          group.addTask { () -> (UInt64, Result<Appended, AppendError>) in
            do throws(AppendError) {
              return (UInt64(number), .success(try await log.append(.one(CommandID(UInt64(number)), on: StreamID(1)))))
            } catch {
              return (UInt64(number), .failure(error))
            }
          }
        }
        return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
    }
    let refused = outcomes.values.filter { (try? $0.get()) == nil }
    #expect(refused.allSatisfy { $0 == .failure(.overloaded(retryAfter: .seconds(1))) })
    #expect(!refused.isEmpty)
    #expect(try await EventReader(pool: Pool(store.app)).last().rawValue == Int64(400 - refused.count))
  }
}
