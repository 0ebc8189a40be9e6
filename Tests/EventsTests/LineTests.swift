import Crypto
import Events
import TestSupport
import Testing

struct Line {
  static let row = EventRow(
    position: Position(rawValue: 42), stream: StreamID(high: 0x0192_f0a1_b2c3_7d4e, low: 0x8f01_2345_6789_abcd),
    version: Version(rawValue: 3), type: .decisionMade, actor: UserID(high: 1, low: 2),
    actorVersion: Version(rawValue: 7), command: CommandID(high: 3, low: .max),
    recordedAt: Timestamp(microseconds: 1_795_467_600_123_456), data: Array(#"{"lap":1}"#.utf8))

  static let text =
    #"{"position":42,"stream":"0192f0a1-b2c3-7d4e-8f01-23456789abcd","version":3,"type":"DecisionMade","#
    + #""actor":"00000000-0000-0001-0000-000000000002","actorVersion":7,"#
    + #""command":"00000000-0000-0003-ffff-ffffffffffff","recordedAt":"2026-11-23T21:00:00.123456Z","#
    + #""data":{"lap":1}}"#

  @Test func `the line has exactly these bytes, and the leaf is their hash behind a zero byte`() throws {
    #expect(String(decoding: Self.row.line, as: UTF8.self) == Self.text)
    #expect(Self.row.leafHash.bytes == Array(SHA256.hash(data: [0] + Array(Self.text.utf8))))
  }

  @Test func `what the system caused has no actor`() throws {
    var row = Self.row
    row.actor = nil
    row.actorVersion = nil
    let text = String(decoding: row.line, as: UTF8.self)
    #expect(text.contains(#""actor":null,"actorVersion":null,"#))
    #expect(try read(row.line) == row)
  }

  @Test func `any row reads back from its line`() throws {
    var random = SplitMix64(seed: 7)
    for round in 0..<500 {
      let type: EventType = random.any()
      let row = EventRow(
        position: Position(rawValue: random.number(1 ... .max)), stream: random.identifier(),
        version: Version(rawValue: random.number(1 ... .max)), type: type, actor: random.maybe { $0.identifier() },
        actorVersion: random.maybe { Version(rawValue: $0.number(1 ... .max)) }, command: random.identifier(),
        recordedAt: Timestamp(microseconds: random.number(0...253_402_300_799_999_999)),
        data: random.event(type).data)
      let again = try read(row.line)
      #expect(again == row, "round \(round)")
      #expect(EventRow(try again.recorded()) == row, "round \(round)")
    }
  }

  @Test func `a line that is cut or changed is another line or none`() {
    for index in 0..<Self.text.utf8.count {
      #expect(throws: EventLineError.self) { try read(Array(Self.text.utf8.prefix(index))) }
      var bytes = Array(Self.text.utf8)
      bytes[index] ^= 1
      #expect((try? read(bytes)) != Self.row)
    }
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
    (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"), (4_107_542_399_000_001, "2100-02-28T23:59:59.000001Z"),
    (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
  ])
  func `times are written in UTC with six decimals`(_ microseconds: Int64, _ text: String) {
    let time = Timestamp(microseconds: microseconds)
    #expect(time.description == text)
    #expect(Array(text.utf8).withUnsafeBytes { Timestamp(text: $0) } == time)
  }

  @Test(arguments: ["2100-02-29T00:00:00.000000Z", "2026-13-01T00:00:00.000000Z", "2026-01-01T24:00:00.000000Z"])
  func `a moment that does not exist is refused`(_ text: String) {
    #expect(Array(text.utf8).withUnsafeBytes { Timestamp(text: $0) } == nil)
  }

  private func read(_ line: [UInt8]) throws(EventLineError) -> EventRow {
    try line.withUnsafeBufferPointer { (bytes) throws(EventLineError) in
      try EventRow(line: UnsafeRawBufferPointer(bytes))
    }
  }
}
