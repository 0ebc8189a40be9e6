/// Values as the feed writes them: numbers may be strings, strings numbers.
extension JSONScanner {
  /// Where the text or number that begins here lies; anything else is stepped over and gives nil.
  mutating func scalar() -> Range<Int>? {
    switch peek() {
    case JSONByte.quote, JSONByte.apostrophe: return string()
    case JSONByte.openBrace, JSONByte.openBracket:
      skipValue()
      return nil
    default:
      guard let range = literal(), JSONLiteral.word(bytes, range) == nil else { return nil }
      return range
    }
  }

  /// The truth value that begins here, bare or in quotes; anything else is stepped over and gives nil.
  mutating func truth() -> Bool? {
    switch peek() {
    case JSONByte.quote, JSONByte.apostrophe:
      guard let range = string(), !range.isEmpty else { return nil }
      return JSONLiteral.word(bytes, range) ?? nil
    case JSONByte.openBrace, JSONByte.openBracket:
      skipValue()
      return nil
    default:
      guard let range = literal() else { return nil }
      return JSONLiteral.word(bytes, range) ?? nil
    }
  }

  /// The whole number that begins here, bare or in quotes; anything else is stepped over and gives nil.
  mutating func whole() -> Int? {
    scalar().flatMap { WholeNumber.parse(bytes, $0) }
  }

  /// The string there with its escapes undone; bytes that are not UTF-8 become replacement characters.
  func text(_ range: Range<Int>) -> String {
    guard bytes[range].contains(JSONByte.backslash) else { return String(decoding: bytes[range], as: UTF8.self) }
    return String(decoding: unescaped(range), as: UTF8.self)
  }

  /// The bytes of the string there with its escapes undone.
  func unescaped(_ range: Range<Int>) -> [UInt8] {
    var content: [UInt8] = []
    content.reserveCapacity(range.count)
    var at = range.lowerBound
    while at < range.upperBound {
      guard bytes[at] == JSONByte.backslash, at + 1 < range.upperBound else {
        content.append(bytes[at])
        at += 1
        continue
      }
      at = escape(at + 1, range.upperBound, &content)
    }
    return content
  }

  /// Undoes the escape whose letter stands at that place and returns the place after it.
  private func escape(_ at: Int, _ end: Int, _ content: inout [UInt8]) -> Int {
    switch bytes[at] {
    case UInt8(ascii: "n"): content.append(0x0a)
    case UInt8(ascii: "r"): content.append(0x0d)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0c)
    case UInt8(ascii: "x"): return codePoint(at + 1, digits: 2, end, &content)
    case UInt8(ascii: "u"): return codePoint(at + 1, digits: 4, end, &content)
    case UInt8(ascii: "U"): return codePoint(at + 1, digits: 8, end, &content)
    default: content.append(bytes[at])
    }
    return at + 1
  }

  private func codePoint(_ at: Int, digits: Int, _ end: Int, _ content: inout [UInt8]) -> Int {
    guard var value = hexadecimal(at, digits, end) else { return at }
    var next = at + digits
    let isHighHalf = (0xd800...0xdbff).contains(value)
    if isHighHalf, next + 6 <= end, bytes[next] == JSONByte.backslash, bytes[next + 1] == UInt8(ascii: "u"),
      let low = hexadecimal(next + 2, 4, end), (0xdc00...0xdfff).contains(low)
    {
      value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
      next += 6
    }
    let scalar = Unicode.Scalar(value) ?? "\u{fffd}"
    content.append(contentsOf: Array(String(Character(scalar)).utf8))
    return next
  }

  private func hexadecimal(_ at: Int, _ digits: Int, _ end: Int) -> UInt32? {
    guard at + digits <= end else { return nil }
    return UInt32(String(decoding: bytes[at..<at + digits], as: UTF8.self), radix: 16)
  }
}

/// Whole numbers in ASCII.
enum WholeNumber {
  /// The number of at most nine digits, with or without a sign; nil for anything else.
  static func parse(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    guard at < range.upperBound else { return nil }
    let isNegative = bytes[at] == UInt8(ascii: "-")
    if isNegative || bytes[at] == UInt8(ascii: "+") { at += 1 }
    guard at < range.upperBound, range.upperBound - at <= 9 else { return nil }
    var value = 0
    while at < range.upperBound {
      let digit = bytes[at] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
      at += 1
    }
    return isNegative ? -value : value
  }
}
