/// Cuts a recording into its values as its bytes arrive. What is kept is the unfinished value and no more.
///
/// A value is a list of Python on one line, or an object on one line or on many. One that is damaged ends where the next
/// line begins a value, so that it costs itself alone.
struct RecordingValues: Sendable {
  /// A value may be this long; a longer one is skipped.
  static let longestValue = 8 << 20

  /// What lies between two places of the input.
  enum Piece: Sendable, Equatable {
    /// Bytes from an opening bracket to its closing one.
    case value(Range<Int>)
    /// Bytes that are no value.
    case junk(Range<Int>)
  }

  private var pending: [UInt8] = []
  private var pendingOffset = 0
  private var isFirst = true
  private var isInsideTooLong = false

  /// Takes the next bytes in. `read` gets them with every piece that ends in them, and where the bytes begin in the input.
  mutating func take(_ chunk: [UInt8], read: (_ bytes: [UInt8], _ piece: Piece, _ offset: Int) -> Void) {
    advance(pending.isEmpty ? chunk : pending + chunk, isEnd: false, read: read)
  }

  /// The input has ended: what is unfinished is junk.
  mutating func finish(read: (_ bytes: [UInt8], _ piece: Piece, _ offset: Int) -> Void) {
    advance(pending, isEnd: true, read: read)
    pending = []
  }

  private mutating func advance(
    _ bytes: [UInt8], isEnd: Bool, read: (_ bytes: [UInt8], _ piece: Piece, _ offset: Int) -> Void
  ) {
    var scan = RecordingScan(end: bytes.count, isEnd: isEnd)
    if isFirst, bytes.count >= 3 || isEnd {
      scan.at = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
      isFirst = false
    }
    let offset = pendingOffset
    let rest = bytes.withUnsafeBufferPointer { buffer in
      while let piece = scan.next(in: buffer) {
        if isInsideTooLong {
          isInsideTooLong = false
          if case .junk = piece { continue }
        }
        read(bytes, piece, offset)
      }
      return scan.at
    }
    pendingOffset += rest
    guard bytes.count - rest > Self.longestValue else {
      pending = Array(bytes[rest...])
      return
    }
    if !isInsideTooLong { read(bytes, .junk(rest..<bytes.count), offset) }
    isInsideTooLong = true
    pendingOffset += bytes.count - rest
    pending = []
  }
}

/// Walks over bytes from one piece to the next.
private struct RecordingScan {
  var at = 0
  let end: Int
  let isEnd: Bool

  /// The next piece; nil, and `at` at its first byte, where it does not end in these bytes.
  mutating func next(in bytes: UnsafeBufferPointer<UInt8>) -> RecordingValues.Piece? {
    while at < end, RecordingScan.isBetween(bytes[at]) { at += 1 }
    guard at < end else { return nil }
    return RecordingScan.opens(bytes[at]) ? value(bytes) : junk(bytes, from: at, at)
  }

  private mutating func value(_ bytes: UnsafeBufferPointer<UInt8>) -> RecordingValues.Piece? {
    let start = at
    let isList = bytes[start] == JSONByte.openBracket
    var depth = 0
    var place = start
    while place < end {
      let byte = bytes[place]
      switch byte {
      case JSONByte.openBrace, JSONByte.openBracket: depth += 1
      case JSONByte.closeBrace, JSONByte.closeBracket:
        depth -= 1
        if depth == 0 {
          at = place + 1
          return .value(start..<at)
        }
      case JSONByte.quote, JSONByte.apostrophe:
        guard let close = RecordingScan.endOfString(bytes, place, end) else { return unfinished(start) }
        if bytes[close] != byte { return junk(bytes, from: start, close) }
        place = close
      case JSONByte.newline:
        if isList { return junk(bytes, from: start, place) }
        guard place + 1 < end else { return unfinished(start) }
        if RecordingScan.opens(bytes[place + 1]) { return junk(bytes, from: start, place) }
      default: break
      }
      place += 1
    }
    return unfinished(start)
  }

  /// Junk lasts to the end of its line.
  private mutating func junk(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ place: Int
  ) -> RecordingValues.Piece? {
    var place = place
    while place < end, bytes[place] != JSONByte.newline { place += 1 }
    if place == end, !isEnd { return nil }
    at = place
    return .junk(start..<place)
  }

  private mutating func unfinished(_ start: Int) -> RecordingValues.Piece? {
    guard isEnd else { return nil }
    at = end
    return .junk(start..<end)
  }

  /// Where the string that begins there ends: at its quote, or at a line end that it must not have.
  private static func endOfString(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
    let quote = bytes[start]
    var place = start + 1
    while place < end {
      let byte = bytes[place]
      if byte == quote || byte == JSONByte.newline { return place }
      place += byte == JSONByte.backslash ? 2 : 1
    }
    return nil
  }

  private static func opens(_ byte: UInt8) -> Bool { byte == JSONByte.openBrace || byte == JSONByte.openBracket }

  /// Blanks, commas, and the mark that the hub puts behind a message.
  private static func isBetween(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0a, 0x0d, 0x1e, JSONByte.comma: true
    default: false
    }
  }
}
