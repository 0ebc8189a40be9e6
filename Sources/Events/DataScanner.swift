#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Reads canonical event data in one pass: a flat JSON object whose keys come in the order of the type's definition.
///
/// Every read checks the bounds first, so that no input can make it read outside the buffer.
struct DataScanner {
  private let base: UnsafeRawPointer
  private let count: Int
  private let type: EventType?
  private(set) var offset = 0

  /// A scanner over bytes that outlive it.
  init(_ bytes: UnsafeRawBufferPointer, type: EventType?) throws(EventDecodingError) {
    guard let start = bytes.baseAddress else {
      throw EventDecodingError(.endExpected, type: type, key: "", offset: 0)
    }
    base = start
    count = bytes.count
    self.type = type
  }

  func failure(_ reason: EventDecodingError.Reason, _ key: StaticString) -> EventDecodingError {
    EventDecodingError(reason, type: type, key: key.description, offset: offset)
  }

  @inline(__always)
  private func byte(at index: Int) -> UInt8 {
    index < count ? base.load(fromByteOffset: index, as: UInt8.self) : 0
  }

  /// True, and moves past it, if the literal stands here.
  @inline(__always)
  mutating func skip(_ literal: StaticString) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard length <= count - offset, memcmp(base + offset, literal.utf8Start, length) == 0 else { return false }
    offset += length
    return true
  }

  /// Moves past `{"key":` or `,"key":`.
  @inline(__always)
  mutating func key(_ key: StaticString) throws(EventDecodingError) {
    guard skipKey(key) else { throw failure(.keyExpected, key) }
  }

  /// True, and moves past it, if the key stands here.
  @inline(__always)
  mutating func skipKey(_ key: StaticString) -> Bool {
    let length = key.utf8CodeUnitCount
    guard length + 4 <= count - offset,
      byte(at: offset) == (offset == 0 ? UInt8(ascii: "{") : UInt8(ascii: ",")),
      byte(at: offset + 1) == UInt8(ascii: "\""),
      memcmp(base + offset + 2, key.utf8Start, length) == 0,
      byte(at: offset + 2 + length) == UInt8(ascii: "\""),
      byte(at: offset + 3 + length) == UInt8(ascii: ":")
    else { return false }
    offset += length + 4
    return true
  }

  /// Moves past the end of the object. Keys that are not known may stand before it: a newer program wrote them.
  mutating func end() throws(EventDecodingError) {
    if offset == 0 {
      guard skip("{") else { throw failure(.endExpected, "") }
      if byte(at: offset) != UInt8(ascii: "}") { try skipUnknownPair() }
    }
    while byte(at: offset) == UInt8(ascii: ",") {
      offset += 1
      try skipUnknownPair()
    }
    guard skip("}"), offset == count else { throw failure(.endExpected, "") }
  }

  private mutating func skipUnknownPair() throws(EventDecodingError) {
    _ = try quoted("")
    guard skip(":") else { throw failure(.endExpected, "") }
    if byte(at: offset) == UInt8(ascii: "\"") {
      _ = try quoted("")
    } else if !(skip("null") || skip("true") || skip("false")) {
      _ = try integer("")
    }
  }
}

// MARK: - Values

extension DataScanner {
  /// Everything from here to the last byte, which is left.
  mutating func takeAllButLast() -> [UInt8] {
    let length = max(0, count - 1 - offset)
    defer { offset += length }
    return [UInt8](UnsafeRawBufferPointer(start: base + offset, count: length))
  }
}

extension DataScanner {
  /// The integer that stands here.
  @inline(__always)
  mutating func integer(_ key: StaticString) throws(EventDecodingError) -> Int64 {
    var at = offset
    let isNegative = byte(at: at) == UInt8(ascii: "-")
    if isNegative { at += 1 }
    let first = at
    var magnitude: UInt64 = 0
    while true {
      let digit = byte(at: at) &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      magnitude = magnitude &* 10 &+ UInt64(digit)
      at += 1
    }
    let digits = at - first
    guard digits > 0, digits == 1 || byte(at: first) != UInt8(ascii: "0"), !isNegative || magnitude != 0 || digits > 19
    else { throw failure(.integerExpected, key) }
    // Nineteen digits stay below 2^64, so the sum above did not wrap and one comparison decides.
    guard digits <= 19, magnitude <= UInt64(Int64.max) + (isNegative ? 1 : 0) else { throw failure(.outOfRange, key) }
    offset = at
    return isNegative ? Int64(truncatingIfNeeded: 0 &- magnitude) : Int64(truncatingIfNeeded: magnitude)
  }

  /// The string that stands here, quotes excluded, escapes as they are; true if it has any.
  @inline(__always)
  mutating func quoted(_ key: StaticString) throws(EventDecodingError) -> (word: Word, isEscaped: Bool) {
    guard byte(at: offset) == UInt8(ascii: "\"") else { throw failure(.stringExpected, key) }
    let start = offset + 1
    var at = start
    var isEscaped = false
    while at < count {
      let next = byte(at: at)
      if next == UInt8(ascii: "\"") {
        offset = at + 1
        return (Word(start: base + start, count: at - start), isEscaped)
      }
      guard next >= 0x20 else { break }
      if next == UInt8(ascii: "\\") {
        isEscaped = true
        at += 1
      }
      at += 1
    }
    throw failure(.stringExpected, key)
  }
}
