import Events
import Postgres
import TestSupport
import Testing

@testable import EventStore

/// The integrator on a real log: what it stores, proves and refuses.
@Suite(.timeLimit(.minutes(5)))
struct TransparencyTests {
  private static let secret = (0..<32).map { UInt8($0) }

  private static func signer(_ name: String = "test.example/log", secret: [UInt8] = secret) throws -> NoteSigner {
    try NoteSigner(name: name, secret: secret)
  }

  /// Runs an integrator as long as a closure takes.
  private func integrating<Value: Sendable>(
    _ log: PostgresEventLog, _ store: Store, signer: NoteSigner? = nil, holder: String = "one",
    _ body: (Integrator, TreeStore) async throws -> Value
  ) async throws -> Value {
    let sealer = EventReader(pool: Pool(store.owner))
    let tree = TreeStore(sealer)
    let integrator = Integrator(
      log, store: tree, signer: try signer ?? Self.signer(), holder: holder, interval: .milliseconds(20), logger: .quiet
    )
    let running = Task { await integrator.run() }
    let result: Result<Value, any Error>
    do { result = .success(try await body(integrator, tree)) } catch { result = .failure(error) }
    running.cancel()
    await running.value
    return try result.get()
  }

  private func append(_ log: PostgresEventLog, _ numbers: Range<Int>) async throws {
    try await withThrowingTaskGroup { group in
      for number in numbers {
        group.addTask {
          _ = try await log.append(.one(CommandID(UInt64(number)), on: StreamID(UInt64(number % 11)), by: UserID(3)))
        }
      }
      try await group.waitForAll()
    }
  }

