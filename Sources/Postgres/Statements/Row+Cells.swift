/// Cells of the types that are read by the million. Generic reading is not specialised across modules; these are plain
/// functions.
extension Row {
  /// A `bigint`.
  /// - Throws: `decoding`, as for `decode`.
  package func int64(_ column: Int) throws(PostgresError) -> Int64 {
    guard let bytes = cell(column, .int8, 8) else { return try decode(column) }
    return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
  }

  /// An `integer`.
  /// - Throws: `decoding`, as for `decode`.
  package func int32(_ column: Int) throws(PostgresError) -> Int32 {
    guard let bytes = cell(column, .int4, 4) else { return try decode(column) }
    return Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))
  }

  /// A `uuid`.
  /// - Throws: `decoding`, as for `decode`.
  package func uuid(_ column: Int) throws(PostgresError) -> PostgresUUID {
    guard let bytes = cell(column, .uuid, 16) else { return try decode(column) }
    return PostgresUUID(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

  /// A `timestamptz`, in microseconds since 2000-01-01.
  /// - Throws: `decoding`, as for `decode`.
  package func serverMicroseconds(_ column: Int) throws(PostgresError) -> Int64 {
    guard let bytes = cell(column, .timestamptz, 8) else {
      throw PostgresError(.decoding, "column \(column) of row \(index) is no time of the server's")
    }
    return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
  }

  /// The bytes of a cell as they came; nil for NULL. Valid while the row is.
  package func unsafeBytes(_ column: Int) -> UnsafeRawBufferPointer? {
    precondition(column >= 0 && column < rows.columnCount, "no column \(column) among \(rows.columnCount)")
    return rows.result.bytes(index, column)
  }

  /// The bytes of a cell of that type and size; nil for anything else, which generic reading then explains.
  @inline(__always)
  private func cell(_ column: Int, _ type: PostgresType, _ size: Int) -> UnsafeRawBufferPointer? {
    guard column < rows.columnCount, let bytes = rows.result.bytes(index, column), bytes.count == size,
      rows.result.columnType(column) == type
    else { return nil }
    return bytes
  }
}
