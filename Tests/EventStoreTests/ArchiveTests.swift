import Events
import Foundation
import Postgres
import TestSupport
import Testing

@testable import EventStore

/// Sealing in the database, and the archive in files.
@Suite(.timeLimit(.minutes(8)))
struct ArchiveTests {
  private static let secret = (0..<32).map { UInt8($0) }

  private func withFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "archive-\(UUID().uuidString)").path()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
  }

  /// Fills a log by COPY, faster than commands would.
  private func fill(_ store: Store, _ events: [RecordedEvent]) async throws {
    let session = try await store.session()
    let sql = """
      COPY log.events (position, recorded_at, version, actor_version, stream, command, actor, type, data)
      FROM STDIN (FORMAT binary)
      """
    _ = try await session.copyIn(sql) { copy in
      var writer = BinaryCopyWriter()
      for event in events {
        writer.row(9)
        writer.append(event.position.rawValue)
        writer.append(PostgresTimestamp(microseconds: event.recordedAt.microseconds))
        writer.append(event.version.rawValue)
        if let version = event.actorVersion { writer.append(version.rawValue) } else { writer.appendNull() }
        writer.append(PostgresUUID(event.stream))
        writer.append(PostgresUUID(event.command))
        if let actor = event.actor { writer.append(PostgresUUID(actor)) } else { writer.appendNull() }
        writer.append(event.event.type.name)
        writer.append(PostgresJSON(bytes: event.event.data))
      }
      writer.finish()
      try await copy.write(writer.take())
    }
    await session.close()
  }

  private func sealed(_ store: Store, _ log: PostgresEventLog, segments: Int) async throws -> NoteKey {
    let signer = try NoteSigner(name: "test.example/log", secret: Self.secret)
    let tree = TreeStore(EventReader(pool: Pool(store.owner)))
    let integrator = Integrator(
      log, store: tree, signer: signer, holder: "one", interval: .milliseconds(50), logger: .quiet)
    let running = Task { await integrator.run() }
    for _ in 0..<3000 where integrator.status.sealed.rawValue < Int64(segments * Segment.fullCount) {
      try await Task.sleep(for: .milliseconds(20))
      if let problem = integrator.status.problem { Issue.record("\(problem)") }
    }
    running.cancel()
    await running.value
    #expect(integrator.status.sealed.rawValue == Int64(segments * Segment.fullCount))
    return signer.verifier
  }

  @Test func `a log is sealed, exported, verified, and every damage to the files is found`() async throws {
    let store = try await Store()
    var options = RandomHistory.Options()
    options.events = 2 * Segment.fullCount + 1234
    options.users = 600
    let events = RandomHistory.events(seed: 3, options)
    try await fill(store, events)
    try await store.withLog { log in
      let key = try await sealed(store, log, segments: 2)
      let segments = SegmentStore(log.reader)
      #expect(try await segments.count() == 2)
      let second = try #require(try await segments.segment(1))
      #expect(second.first.rawValue == Int64(Segment.fullCount) + 1)
      try second.verify()
      try await withFolder { folder in
        let archive = Archive(path: folder)
        let outcome = try await ArchiveExport(log.reader).run(to: archive)
        #expect(outcome.written == 2)
        #expect(outcome.last.rawValue == Int64(events.count))
        let again = try await ArchiveExport(log.reader).run(to: archive)
        #expect(again.written == 0)
        let policy = TrustPolicy(log: key)
        let finding = try archive.verify(trusting: policy)
        #expect(finding.events == Int64(events.count))
        #expect(finding.segments == 3)
        #expect(finding.checkpoint?.size == Int64(events.count))
        var position = 0
        try archive.forEachSegment { segment throws(Archive.Failure) in
          do {
            try segment.columns().forEachEvent { event in
              if event != events[position] { Issue.record("event \(position + 1) is another") }
              position += 1
            }
          } catch { throw .wrong("\(error)") }
        }
        #expect(position == events.count)
        try damage(archive, policy)
      }
    }
  }

  private func damage(_ archive: Archive, _ policy: TrustPolicy) throws {
    let first = archive.path + "/segment-000000.blame"
    let sound = try Data(contentsOf: URL(filePath: first))
    var flipped = sound
    flipped[sound.count / 2] ^= 4
    try flipped.write(to: URL(filePath: first))
    #expect(throws: Archive.Failure.self) { try archive.verify(trusting: policy) }
    try sound.prefix(sound.count / 3).write(to: URL(filePath: first))
    #expect(throws: Archive.Failure.self) { try archive.verify(trusting: nil) }
    // A segment that is sound in itself, and not the one that was signed.
    let segment = try Segment(bytes: Array(sound))
    var rows: [EventRow] = []
    try segment.columns().forEachRow { rows.append($0) }
    rows[99].recordedAt = Timestamp(microseconds: rows[99].recordedAt.microseconds + 1)
    try Data(try Segment(sealing: rows).bytes).write(to: URL(filePath: first))
    #expect(throws: Archive.Failure.self) { try archive.verify(trusting: policy) }
    #expect(throws: Archive.Failure.self) { try archive.verify(trusting: nil) }
    try sound.write(to: URL(filePath: first))
    _ = try archive.verify(trusting: policy)
    try FileManager.default.moveItem(atPath: first, toPath: first + ".away")
    #expect(throws: Archive.Failure.self) { try archive.verify(trusting: policy) }
    try FileManager.default.moveItem(atPath: first + ".away", toPath: first)
    try FileManager.default.removeItem(atPath: archive.path + "/end.blame")
    #expect(throws: Archive.Failure.self) { try archive.verify(trusting: policy) }
  }

  @Test func `the whole log is verified, and one changed event is named`() async throws {
    let store = try await Store()
    let events = RandomHistory.events(seed: 4)
    try await fill(store, events)
    try await store.withLog { log in
      let signer = try NoteSigner(name: "test.example/log", secret: Self.secret)
      let tree = TreeStore(EventReader(pool: Pool(store.owner)))
      let integrator = Integrator(
        log, store: tree, signer: signer, holder: "one", interval: .milliseconds(20), logger: .quiet)
      let running = Task { await integrator.run() }
      for _ in 0..<500 where integrator.status.signed.rawValue < Int64(events.count) {
        try await Task.sleep(for: .milliseconds(20))
      }
      running.cancel()
      await running.value
      let verification = LogVerification(log.reader, key: signer.verifier)
      let finding = try await verification.run()
      #expect(finding.events == Int64(events.count))
      #expect(finding.checkpoints >= 1)
      #expect(finding.tiles == events.count / 256)
      #expect(finding.unsigned == 0)
      let session = try await store.session()
      _ = try await session.execute(
        """
        ALTER TABLE log.events DISABLE TRIGGER immutable;
        UPDATE log.events SET recorded_at = recorded_at + interval '1 microsecond' WHERE position = 700
        """)
      await session.close()
      await #expect(throws: LogVerification.Failure.self) { try await verification.run() }
      let other = try NoteSigner(name: "test.example/log", secret: Self.secret.reversed()).verifier
      await #expect(throws: LogVerification.Failure.self) { try await LogVerification(log.reader, key: other).run() }
    }
  }
}
