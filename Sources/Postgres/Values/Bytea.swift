extension UInt8: PostgresArrayElement {
  /// An array of bytes is a `bytea`.
  public static var postgresArrayType: PostgresType { .bytea }

  /// Writes the bytes as they are.
  public static func encode(array: Span<UInt8>, into bytes: inout PostgresBytes) {
    bytes.append(contentsOf: array.bytes)
  }

  /// Reads a `bytea`.
  public static func decode(array bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> [UInt8] {
    guard type == .bytea else { throw .type }
    return bytes.withUnsafeBytes { Array($0) }
  }
}

extension Array: PostgresArrayElement where Element == UInt8 {
  /// `bytea[]`.
  public static var postgresArrayType: PostgresType { .byteaArray }
}

extension Array: PostgresScalar where Element == UInt8 {}
