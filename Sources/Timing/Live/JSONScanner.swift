/// Walks over JSON text byte by byte, without a tree and without a string a value.
///
/// It also takes the literals of Python, in which some recordings are written: `'text'`, `True`, `None`. Once something
/// does not fit, `isBroken` stays set and nothing more is found; the caller throws away what it collected.
struct JSONScanner: Sendable {
  /// Objects and arrays inside one another; more is not timing data.
  static let deepest = 64

  /// The text this scanner walks over is a part of these.
  let bytes: [UInt8]
  /// The next byte.
  private(set) var position: Int
  /// The byte after the last.
  let end: Int
  /// The text is not what it should be.
  private(set) var isBroken = false

  /// An object or array was just opened, so that no comma is due.
  private var isFresh = false
  private var depth = 0

  /// A scanner over a part of the bytes.
  init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// A scanner over all of the bytes.
  init(_ bytes: [UInt8]) {
    self.init(bytes, in: 0..<bytes.count)
  }

  /// Nothing but blanks is left, and all of it was well formed.
  mutating func isAtEnd() -> Bool {
    skipBlanks()
    return !isBroken && position >= end && depth == 0
  }

  /// The next byte that is not blank; 0 at the end.
  mutating func peek() -> UInt8 {
    skipBlanks()
    return position < end ? bytes[position] : 0
  }

  /// Steps into an object; false, at the same place, where none begins.
  mutating func beginObject() -> Bool { begin(JSONByte.openBrace) }

  /// Steps into an array; false, at the same place, where none begins.
  mutating func beginArray() -> Bool { begin(JSONByte.openBracket) }

  /// Where the next key of the object lies, without its quotes; nil when the object ends, which is then stepped out of.
  mutating func nextKey() -> Range<Int>? {
    guard nextItem(closing: JSONByte.closeBrace), let key = string() else { return nil }
    guard peek() == JSONByte.colon else {
      breakOff()
      return nil
    }
    position += 1
    return key
  }

  /// Steps to the next element of the array; false when the array ends, which is then stepped out of.
  mutating func nextElement() -> Bool { nextItem(closing: JSONByte.closeBracket) }

  /// Where the string that begins here lies, without its quotes and with its escapes; breaks off where none begins.
  mutating func string() -> Range<Int>? {
    let quote = peek()
    guard !isBroken, quote == JSONByte.quote || quote == JSONByte.apostrophe else {
      breakOff()
      return nil
    }
    var at = position + 1
    let start = at
    while at < end {
      let byte = bytes[at]
      if byte == quote {
        position = at + 1
        return start..<at
      }
      if byte < 0x20 { break }
      at += byte == JSONByte.backslash ? 2 : 1
    }
    breakOff()
    return nil
  }

  /// Steps over the value that begins here, whatever it is.
  mutating func skipValue() {
    switch peek() {
    case JSONByte.quote, JSONByte.apostrophe: _ = string()
    case JSONByte.openBrace:
      guard beginObject() else { return }
      while nextKey() != nil { skipValue() }
    case JSONByte.openBracket:
      guard beginArray() else { return }
      while nextElement() { skipValue() }
    default: _ = literal()
    }
  }

  /// Where the number or word that begins here lies; breaks off where none begins.
  mutating func literal() -> Range<Int>? {
    skipBlanks()
    let start = position
    while position < end, JSONByte.isLiteral(bytes[position]) { position += 1 }
    guard !isBroken, position > start, JSONLiteral.isValid(bytes, start..<position) else {
      breakOff()
      return nil
    }
    return start..<position
  }

  /// Steps over one comma or whatever else separates values of a list that nothing encloses.
  mutating func skipByte() { position = min(end, position + 1) }

  /// Gives up on this text.
  mutating func breakOff() {
    isBroken = true
    position = end
  }

  /// The bytes there are exactly that text.
  func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard range.count == count else { return false }
    return text.withUTF8Buffer { wanted in
      for offset in 0..<count where bytes[range.lowerBound + offset] != wanted[offset] { return false }
      return true
    }
  }

  private mutating func begin(_ bracket: UInt8) -> Bool {
    guard peek() == bracket else { return false }
    guard depth < Self.deepest else {
      breakOff()
      return false
    }
    position += 1
    depth += 1
    isFresh = true
    return true
  }

  private mutating func nextItem(closing bracket: UInt8) -> Bool {
    let byte = peek()
    let wasFresh = isFresh
    isFresh = false
    if byte == bracket, !isBroken {
      position += 1
      depth -= 1
      return false
    }
    if wasFresh, position < end { return !isBroken }
    guard byte == JSONByte.comma else {
      breakOff()
      return false
    }
    position += 1
    // Python writes a comma after the last item of some lists; JSON never does.
    if peek() == bracket { breakOff() }
    return !isBroken
  }

  private mutating func skipBlanks() {
    while position < end {
      switch bytes[position] {
      case 0x20, 0x09, 0x0a, 0x0d: position += 1
      default: return
      }
    }
  }
}

/// The bytes that structure JSON.
enum JSONByte {
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let backslash = UInt8(ascii: "\\")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")
  static let colon = UInt8(ascii: ":")
  static let comma = UInt8(ascii: ",")
  static let newline = UInt8(ascii: "\n")

  /// A byte of a number, or of `true`, `None` and their like.
  static func isLiteral(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}

/// Numbers and words that stand without quotes.
enum JSONLiteral {
  /// A number of JSON, or one of the words of JSON and Python.
  static func isValid(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    word(bytes, range) != nil || isNumber(bytes, range)
  }

  /// What the word says: true, false, or nothing; nil for a number and for anything else.
  static func word(_ bytes: [UInt8], _ range: Range<Int>) -> Bool?? {
    switch bytes[range.lowerBound] {
    case UInt8(ascii: "t"), UInt8(ascii: "T"): same(bytes, range, "true") ? .some(.some(true)) : nil
    case UInt8(ascii: "f"), UInt8(ascii: "F"): same(bytes, range, "false") ? .some(.some(false)) : nil
    case UInt8(ascii: "n"): same(bytes, range, "null") ? .some(.none) : nil
    case UInt8(ascii: "N"): same(bytes, range, "none") ? .some(.none) : nil
    default: nil
    }
  }

  private static func same(_ bytes: [UInt8], _ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { wanted in
      for offset in 1..<range.count where bytes[range.lowerBound + offset] != wanted[offset] { return false }
      return true
    }
  }

  private static func isNumber(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    func digits() -> Bool {
      let start = at
      while at < range.upperBound, bytes[at] &- 0x30 < 10 { at += 1 }
      return at > start
    }
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    guard digits() else { return false }
    if at < range.upperBound, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() else { return false }
    }
    if at < range.upperBound, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < range.upperBound, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      guard digits() else { return false }
    }
    return at == range.upperBound
  }
}
