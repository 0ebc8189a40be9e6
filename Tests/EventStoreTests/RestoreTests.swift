import Events
import Postgres
import TestSupport
import Testing

@testable import EventStore

/// A dump into a fresh cluster: the same log, to the byte, and every proof given out before still holds.
@Suite(.timeLimit(.minutes(5)))
struct RestoreTests {
  private static let secret = (0..<32).map { UInt8($0) }

  /// Runs an integrator until the log is signed up to its end.
  private func sign(_ store: Store, _ log: PostgresEventLog) async throws -> TreeStore {
    let tree = TreeStore(EventReader(pool: Pool(store.owner)))
    let integrator = Integrator(
      log, store: tree, signer: try NoteSigner(name: "test.example/log", secret: Self.secret), holder: "one",
      interval: .milliseconds(20), logger: .quiet)
    let running = Task { await integrator.run() }
    let end = try await log.reader.last()
    for _ in 0..<500 where integrator.status.signed < end && !integrator.status.isRefused {
      try await Task.sleep(for: .milliseconds(20))
    }
    running.cancel()
    await running.value
    #expect(integrator.status.problem == nil)
    return tree
  }

  private func append(_ log: PostgresEventLog, _ numbers: Range<Int>) async throws {
    for number in numbers {
      _ = try await log.append(.one(CommandID(UInt64(number)), on: StreamID(UInt64(number % 7)), by: UserID(3)))
    }
  }

  @Test func `a restored log has the same positions and roots, and goes on where the old one stopped`() async throws {
    let store = try await Store()
    let policy = TrustPolicy(log: try NoteSigner(name: "test.example/log", secret: Self.secret).verifier)
    let (checkpoint, receipts) = try await store.withLog { log in
      try await append(log, 0..<300)
      let tree = try await sign(store, log)
      var receipts: [Receipt] = []
      for event in try await log.reader.events(after: .zero) {
        receipts.append(try await tree.receipt(of: event.position, line: EventRow(event).line))
      }
      return (try await tree.checkpoint().checkpoint, receipts)
    }
    let fresh = try PrivateCluster()
    let restored = try await restore(store, to: fresh)
    try await restored.withLog { log in
      let tree = TreeStore(log.reader)
      #expect(try await tree.checkpoint().checkpoint == checkpoint)
      let finding = try await LogVerification(log.reader, key: policy.log).run()
      #expect(finding.events == 300)
      #expect(finding.root == checkpoint.root)
      // A command that was acknowledged before the dump gets its first answer again.
      let again = try await log.append(.one(CommandID(5), on: StreamID(5), by: UserID(3)))
      #expect(again.isRepeat)
      try await append(log, 300..<320)
      let newest = try await sign(restored, log).checkpoint()
      let path = try await tree.consistency(from: checkpoint.size, to: newest.checkpoint.size)
      #expect(
        TreeProof.isConsistent(
          from: checkpoint.size, checkpoint.root, to: newest.checkpoint.size, newest.checkpoint.root, path: path))
      for receipt in receipts {
        let event = try receipt.verify(trusting: policy)
        let now = try await tree.receipt(of: event.position, line: receipt.line)
        #expect(try now.verify(trusting: policy) == event)
      }
    }
  }

  /// Dumps the store's database and restores it into another cluster.
  private func restore(_ store: Store, to cluster: PrivateCluster) async throws -> Store {
    let file = "\(cluster.folder)/dump"
    try cluster.run("pg_dump", ["-Fc", "-f", file, "-d", store.owner.connectionString])
    // Roles belong to the cluster; a migrated database beside it makes them.
    _ = try await Store(cluster)
    let target = try await cluster.database()
    try cluster.run("pg_restore", ["--exit-on-error", "-d", target, file])
    return Store(connection: target)
  }
}
