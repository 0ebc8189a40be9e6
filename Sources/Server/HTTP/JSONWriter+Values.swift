extension JSONWriter {
  /// A member that is a whole number.
  package mutating func field(_ key: StaticString, _ value: some BinaryInteger) {
    name(key)
    append(Int64(value))
  }

  /// A member that is a whole number, or null.
  package mutating func field(_ key: StaticString, _ value: (some BinaryInteger)?) {
    name(key)
    if let value { append(Int64(value)) } else { append("null") }
  }

  /// A member that is true or false.
  package mutating func field(_ key: StaticString, _ value: Bool) {
    name(key)
    append(value ? "true" : "false")
  }

  /// A member that is text.
  package mutating func field(_ key: StaticString, _ value: some StringProtocol) {
    name(key)
    appendQuoted(value)
  }

  /// A member that is text, or null.
  package mutating func field(_ key: StaticString, _ value: (some StringProtocol)?) {
    name(key)
    if let value { appendQuoted(value) } else { append("null") }
  }

  /// A member that is null.
  package mutating func null(_ key: StaticString) {
    name(key)
    append("null")
  }

  /// A member in decimals: `places` digits of `value` stand behind the point, so 7532 with two places is 75.32.
  package mutating func decimal(_ key: StaticString, _ value: some BinaryInteger, places: Int) {
    name(key)
    appendDecimal(Int64(value), places: places)
  }

  /// A member in decimals, or null.
  package mutating func decimal(_ key: StaticString, _ value: (some BinaryInteger)?, places: Int) {
    name(key)
    if let value { appendDecimal(Int64(value), places: places) } else { append("null") }
  }

  /// An element that is text.
  package mutating func value(_ text: some StringProtocol) {
    separate()
    appendQuoted(text)
  }

  /// An element that is a whole number.
  package mutating func value(_ number: some BinaryInteger) {
    separate()
    append(Int64(number))
  }

  /// An element that is a whole number, or null.
  package mutating func value(_ number: (some BinaryInteger)?) {
    separate()
    if let number { append(Int64(number)) } else { append("null") }
  }

  private mutating func appendDecimal(_ value: Int64, places: Int) {
    if value < 0 { appendByte(UInt8(ascii: "-")) }
    var unit: UInt64 = 1
    for _ in 0..<places { unit *= 10 }
    appendDigits(value.magnitude / unit, atLeast: 1)
    appendByte(UInt8(ascii: "."))
    appendDigits(value.magnitude % unit, atLeast: places)
  }

  /// A member that is an object, under a name that is only known now.
  package mutating func object(named key: some StringProtocol, _ members: (inout JSONWriter) -> Void) {
    separate()
    appendQuoted(key)
    appendByte(UInt8(ascii: ":"))
    object(members)
  }

  /// A member that is an array, under a name that is only known now.
  package mutating func array<Elements: Sequence>(
    named key: some StringProtocol, _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    separate()
    appendQuoted(key)
    appendByte(UInt8(ascii: ":"))
    array(elements, write)
  }

  /// A member that is text, under a name that is only known now.
  package mutating func text(named key: some StringProtocol, _ text: some StringProtocol) {
    separate()
    appendQuoted(key)
    appendByte(UInt8(ascii: ":"))
    appendQuoted(text)
  }

  mutating func appendQuoted(_ text: some StringProtocol) {
    appendByte(UInt8(ascii: "\""))
    for byte in text.utf8 { appendEscaped(byte) }
    appendByte(UInt8(ascii: "\""))
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case UInt8(ascii: "\n"): append("\\n")
    case UInt8(ascii: "\t"): append("\\t")
    case UInt8(ascii: "\r"): append("\\r")
    case UInt8(ascii: "<"): append("\\u003c")
    case 0..<0x20: appendControl(byte)
    default: appendByte(byte)
    }
  }

  private mutating func appendControl(_ byte: UInt8) {
    let digits = Array("0123456789abcdef".utf8)
    append("\\u00")
    appendByte(digits[Int(byte >> 4)])
    appendByte(digits[Int(byte & 15)])
  }
}
