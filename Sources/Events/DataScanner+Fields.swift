internal import Racing

/// A type with a closed set of spellings in event data.
protocol DataWord {
  init?(word: Word)
  var dataWord: StaticString { get }
}

extension DataScanner {
  @inline(__always)
  mutating func int64(_ name: StaticString) throws(EventDecodingError) -> Int64 {
    try key(name)
    return try integer(name)
  }

  @inline(__always)
  mutating func int<Value: FixedWidthInteger>(_ name: StaticString, as type: Value.Type = Value.self)
    throws(EventDecodingError) -> Value
  {
    guard let value = Value(exactly: try int64(name)) else { throw failure(.outOfRange, name) }
    return value
  }

  @inline(__always)
  mutating func bool(_ name: StaticString) throws(EventDecodingError) -> Bool {
    try key(name)
    if skip("true") { return true }
    guard skip("false") else { throw failure(.booleanExpected, name) }
    return false
  }

  mutating func string(_ name: StaticString) throws(EventDecodingError) -> String {
    try key(name)
    let (word, isEscaped) = try quoted(name)
    let bytes = UnsafeRawBufferPointer(start: word.start, count: word.count)
    guard let text = isEscaped ? unescaped(bytes) : plain(bytes) else { throw failure(.stringExpected, name) }
    return text
  }

  @inline(__always)
  mutating func word<Value: DataWord>(_ name: StaticString, as type: Value.Type = Value.self)
    throws(EventDecodingError) -> Value
  {
    try key(name)
    return try wordValue(name)
  }

  @inline(__always)
  mutating func optionalWord<Value: DataWord>(_ name: StaticString, as type: Value.Type = Value.self)
    throws(EventDecodingError) -> Value?
  {
    try key(name)
    if skip("null") { return nil }
    return try wordValue(name)
  }

  @inline(__always)
  private mutating func wordValue<Value: DataWord>(_ name: StaticString) throws(EventDecodingError) -> Value {
    let word = try quoted(name).word
    guard let value = Value(word: word) else {
      let bytes = UnsafeRawBufferPointer(start: word.start, count: min(word.count, 40))
      throw failure(.unknownWord(String(decoding: bytes, as: UTF8.self)), name)
    }
    return value
  }

  @inline(__always)
  mutating func optionalInt<Value: FixedWidthInteger>(_ name: StaticString, as type: Value.Type = Value.self)
    throws(EventDecodingError) -> Value?
  {
    try key(name)
    if skip("null") { return nil }
    guard let value = Value(exactly: try integer(name)) else { throw failure(.outOfRange, name) }
    return value
  }

  mutating func driver(_ name: StaticString) throws(EventDecodingError) -> DriverCode {
    try key(name)
    let word = try quoted(name).word
    guard word.count == 3 else { throw failure(.stringExpected, name) }
    let (first, second, third) = word.start.loadUnaligned(as: (UInt8, UInt8, UInt8).self)
    guard isCodeByte(first), isCodeByte(second), isCodeByte(third) else { throw failure(.stringExpected, name) }
    return DriverCode(uncheckedBytes: first, second, third)
  }

  /// A 64-bit number in exactly sixteen lower-case hexadecimal digits.
  mutating func hash64(_ name: StaticString) throws(EventDecodingError) -> UInt64 {
    try key(name)
    let word = try quoted(name).word
    guard word.count == 16, let value = hexadecimal(word.start) else { throw failure(.stringExpected, name) }
    return value
  }

  mutating func optionalIdentifier<Value: Identifier>(_ name: StaticString) throws(EventDecodingError) -> Value? {
    try key(name)
    if skip("null") { return nil }
    let word = try quoted(name).word
    guard let value = Value(uuidText: UnsafeRawBufferPointer(start: word.start, count: word.count)) else {
      throw failure(.stringExpected, name)
    }
    return value
  }
}

@inline(__always)
private func isCodeByte(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (48...57).contains(byte) }

/// The text without escapes; nil unless it is well-formed.
private func plain(_ bytes: UnsafeRawBufferPointer) -> String? {
  var all: UInt8 = 0
  for byte in bytes { all |= byte }
  // ASCII is well-formed, and the common case; it is copied without being looked at again.
  guard all < 0x80 else { return String(validating: bytes, as: UTF8.self) }
  return String(unsafeUninitializedCapacity: bytes.count) { text in
    UnsafeMutableRawBufferPointer(text).copyMemory(from: bytes)
    return bytes.count
  }
}

/// The text with escapes undone; nil unless each is the one the writer uses for its character.
private func unescaped(_ bytes: UnsafeRawBufferPointer) -> String? {
  var plain: [UInt8] = []
  plain.reserveCapacity(bytes.count)
  var at = 0
  while at < bytes.count {
    if bytes[at] != UInt8(ascii: "\\") {
      plain.append(bytes[at])
      at += 1
    } else if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "\"") || bytes[at + 1] == UInt8(ascii: "\\") {
      plain.append(bytes[at + 1])
      at += 2
    } else if at + 6 <= bytes.count, bytes[at + 1] == UInt8(ascii: "u"),
      bytes[at + 2] == UInt8(ascii: "0"), bytes[at + 3] == UInt8(ascii: "0"),
      let high = nibble(bytes[at + 4]), high < 2, let low = nibble(bytes[at + 5])
    {
      plain.append(high << 4 | low)
      at += 6
    } else {
      return nil
    }
  }
  return String(validating: plain, as: UTF8.self)
}
