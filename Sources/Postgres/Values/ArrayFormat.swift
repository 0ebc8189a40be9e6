/// The server's binary form of arrays: dimensions, a flag for NULLs, the element type, then per dimension its size
/// and lower bound; each element has its length in front, -1 for NULL.
enum ArrayFormat {
  static let headerSize = 20

  static func header(count: Int, of type: PostgresType, hasNulls: Bool, into bytes: inout PostgresBytes) {
    bytes.append(1 as Int32)
    bytes.append(hasNulls ? 1 as Int32 : 0)
    bytes.append(type.oid)
    bytes.append(Int32(count))
    bytes.append(1 as Int32)
  }

  static func emptyHeader(of type: PostgresType, into bytes: inout PostgresBytes) {
    bytes.append(0 as Int32)
    bytes.append(0 as Int32)
    bytes.append(type.oid)
  }

  static func element(_ value: some PostgresScalar, into bytes: inout PostgresBytes) {
    let lengthAt = bytes.count
    bytes.append(0 as Int32)
    value.encode(into: &bytes)
    bytes.patch(Int32(bytes.count - lengthAt - 4), at: lengthAt)
  }
}

/// Walks over the elements of an array in binary form, checking every length.
struct ArrayReader {
  let elementType: PostgresType
  private(set) var remaining: Int
  private var offset: Int

  init(_ bytes: RawSpan) throws(PostgresValueError) {
    guard bytes.byteCount >= 12 else { throw .malformed("an array header of \(bytes.byteCount) bytes") }
    let dimensions = bytes.bigEndian(at: 0, as: Int32.self)
    elementType = PostgresType(oid: bytes.bigEndian(at: 8, as: UInt32.self))
    switch dimensions {
    case 0:
      remaining = 0
      offset = 12
    case 1:
      guard bytes.byteCount >= ArrayFormat.headerSize else { throw .malformed("a cut array header") }
      let count = Int(bytes.bigEndian(at: 12, as: Int32.self))
      guard count >= 0, count <= bytes.byteCount / 4 else { throw .malformed("an array of \(count) elements") }
      remaining = count
      offset = ArrayFormat.headerSize
    default: throw .malformed("an array of \(dimensions) dimensions")
    }
  }

  /// Where the next element's bytes are; `nil` for NULL.
  mutating func next(_ bytes: RawSpan) throws(PostgresValueError) -> Range<Int>? {
    guard offset + 4 <= bytes.byteCount else { throw .malformed("a cut array") }
    let length = Int(bytes.bigEndian(at: offset, as: Int32.self))
    offset += 4
    remaining -= 1
    guard length >= 0 else { return nil }
    guard offset + length <= bytes.byteCount else { throw .malformed("a cut array element") }
    defer { offset += length }
    return offset..<(offset + length)
  }
}
