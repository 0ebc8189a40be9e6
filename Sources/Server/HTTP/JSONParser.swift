/// A strict JSON reader for requests: one value, UTF-8, bounded depth, no duplicate names, whole numbers only.
struct JSONParser {
  private let bytes: [UInt8]
  private let depthLimit: Int
  private var offset = 0

  /// Reads `bytes` as one value nested at most `depthLimit` deep. O(n).
  static func parse(_ bytes: [UInt8], depthLimit: Int) throws(JSONSyntaxError) -> JSONValue {
    var parser = JSONParser(bytes: bytes, depthLimit: depthLimit)
    if String(validating: bytes, as: UTF8.self) == nil { throw parser.failure("the text is not UTF-8") }
    parser.skipSpace()
    let value = try parser.value(depth: 1)
    parser.skipSpace()
    if let byte = parser.peek { throw parser.failure("\(describe(byte)) after the end of the value") }
    return value
  }

  private init(bytes: [UInt8], depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard depth <= depthLimit else { throw failure("nested deeper than \(depthLimit)") }
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case let byte? where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte): return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case let byte?: throw failure("\(Self.describe(byte)) where a value should begin")
    case nil: throw failure("the text ends where a value should begin")
    }
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var members: [JSONValue.Member] = []
    offset += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipSpace()
      members.append(try member(depth: depth, known: members))
      skipSpace()
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"), "'}' or ',' in an object")
    return .object(members)
  }

  private mutating func member(depth: Int, known: [JSONValue.Member]) throws(JSONSyntaxError) -> JSONValue.Member {
    guard peek == UInt8(ascii: "\"") else { throw failure("a name in quotes should stand here") }
    guard known.count < 64 else { throw failure("more than 64 names in an object") }
    let start = offset
    let name = try string()
    if known.contains(where: { $0.name == name }) {
      offset = start
      throw failure("the name \"\(name)\" a second time")
    }
    skipSpace()
    try expect(UInt8(ascii: ":"), "':' after a name")
    skipSpace()
    return JSONValue.Member(name: name, value: try value(depth: depth + 1))
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var elements: [JSONValue] = []
    offset += 1
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      skipSpace()
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"), "']' or ',' in an array")
    return .array(elements)
  }

  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = offset
    while let byte = peek, Self.isNumeric(byte) { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    let whole = Self.withoutZeroFraction(text)
    let digits = whole.hasPrefix("-") ? whole.dropFirst() : whole
    let isWhole = digits.utf8.allSatisfy { (48...57).contains($0) } && (digits == "0" || !digits.hasPrefix("0"))
    guard isWhole, let value = Int64(whole) else {
      offset = start
      throw failure("the number \(text.prefix(32)) is not a whole number that fits into 64 bits")
    }
    return .integer(value)
  }

  /// `5.0` is a whole number to JSON Schema, and what languages without whole numbers write.
  private static func withoutZeroFraction(_ text: String) -> Substring {
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return text[...] }
    let fraction = text.utf8[text.utf8.index(after: point)...]
    return !fraction.isEmpty && fraction.allSatisfy { $0 == UInt8(ascii: "0") } ? text[..<point] : text[...]
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
    let matches = text.withUTF8Buffer { bytes[offset...].starts(with: $0) }
    guard matches else { throw failure("a word that is neither true, false nor null") }
    offset += text.utf8CodeUnitCount
    return value
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    offset += 1
    return true
  }

  private mutating func expect(_ byte: UInt8, _ what: String) throws(JSONSyntaxError) {
    if take(byte) { return }
    throw failure(peek.map { "\(Self.describe($0)) instead of \(what)" } ?? "the text ends instead of \(what)")
  }
}

extension JSONParser {
  private mutating func string() throws(JSONSyntaxError) -> String {
    var text: [UInt8] = []
    offset += 1
    while let byte = peek {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
      case 0..<0x20:
        offset -= 1
        throw failure("a control character inside a string")
      default: text.append(byte)
      }
    }
    throw failure("the text ends inside a string")
  }

  private mutating func escape() throws(JSONSyntaxError) -> [UInt8] {
    guard let byte = peek else { throw failure("the text ends inside a string") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return try unicodeEscape()
    default:
      offset -= 1
      throw failure("an unknown escape in a string")
    }
  }

  private mutating func unicodeEscape() throws(JSONSyntaxError) -> [UInt8] {
    let first = try codeUnit()
    var units = [first]
    if UTF16.isLeadSurrogate(first) {
      guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw failure("half a surrogate pair") }
      units.append(try codeUnit())
    }
    guard let text = String(validating: units, as: UTF16.self) else { throw failure("half a surrogate pair") }
    return Array(text.utf8)
  }

  private mutating func codeUnit() throws(JSONSyntaxError) -> UInt16 {
    let end = offset + 4
    guard end <= bytes.count, bytes[offset..<end].allSatisfy(Self.isHexadecimal),
      let unit = UInt16(String(decoding: bytes[offset..<end], as: UTF8.self), radix: 16)
    else { throw failure("four hexadecimal digits should follow \\u") }
    offset = end
    return unit
  }

  private func failure(_ reason: String) -> JSONSyntaxError {
    let before = bytes[..<offset]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return JSONSyntaxError(
      offset: offset, line: 1 + before.count { $0 == 0x0A }, column: offset - lineStart + 1, reason: reason)
  }

  private static func describe(_ byte: UInt8) -> String {
    (0x21...0x7E).contains(byte) ? "'\(Character(UnicodeScalar(byte)))'" : "byte 0x\(String(byte, radix: 16))"
  }

  private static func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
