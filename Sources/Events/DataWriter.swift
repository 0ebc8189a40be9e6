/// Writes canonical JSON: one flat object, no spaces, integers, strings, booleans and null only.
struct DataWriter: ~Copyable {
  private(set) var bytes: [UInt8]
  private var isFirst = true

  /// Goes on behind the bytes given.
  init(appendingTo bytes: consuming [UInt8]) { self.bytes = bytes }

  /// The bytes written.
  consuming func finish() -> [UInt8] {
    bytes
  }

  mutating func end() {
    if isFirst { bytes.append(UInt8(ascii: "{")) }
    bytes.append(UInt8(ascii: "}"))
  }

  @inline(__always)
  mutating func literal(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  @inline(__always)
  mutating func key(_ name: StaticString) {
    bytes.append(isFirst ? UInt8(ascii: "{") : UInt8(ascii: ","))
    isFirst = false
    bytes.append(UInt8(ascii: "\""))
    literal(name)
    literal("\":")
  }

  /// `"name1":`: keys of a short numbered list.
  mutating func key(_ name: StaticString, number: Int) {
    precondition((1...9).contains(number), "a numbered key has one digit")
    bytes.append(UInt8(ascii: ","))
    bytes.append(UInt8(ascii: "\""))
    literal(name)
    bytes.append(UInt8(ascii: "0") + UInt8(number))
    literal("\":")
  }

  mutating func integer(_ value: some FixedWidthInteger) {
    appendDecimal(Int64(value), to: &bytes)
  }

  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        literal("\\u00")
        bytes.append(hexadecimalDigit(byte >> 4))
        bytes.append(hexadecimalDigit(byte & 15))
      default:
        bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func quoted(_ text: StaticString) {
    bytes.append(UInt8(ascii: "\""))
    literal(text)
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func identifier(_ id: some Identifier) {
    quotedText { id.appendText(to: &$0) }
  }

  /// Canonical JSON that is there already.
  mutating func raw(_ json: [UInt8]) { bytes.append(contentsOf: json) }

  mutating func quotedText(_ append: (inout [UInt8]) -> Void) {
    bytes.append(UInt8(ascii: "\""))
    append(&bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func null() { literal("null") }
}

extension DataWriter {
  mutating func field(_ name: StaticString, _ value: some FixedWidthInteger) {
    key(name)
    integer(value)
  }

  mutating func field(_ name: StaticString, _ value: (some FixedWidthInteger)?) {
    key(name)
    if let value { integer(value) } else { null() }
  }

  mutating func field(_ name: StaticString, _ value: Bool) {
    key(name)
    literal(value ? "true" : "false")
  }

  mutating func field(_ name: StaticString, _ value: String) {
    key(name)
    string(value)
  }

  mutating func field(_ name: StaticString, _ value: some DataWord) {
    key(name)
    quoted(value.dataWord)
  }

  mutating func field(_ name: StaticString, _ value: (some DataWord)?) {
    key(name)
    if let value { quoted(value.dataWord) } else { null() }
  }

  mutating func field(_ name: StaticString, _ value: (some Identifier)?) {
    key(name)
    if let value { identifier(value) } else { null() }
  }

  mutating func field(_ name: StaticString, hash: UInt64) {
    key(name)
    bytes.append(UInt8(ascii: "\""))
    for shift in stride(from: 60, through: 0, by: -4) {
      bytes.append(hexadecimalDigit(UInt8(truncatingIfNeeded: hash >> UInt64(shift)) & 15))
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

/// Appends a number in decimal, without a heap allocation of its own.
func appendDecimal(_ value: Int64, to bytes: inout [UInt8]) {
  if value < 0 { bytes.append(UInt8(ascii: "-")) }
  var rest = value.magnitude
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
    var at = 20
    repeat {
      at -= 1
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
      digits[at] = UInt8(truncatingIfNeeded: remainder) + UInt8(ascii: "0")
      rest = quotient
    } while rest != 0
    bytes.append(contentsOf: digits[at...])
  }
}
