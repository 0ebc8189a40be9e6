/// Splits a `.jsonStream` into lines as its bytes arrive: what is kept is the unfinished line and no more.
struct StreamLines: Sendable {
  /// A line may be this long; a longer one is skipped.
  static let longestLine = 8 << 20

  /// What was met so far.
  private(set) var report: ReadingReport

  private var pending: [UInt8] = []
  private var pendingOffset = 0
  private var isFirst = true
  private var isInsideTooLong = false
  private var latestStamp = Int.min

  /// Lines of that input.
  init(input: String) {
    report = ReadingReport(input: input)
  }

  /// Takes the next bytes in. `read` gets the stamp of each whole line and a scanner at the object behind it, and says
  /// whether it could use the line.
  mutating func take(_ chunk: [UInt8], read: (_ stamp: Int, _ object: inout JSONScanner) -> Bool) {
    var bytes = chunk
    if !pending.isEmpty {
      bytes = pending + chunk
      pending = []
    }
    let start = dropMark(bytes)
    let rest = split(bytes, from: start, read: read)
    pendingOffset += rest
    if bytes.count - rest > Self.longestLine {
      if !isInsideTooLong { skipTooLong(at: pendingOffset) }
      isInsideTooLong = true
      pendingOffset += bytes.count - rest
    } else {
      pending = Array(bytes[rest...])
    }
  }

  /// The input has ended: a last line without a line end counts as well.
  mutating func finish(read: (_ stamp: Int, _ object: inout JSONScanner) -> Bool) {
    let bytes = pending
    pending = []
    let start = dropMark(bytes)
    if isInsideTooLong { return }
    line(bytes, start..<bytes.count, read: read)
  }

  private mutating func dropMark(_ bytes: [UInt8]) -> Int {
    guard isFirst, bytes.count >= 3 else { return 0 }
    isFirst = false
    return bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
  }

  /// Reads every whole line and returns where the unfinished one begins.
  private mutating func split(
    _ bytes: [UInt8], from start: Int, read: (_ stamp: Int, _ object: inout JSONScanner) -> Bool
  ) -> Int {
    var begin = start
    while let end = StreamLines.newline(in: bytes, from: begin) {
      if isInsideTooLong {
        isInsideTooLong = false
      } else {
        line(bytes, begin..<end, read: read)
      }
      begin = end + 1
    }
    return begin
  }

  private static func newline(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { buffer in
      var at = start
      while at < buffer.count {
        if buffer[at] == JSONByte.newline { return at }
        at += 1
      }
      return nil
    }
  }

  private mutating func line(
    _ bytes: [UInt8], _ range: Range<Int>, read: (_ stamp: Int, _ object: inout JSONScanner) -> Bool
  ) {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1] <= 0x20 { end -= 1 }
    if end == range.lowerBound { return }
    if end - range.lowerBound > Self.longestLine { return skipTooLong(at: pendingOffset + range.lowerBound) }
    report.lines += 1
    let place = (line: report.lines, byteOffset: pendingOffset + range.lowerBound)
    guard let stamp = ClockText.stamp(bytes, at: range.lowerBound, end: end) else {
      report.skip(line: place.line, byteOffset: place.byteOffset, "it does not begin with a time stamp")
      return
    }
    var object = JSONScanner(bytes, in: range.lowerBound + 12..<end)
    guard read(stamp, &object) else {
      report.skip(line: place.line, byteOffset: place.byteOffset, "what follows the time stamp cannot be read")
      return
    }
    report.accepted += 1
    if stamp < latestStamp { report.backwardStamps += 1 }
    latestStamp = max(latestStamp, stamp)
  }

  private mutating func skipTooLong(at offset: Int) {
    report.lines += 1
    report.skip(line: report.lines, byteOffset: offset, "the line is longer than \(Self.longestLine) bytes")
  }
}
