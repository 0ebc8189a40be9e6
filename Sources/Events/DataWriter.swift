internal import Racing

/// Writes canonical JSON: one flat object, no spaces, integers, strings, booleans and null only.
///
/// It writes into memory whose size the caller has worked out beforehand, and stops the program rather than go beyond.
struct DataWriter: ~Copyable {
  /// Room for every field that is not a string, of whatever event.
  static let fixedCapacity = 640

  private let base: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var count = 0
  private var isFirst = true

  private init(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
    base = buffer.baseAddress!
    capacity = buffer.count
  }

  /// Appends what `body` writes, at most `capacity` bytes.
  static func append(to bytes: inout [UInt8], capacity: Int, _ body: (inout DataWriter) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
      var writer = DataWriter(buffer)
      body(&writer)
      writer.end()
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[..<writer.count]))
    }
  }

  /// Room that some text may need: every byte may have to be escaped.
  static func capacity(of text: String) -> Int { 6 * text.utf8.count }

  private mutating func end() {
    if isFirst { byte("{") }
    byte("}")
  }

  // MARK: - Bytes

  @inline(__always)
  private mutating func byte(_ scalar: Unicode.Scalar) { byte(UInt8(ascii: scalar)) }

  @inline(__always)
  private mutating func byte(_ value: UInt8) {
    precondition(count < capacity, "event data are longer than their bound")
    base[count] = value
    count += 1
  }

  @inline(__always)
  private mutating func copy(_ start: UnsafePointer<UInt8>, _ length: Int) {
    precondition(length <= capacity - count, "event data are longer than their bound")
    (base + count).update(from: start, count: length)
    count += length
  }

  @inline(__always)
  private mutating func literal(_ text: StaticString) { copy(text.utf8Start, text.utf8CodeUnitCount) }

  @inline(__always)
  mutating func key(_ name: StaticString) {
    byte(isFirst ? "{" : ",")
    isFirst = false
    byte("\"")
    literal(name)
    literal("\":")
  }

  /// `"name1":`: keys of a short numbered list.
  mutating func key(_ name: StaticString, number: Int) {
    precondition((1...9).contains(number), "a numbered key has one digit")
    literal(",\"")
    literal(name)
    byte(UInt8(ascii: "0") + UInt8(number))
    literal("\":")
  }

  // MARK: - Values

  mutating func integer(_ value: some FixedWidthInteger) { decimal(Int64(value)) }

  private mutating func decimal(_ value: Int64) {
    if value < 0 { byte("-") }
    var digits = 1
    var bound: UInt64 = 10
    while digits < 19, value.magnitude >= bound {
      digits += 1
      bound *= 10
    }
    decimal(value.magnitude, digits: digits)
  }

  /// The last digits of a number, with leading zeros.
  private mutating func decimal(_ value: UInt64, digits: Int) {
    precondition(digits <= capacity - count, "event data are longer than their bound")
    var rest = value
    for index in stride(from: digits - 1, through: 0, by: -1) {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      base[count + index] = UInt8(truncatingIfNeeded: digit) + UInt8(ascii: "0")
      rest = quotient
    }
    count += digits
  }

  mutating func string(_ text: String) {
    byte("\"")
    for value in text.utf8 {
      switch value {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        byte("\\")
        byte(value)
      case 0..<0x20:
        literal("\\u00")
        byte(hexadecimalDigit(value >> 4))
        byte(hexadecimalDigit(value & 15))
      default:
        byte(value)
      }
    }
    byte("\"")
  }

  mutating func quoted(_ text: StaticString) {
    byte("\"")
    literal(text)
    byte("\"")
  }

  mutating func driver(_ code: DriverCode) {
    byte("\"")
    byte(UInt8(truncatingIfNeeded: code.packed >> 16))
    byte(UInt8(truncatingIfNeeded: code.packed >> 8))
    byte(UInt8(truncatingIfNeeded: code.packed))
    byte("\"")
  }

  mutating func identifier(_ id: some Identifier) {
    byte("\"")
    precondition(36 <= capacity - count, "event data are longer than their bound")
    id.writeText(to: UnsafeMutableRawBufferPointer(start: base + count, count: 36))
    count += 36
    byte("\"")
  }

  mutating func time(_ time: Timestamp) {
    let fields = time.fields
    precondition((0...9999).contains(fields.year), "a line holds the years 0 to 9999")
    byte("\"")
    decimal(UInt64(fields.year), digits: 4)
    byte("-")
    decimal(UInt64(fields.month), digits: 2)
    byte("-")
    decimal(UInt64(fields.day), digits: 2)
    byte("T")
    decimal(UInt64(fields.hour), digits: 2)
    byte(":")
    decimal(UInt64(fields.minute), digits: 2)
    byte(":")
    decimal(UInt64(fields.second), digits: 2)
    byte(".")
    decimal(UInt64(fields.microsecond), digits: 6)
    literal("Z\"")
  }

  mutating func hash(_ hash: UInt64) {
    byte("\"")
    for shift in stride(from: UInt64(60), through: 4, by: -4) {
      byte(hexadecimalDigit(UInt8(truncatingIfNeeded: hash >> shift) & 15))
    }
    byte(hexadecimalDigit(UInt8(truncatingIfNeeded: hash) & 15))
    byte("\"")
  }

  mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  mutating func null() { literal("null") }

  /// Canonical JSON that is there already.
  mutating func raw(_ json: [UInt8]) {
    json.withUnsafeBufferPointer { if let start = $0.baseAddress { copy(start, $0.count) } }
  }
}
