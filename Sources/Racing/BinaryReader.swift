/// Takes apart what `BinaryWriter` wrote; every read checks that the bytes are there.
struct BinaryReader {
  private let bytes: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  func malformed(_ reason: String) -> ModelError { .malformedArtefact(offset: offset, reason: reason) }

  mutating func byte() throws(ModelError) -> UInt8 {
    guard offset < bytes.count else { throw malformed("the bytes end early") }
    defer { offset += 1 }
    return bytes[offset]
  }

  mutating func integer() throws(ModelError) -> Int64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
    }
    throw malformed("an integer is longer than 64 bits")
  }

  mutating func integer<Value: FixedWidthInteger>(as type: Value.Type) throws(ModelError) -> Value {
    let wide = try integer()
    guard let value = Value(exactly: wide) else { throw malformed("\(wide) does not fit \(type)") }
    return value
  }

  mutating func count() throws(ModelError) -> Int {
    let value = try integer(as: Int.self)
    // Nothing that is counted takes less than a byte, so a larger count is damage, not a reason to allocate.
    guard value >= 0, value <= bytes.count - offset else { throw malformed("\(value) elements cannot follow") }
    return value
  }

  mutating func flag() throws(ModelError) -> Bool {
    switch try byte() {
    case 0: false
    case 1: true
    case let other: throw malformed("\(other) is neither false (0) nor true (1)")
    }
  }

  mutating func raw() throws(ModelError) -> [UInt8] {
    let length = try count()
    defer { offset += length }
    return Array(bytes[offset..<offset + length])
  }

  mutating func text() throws(ModelError) -> String {
    guard let text = String(validating: try raw(), as: UTF8.self) else { throw malformed("a text is not UTF-8") }
    return text
  }

  mutating func optional() throws(ModelError) -> Int? { try flag() ? try integer(as: Int.self) : nil }

  mutating func list<Element>(
    _ read: (inout BinaryReader) throws(ModelError) -> Element
  ) throws(ModelError) -> [Element] {
    var elements: [Element] = []
    for _ in 0..<(try count()) { elements.append(try read(&self)) }
    return elements
  }

  mutating func code<Value: RawRepresentable>(
    as type: Value.Type
  ) throws(ModelError) -> Value where Value.RawValue == UInt8 {
    let raw = try byte()
    guard let value = Value(rawValue: raw) else { throw malformed("\(raw) is no \(type)") }
    return value
  }
}
