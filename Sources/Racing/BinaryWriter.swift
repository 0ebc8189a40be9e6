/// Appends values in the compact form of stored artefacts: integers as zigzag base-128 numbers, texts after their
/// length.
struct BinaryWriter {
  private(set) var bytes: [UInt8] = []

  mutating func integer(_ value: some FixedWidthInteger) {
    let wide = Int64(value)
    var rest = UInt64(bitPattern: (wide << 1) ^ (wide >> 63))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

  mutating func text(_ value: String) { raw(Array(value.utf8)) }

  mutating func raw(_ value: [UInt8]) {
    integer(value.count)
    bytes.append(contentsOf: value)
  }

  mutating func optional(_ value: Int?) {
    flag(value != nil)
    if let value { integer(value) }
  }

  mutating func list<Element>(_ elements: [Element], _ write: (inout BinaryWriter, Element) -> Void) {
    integer(elements.count)
    for element in elements { write(&self, element) }
  }
}
