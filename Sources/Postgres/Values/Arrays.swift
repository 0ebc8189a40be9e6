extension Array: PostgresEncodable where Element: PostgresArrayElement {
  /// The array type of the element; `bytea` for bytes.
  public static var postgresType: PostgresType { Element.postgresArrayType }
  /// Writes all elements.
  /// - Complexity: O(bytes).
  public func encode(into bytes: inout PostgresBytes) { Element.encode(array: span, into: &bytes) }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
  /// Reads an array of one dimension.
  /// - Complexity: O(bytes).
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> [Element] {
    try Element.decode(array: bytes, as: type)
  }
}

extension PostgresScalar {
  /// Writes header and elements.
  public static func encode(array: Span<Self>, into bytes: inout PostgresBytes) {
    guard !array.isEmpty else { return ArrayFormat.emptyHeader(of: postgresType, into: &bytes) }
    if let size = postgresSize { bytes.reserve(ArrayFormat.headerSize + array.count * (4 + size)) }
    ArrayFormat.header(count: array.count, of: postgresType, hasNulls: false, into: &bytes)
    for index in array.indices { ArrayFormat.element(array[index], into: &bytes) }
  }

  /// Reads an array without NULLs.
  public static func decode(array bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> [Self] {
    var reader = try ArrayReader(bytes)
    var values: [Self] = []
    values.reserveCapacity(reader.remaining)
    while reader.remaining > 0 {
      guard let range = try reader.next(bytes) else { throw .malformed("NULL in an array of values") }
      values.append(try decode(bytes.extracting(range), as: reader.elementType))
    }
    return values
  }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresScalar {
  /// The array type of the wrapped type.
  public static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }

  /// Writes header and elements, NULL for `nil`.
  public static func encode(array: Span<Wrapped?>, into bytes: inout PostgresBytes) {
    guard !array.isEmpty else { return ArrayFormat.emptyHeader(of: Wrapped.postgresType, into: &bytes) }
    let hasNulls = array.indices.contains { array[$0] == nil }
    ArrayFormat.header(count: array.count, of: Wrapped.postgresType, hasNulls: hasNulls, into: &bytes)
    for index in array.indices {
      if let value = array[index] { ArrayFormat.element(value, into: &bytes) } else { bytes.append(-1 as Int32) }
    }
  }

  /// Reads an array, `nil` for NULL.
  public static func decode(array bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> [Wrapped?] {
    var reader = try ArrayReader(bytes)
    var values: [Wrapped?] = []
    values.reserveCapacity(reader.remaining)
    while reader.remaining > 0 {
      if let range = try reader.next(bytes) {
        values.append(try Wrapped.decode(bytes.extracting(range), as: reader.elementType))
      } else {
        values.append(nil)
      }
    }
    return values
  }
}