  private func signed(_ tree: TreeStore, upTo size: Int64) async throws -> Checkpoint {
    for _ in 0..<1000 {
      do throws(TransparencyError) {
        let checkpoint = try await tree.checkpoint().checkpoint
        if checkpoint.size >= size { return checkpoint }
      } catch { guard case .noCheckpoint = error else { throw error } }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw TransparencyError.unavailable(reason: "no checkpoint at \(size) in time")
  }

  @Test func `every event has a receipt that holds, and every checkpoint continues the last`() async throws {
    let store = try await Store()
    let key = try Self.signer().verifier
    try await store.withLog { log in
      try await append(log, 0..<700)
      try await integrating(log, store) { integrator, tree in
        let first = try await signed(tree, upTo: 700)
        try await append(log, 700..<1500)
        let second = try await signed(tree, upTo: 1500)
        let path = try await tree.consistency(from: first.size, to: second.size)
        #expect(
          TreeProof.isConsistent(from: first.size, first.root, to: second.size, second.root, path: path))
        #expect(integrator.status.isLeading)
        let events = try await log.reader.events(after: .zero, limit: 2000)
        for event in events {
          let line = EventRow(event).line
          let receipt = try await tree.receipt(of: event.position, line: line)
          #expect(try receipt.verify(trusting: TrustPolicy(log: key)) == EventRow(event))
        }
        for size in [1, 255, 256, 257, 700, 1024, 1499] as [Int64] {
          let path = try await tree.inclusion(of: Position(rawValue: 1), size: size)
          let root = TreeProof.root(leaf: EventRow(events[0]).leafHash, index: 0, size: size, path: path)
          var expected = TreeBuilder()
          for event in events.prefix(Int(size)) { expected.append(EventRow(event).leafHash) }
          #expect(root == expected.root, "size \(size)")
        }
        await #expect(throws: TransparencyError.self) {
          try await tree.inclusion(of: Position(rawValue: 3), size: 1501)
        }
        await #expect(throws: TransparencyError.self) { try await tree.inclusion(of: Position(rawValue: 0), size: 9) }
      }
    }
  }

  @Test func `the leaf that SQL computes is the leaf of the tree`() async throws {
    let store = try await Store()
    try await store.withLog { log in
      try await append(log, 0..<40)
      let session = try await store.session(as: "blame_app")
      let rows = try await session.query(Statement("leaf-hashes", "SELECT hash FROM audit.leaf ORDER BY position"))
      let hashes = try rows.map { try $0.decode(0, as: [UInt8].self) }
      let events = try await log.reader.events(after: .zero)
      #expect(hashes == events.map { EventRow($0).leafHash.bytes })
      await session.close()
    }
  }

  @Test func `another server goes on where the first one stopped, and only one leads`() async throws {
    let store = try await Store()
    try await store.withLog { log in
      try await integrating(log, store, holder: "one") { one, tree in
        try await append(log, 0..<300)
        _ = try await signed(tree, upTo: 300)
        try await integrating(log, store, holder: "two") { two, _ in
          try await append(log, 300..<400)
          _ = try await signed(tree, upTo: 400)
          #expect(one.status.isLeading)
          #expect(!two.status.isLeading)
          let session = try await store.session()
          _ = try await session.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_locks
             WHERE locktype = 'advisory' AND classid = \(4_774_451_407_296_217_166 >> 32)
               AND objid = \(4_774_451_407_296_217_166 & 0xffff_ffff) AND granted
            """)
          try await append(log, 400..<900)
          _ = try await signed(tree, upTo: 900)
          let epochs = try await session.query(Statement("epoch", "SELECT epoch FROM log.leaders")).decode(
            row: 0, column: 0, as: Int64.self)
          #expect(epochs > 1)
          await session.close()
        }
      }
      try await integrating(log, store, holder: "three") { three, tree in
        try await append(log, 900..<1000)
        _ = try await signed(tree, upTo: 1000)
        #expect(three.status.problem == nil)
      }
    }
  }

  @Test func `a leader that was replaced stores nothing`() async throws {
    let store = try await Store()
    try await store.withLog { log in try await append(log, 0..<3) }
    let session = try await store.session(as: "blame_sealer")
    let lead = Statement("lead", "SELECT log.lead('integrate', 'x')")
    #expect(try await session.query(lead).decode(row: 0, column: 0, as: Int64.self) == 1)
    #expect(try await session.query(lead).decode(row: 0, column: 0, as: Int64.self) == 2)
    let root = [UInt8](repeating: 1, count: 32)
    func integrate(epoch: Int64, from: Int64, to: Int64) async throws -> String {
      var parameters: Parameters = [epoch, from, to, root, "note", [Int32](), [Int64]()]
      parameters.append(ArrayParameter(of: .bytea))
      parameters.append(ArrayParameter(of: .bytea))
      return try await session.query(
        Statement("integrate", "SELECT log.integrate($1, $2, $3, $4, $5, $6, $7, $8, $9)"), parameters
      ).decode(row: 0, column: 0)
    }
    #expect(try await integrate(epoch: 1, from: 0, to: 2) == "fenced")
    #expect(try await integrate(epoch: 2, from: 1, to: 2) == "moved")
    #expect(try await integrate(epoch: 2, from: 0, to: 4) == "ahead")
    #expect(try await integrate(epoch: 2, from: 0, to: 2) == "stored")
    #expect(try await integrate(epoch: 2, from: 0, to: 3) == "moved")
    #expect(try await integrate(epoch: 2, from: 2, to: 2) == "moved")
    await session.close()
  }

  @Test(arguments: ["changed", "shortened"])
  func `a log that was tampered with is not signed again`(_ damage: String) async throws {
    let store = try await Store()
    try await store.withLog { log in
      try await append(log, 0..<100)
      try await integrating(log, store) { _, tree in _ = try await signed(tree, upTo: 100) }
      let session = try await store.session()
      let change =
        damage == "changed"
        ? "UPDATE log.events SET data = replace(data::text, '1234', '1233')::json WHERE position = 100"
        : "DELETE FROM log.events WHERE position = 100"
      _ = try await session.execute("ALTER TABLE log.events DISABLE TRIGGER immutable; \(change)")
      await session.close()
      try await integrating(log, store) { integrator, _ in
        for _ in 0..<500 where !integrator.status.isRefused { try await Task.sleep(for: .milliseconds(10)) }
        #expect(integrator.status.isRefused)
        #expect(integrator.status.problem?.contains("100") == true)
      }
    }
  }

  @Test func `another key is refused`() async throws {
    let store = try await Store()
    try await store.withLog { log in
      try await append(log, 0..<10)
      try await integrating(log, store) { _, tree in _ = try await signed(tree, upTo: 10) }
      let other = try Self.signer(secret: Self.secret.reversed())
      try await integrating(log, store, signer: other) { integrator, _ in
        for _ in 0..<500 where !integrator.status.isRefused { try await Task.sleep(for: .milliseconds(10)) }
        #expect(integrator.status.isRefused)
        #expect(integrator.status.problem?.contains("this server holds the key") == true)
      }
    }
  }

  @Test func `the application's role cannot write any of it`() async throws {
    let store = try await Store()
    let session = try await store.session(as: "blame_app")
    for sql in [
      "SELECT log.lead('integrate', 'me')", "SELECT log.identify('a', 'b')",
      "SELECT log.integrate(1, 0, 1, '\\x00', '', '{}', '{}', '{}', '{}')", "SELECT log.cosign(1, 'w', 'l')",
      "INSERT INTO log.checkpoints (size, epoch, root, note) VALUES (1, 1, '\\x00', '')",
      "INSERT INTO log.tiles (level, index, root, hashes) VALUES (0, 0, '\\x00', '\\x00')",
      "DELETE FROM log.checkpoints", "UPDATE log.leaders SET epoch = 9", "TRUNCATE log.tiles, log.cosignatures",
    ] {
      await #expect(throws: PostgresError.self, "\(sql)") { try await session.execute(sql) }
    }
    await session.close()
  }
}
