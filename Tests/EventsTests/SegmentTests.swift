import TestSupport
import Testing

@testable import Events

/// Sealed segments: nothing is lost, and no damage goes unnoticed.
@Suite struct SegmentTests {
  /// Rows with any data that a type can have, on streams and by actors that come and go.
  private static func wildRows(_ count: Int, seed: UInt64, from first: Int64 = 1) -> [EventRow] {
    var random = SplitMix64(seed: seed)
    let streams: [StreamID] = (0..<max(1, count / 9)).map { _ in random.identifier() }
    let actors: [UserID] = (0..<max(1, count / 20)).map { _ in random.identifier() }
    var versions: [StreamID: Int32] = [:]
    var actorVersions: [UserID: Int32] = [:]
    var command: CommandID = random.identifier()
    var time: Int64 = 1_700_000_000_000_000
    return (0..<count).map { index in
      let stream = streams.randomElement(using: &random)!
      let actor = random.maybe { actors.randomElement(using: &$0)! }
      versions[stream, default: random.number(0...9)] += 1
      if let actor { actorVersions[actor, default: random.number(0...9)] += 1 }
      if Bool.random(using: &random) { command = random.identifier() }
      time += random.number(0...5_000)
      var row = EventRow(
        RecordedEvent(
          position: Position(rawValue: first + Int64(index)), stream: stream,
          version: Version(rawValue: versions[stream]!), actor: actor,
          actorVersion: actor.map { Version(rawValue: actorVersions[$0]!) }, command: command,
          recordedAt: Timestamp(microseconds: time), event: random.event(random.any(EventType.self))))
      // A newer program may have added a key.
      if index % 17 == 3, row.data.count > 2 { row.data = row.data.dropLast() + Array(",\"newer\":1}".utf8) }
      return row
    }
  }

  private static func rows(_ segment: Segment) throws -> [EventRow] {
    var rows: [EventRow] = []
    try segment.columns().forEachRow { rows.append($0) }
    return rows
  }

  @Test(arguments: [(UInt64(1), 1), (2, 2), (3, 300), (4, 3000), (5, 20_000)])
  func `any events come back byte for byte`(_ seed: UInt64, _ count: Int) throws {
    let rows = Self.wildRows(count, seed: seed, from: 65_537)
    let segment = try Segment(sealing: rows)
    let opened = try Segment(bytes: segment.bytes)
    #expect(try Self.rows(opened) == rows, "seed \(seed)")
    #expect(opened.first.rawValue == 65_537)
    #expect(opened.count == count)
    #expect(opened.times.lowerBound == rows[0].recordedAt.microseconds)
    var tree = TreeBuilder()
    for row in rows { tree.append(row.leafHash) }
    #expect(opened.root == tree.root)
    #expect(
      EventType.allCases.allSatisfy { type in
        (opened.typeBits >> UInt64(type.rawValue) & 1 == 1) == rows.contains { $0.type == type }
      })
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `a history's events come back, small`(seed: UInt64) throws {
    var options = RandomHistory.Options()
    options.events = 8000
    let events = RandomHistory.events(seed: seed, options)
    let segment = try Segment(sealing: events.map { EventRow($0) })
    var back: [RecordedEvent] = []
    try segment.columns().forEachEvent { back.append($0) }
    #expect(back == events, "seed \(seed)")
    let lines = events.reduce(0) { $0 + EventRow($1).line.count }
    #expect(segment.bytes.count * 4 < lines, "\(segment.bytes.count) bytes for \(lines) bytes of lines")
  }

  @Test func `what does not follow is not sealed`() throws {
    var rows = Self.wildRows(50, seed: 6)
    #expect(throws: SegmentError.self) { try Segment(sealing: []) }
    #expect(throws: SegmentError.self) { try Segment(sealing: rows, root: .empty) }
    rows.remove(at: 20)
    #expect(throws: SegmentError.self) { try Segment(sealing: rows) }
    var skipped = Self.wildRows(50, seed: 7)
    let stream = skipped[49].stream
    if skipped.dropLast().contains(where: { $0.stream == stream }) {
      skipped[49].version = Version(rawValue: skipped[49].version.rawValue + 1)
      #expect(throws: SegmentError.self) { try Segment(sealing: skipped) }
    }
  }

  @Test(arguments: [UInt64(8), 9])
  func `no flipped bit and no cut goes unnoticed`(seed: UInt64) throws {
    let segment = try Segment(sealing: Self.wildRows(400, seed: seed))
    var random = SplitMix64(seed: seed)
    func isRefused(_ bytes: [UInt8]) -> Bool {
      do {
        try Segment(bytes: bytes).verify()
        return false
      } catch { return true }
    }
    #expect(!isRefused(segment.bytes))
    for _ in 0..<1500 {
      let bit = Int.random(in: 0..<segment.bytes.count * 8, using: &random)
      var bytes = segment.bytes
      bytes[bit / 8] ^= 1 << (bit % 8)
      #expect(isRefused(bytes), "seed \(seed), bit \(bit)")
    }
    for _ in 0..<100 {
      let end = Int.random(in: 0..<segment.bytes.count, using: &random)
      #expect(isRefused(Array(segment.bytes[..<end])), "seed \(seed), cut at \(end)")
    }
    #expect(isRefused([]))
    #expect(isRefused(Array("BLAMESEG".utf8) + [UInt8](repeating: 0, count: 40) + Array("GESEMALB".utf8)))
  }

  @Test func `the checksum is the one of RFC 3720`() {
    func checksum(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { CRC32C.checksum($0) } }
    #expect(checksum(Array("123456789".utf8)) == 0xe306_9283)
    #expect(checksum([UInt8](repeating: 0, count: 32)) == 0x8a91_36aa)
    #expect(checksum(Array(0..<32)) == 0x46dd_794e)
    #expect(checksum([]) == 0)
  }
}
