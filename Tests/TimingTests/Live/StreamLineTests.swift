import Testing

@testable import Timing

/// Lines of a `.jsonStream`: what is read, what is skipped, and that neither depends on how the bytes arrive.
@Suite struct StreamLineTests {
  private static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

  private struct Seen: Equatable {
    var stamp: Int
    var value: JSONValue
  }

  private static func read(_ bytes: [UInt8], chunk: Int = .max) -> (seen: [Seen], report: ReadingReport) {
    var lines = StreamLines(input: "test")
    var seen: [Seen] = []
    func take(_ stamp: Int, _ object: inout JSONScanner) -> Bool {
      let value = object.value()
      guard object.isAtEnd(), case .object = value else { return false }
      seen.append(Seen(stamp: stamp, value: value))
      return true
    }
    var start = 0
    while start < bytes.count {
      let end = chunk == .max ? bytes.count : min(bytes.count, start + chunk)
      lines.take(Array(bytes[start..<end]), read: take)
      start = end
    }
    lines.finish(read: take)
    return (seen, lines.report)
  }

  @Test func `a mark, line ends of both kinds and a missing last one are all right`() {
    let text = "00:00:01.002{\"a\":1}\r\n\r\n00:00:02.000{\"a\":2}\n01:00:00.5001{}\n00:01:00.000{\"a\":\"ü\"}"
    let (seen, report) = Self.read(Self.mark + Array(text.utf8))
    #expect(seen.map(\.stamp) == [1002, 2000, 60_000])
    #expect(seen[2].value["a"]?.string == "ü")
    #expect(report.lines == 4)
    #expect(report.skipped == 1)
    #expect(report.skips.map(\.line) == [3])
  }

  @Test func `every way to cut the bytes into pieces gives the same lines`() {
    let text = "00:00:01.002{\"a\":[1,2]}\r\nrubbish\r\n00:00:03.000{\"b\":{\"c\":null}}\r\n00:00:02.000{\"d\":\"e\"}"
    let bytes = Self.mark + Array(text.utf8)
    let whole = Self.read(bytes)
    #expect(whole.seen.count == 3)
    #expect(whole.report.backwardStamps == 1)
    for chunk in 1...bytes.count {
      let parts = Self.read(bytes, chunk: chunk)
      #expect(parts.seen == whole.seen, "pieces of \(chunk)")
      #expect(parts.report == whole.report, "pieces of \(chunk)")
    }
  }

  @Test(arguments: [
    "", "\u{FEFF}", "00:00:01.000", "00:00:01.000{", "00:00:01.000{\"a\":}", "00:00:01.000{\"a\":1}x", "00:00:01,000{}",
    "00:00:01.000[1]", "<html>",
  ])
  func `what is no line is skipped and counted`(_ text: String) {
    let (seen, report) = Self.read(Array(text.utf8))
    #expect(seen.isEmpty)
    #expect(report.skipped == (text.utf8.count > 3 ? 1 : 0))
    #expect(report.lines == report.accepted + report.skipped)
  }

  @Test func `a line too long to be one is skipped without keeping it`() {
    var bytes = Array("00:00:01.000{\"a\":\"".utf8)
    bytes += [UInt8](repeating: UInt8(ascii: "x"), count: StreamLines.longestLine + 100)
    bytes += Array("\"}\r\n00:00:02.000{\"b\":1}\r\n".utf8)
    let (seen, report) = Self.read(bytes, chunk: 1 << 20)
    #expect(seen.map(\.stamp) == [2000])
    #expect(report.skipped == 1)
  }

  @Test func `brackets nested without end are refused and not followed`() {
    let deep = String(repeating: "[", count: 200_000)
    let (seen, report) = Self.read(Array("00:00:01.000{\"a\":\(deep)\r\n00:00:02.000{\"b\":1}".utf8))
    #expect(seen.map(\.stamp) == [2000])
    #expect(report.skipped == 1)
  }
}

/// A feed's tree, patch by patch.
@Suite struct PatchTests {
  private static func value(_ text: String) throws -> JSONValue { try #require(JSONValue(Array(text.utf8))) }

  @Test(arguments: [
    ("{\"a\":1}", "{\"b\":2}", "{\"a\":1,\"b\":2}"),
    ("{\"a\":{\"x\":1,\"y\":2}}", "{\"a\":{\"y\":3}}", "{\"a\":{\"x\":1,\"y\":3}}"),
    ("{\"a\":1,\"b\":2,\"c\":3}", "{\"_deleted\":[\"a\",\"c\"]}", "{\"b\":2}"),
    ("{\"a\":1}", "{\"_kf\":true,\"a\":2}", "{\"a\":2}"),
    ("[{\"x\":1},{\"x\":2}]", "{\"1\":{\"y\":3}}", "[{\"x\":1},{\"x\":2,\"y\":3}]"),
    ("[1]", "{\"3\":4}", "[1,null,null,4]"),
    ("[1,2]", "{\"no\":4}", "[1,2]"),
    ("[1,2]", "[3]", "[3]"),
    ("{\"a\":[1]}", "{\"a\":[2,3]}", "{\"a\":[2,3]}"),
    ("{\"a\":1}", "{\"a\":\"\"}", "{\"a\":\"\"}"),
  ])
  func `a patch changes what it names and nothing else`(_ old: String, _ patch: String, _ expected: String) throws {
    var tree = try Self.value(old)
    tree.merge(try Self.value(patch))
    #expect(tree == (try Self.value(expected)))
  }

  @Test func `an index far beyond a list adds nothing`() throws {
    var tree = try Self.value("[1]")
    tree.merge(try Self.value("{\"900000000\":1,\"-1\":2}"))
    #expect(tree == (try Self.value("[1]")))
  }
}

/// Clocks and instants of the feed.
@Suite struct ClockTextTests {
  @Test(arguments: [
    ("53.321", 53_321), ("1:43.009", 103_009), ("1:02:03.004", 3_723_004), ("0", 0), ("53.3", 53_300),
    ("53.3219", 53_321), ("592.1", 592_100),
  ])
  func `durations in every spelling`(_ text: String, _ milliseconds: Int) {
    #expect(ClockText.duration(text) == milliseconds)
  }

  @Test(arguments: ["", ".", "5.", ":5", "1:2:3:4", "-1", "+1.5", "1e3", "nan", "12345678901", "1 2"])
  func `what is no duration`(_ text: String) { #expect(ClockText.duration(text) == nil) }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2018-04-29T12:06:00.462Z", 1_525_003_560_462),
    ("2024-02-29T23:59:59.9999999Z", 1_709_251_199_999), ("2023-11-18 08:00:00", 1_700_294_400_000),
    ("2023-11-18T08:00:00+01:00", 1_700_290_800_000),
  ])
  func `instants in every spelling`(_ text: String, _ milliseconds: Int) {
    #expect(UTCText.instant(text) == milliseconds)
  }

  @Test func `an instant's text reads back, over four centuries of days`() {
    for day in stride(from: -40_000, through: 110_000, by: 37) {
      let instant = day * 86_400_000 + 12_345_678
      #expect(UTCText.instant(UTCText.text(instant)) == instant)
    }
  }

  @Test(arguments: [("-08:00:00", -28_800_000), ("11:00:00", 39_600_000), ("3:00:00", 10_800_000)])
  func `offsets with one digit or two`(_ text: String, _ milliseconds: Int) {
    #expect(UTCText.gmtOffset(text) == milliseconds)
  }
}
