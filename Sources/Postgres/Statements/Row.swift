/// One row of a result.
public struct Row: Sendable {
  /// The result it belongs to.
  public let rows: Rows
  /// Its place in the result.
  public let index: Int

  /// Reads the cell of a column.
  /// - Throws: `decoding` when it is NULL, of another type or malformed.
  public func decode<Value: PostgresDecodable>(
    _ column: Int, as _: Value.Type = Value.self
  ) throws(PostgresError) -> Value {
    try rows.decode(row: index, column: column, as: Value.self)
  }

  /// Reads the cell of a column.
  /// - Throws: `decoding` when there is no such column, or it is NULL, of another type or malformed.
  /// - Complexity: O(columns); prefer the index in loops.
  public func decode<Value: PostgresDecodable>(
    _ name: String, as _: Value.Type = Value.self
  ) throws(PostgresError) -> Value {
    guard let column = rows.column(named: name) else {
      throw PostgresError(
        .decoding, "no column \(name) in the result, which has \(rows.columnNames.joined(separator: ", "))")
    }
    return try decode(column)
  }

  /// Reads the first columns into a tuple: `let (id, name) = try row.decode(Int64.self, String.self)`.
  /// - Throws: `decoding`, as for a single column.
  public func decode<each Value: PostgresDecodable>(
    _ types: repeat (each Value).Type
  ) throws(PostgresError) -> (repeat each Value) {
    var column = 0
    return try (repeat decodeNext(&column, as: each types))
  }

  private func decodeNext<Value: PostgresDecodable>(
    _ column: inout Int, as _: Value.Type
  ) throws(PostgresError) -> Value {
    defer { column += 1 }
    guard column < rows.columnCount else {
      throw PostgresError(.decoding, "asked for column \(column) of a result with \(rows.columnCount) columns")
    }
    return try decode(column)
  }

  /// Whether the cell of a column is NULL.
  public func isNull(_ column: Int) -> Bool { rows.withBytes(row: index, column: column) { _ in true } == nil }

  /// Gives a closure the bytes of a cell, without copying; `nil` for NULL.
  public func withBytes<Value, Failure: Error>(
    _ column: Int, _ body: (RawSpan) throws(Failure) -> Value
  ) throws(Failure) -> Value? {
    try rows.withBytes(row: index, column: column, body)
  }
}
