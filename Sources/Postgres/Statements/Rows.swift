/// The result of a statement: rows of cells, kept in the form the server sent them. Copies share it.
public struct Rows: Sendable {
  let result: ServerResult

  init(_ result: ServerResult) { self.result = result }

  /// How many columns a row has.
  public var columnCount: Int { result.columnCount }

  /// The columns' names in order.
  public var columnNames: [String] { (0..<columnCount).map { result.columnName($0) } }

  /// What the server says it did: `INSERT 0 3`, `SELECT 1`.
  public var commandTag: String { result.commandTag }

  /// How many rows an INSERT, UPDATE, DELETE or SELECT touched.
  public var affectedRows: Int { result.affectedRows }

  /// A column's type.
  public func type(ofColumn column: Int) -> PostgresType {
    precondition(column >= 0 && column < columnCount, "no column \(column) among \(columnCount)")
    return result.columnType(column)
  }

  /// The index of the first column of that name, `nil` if there is none.
  /// - Complexity: O(columns).
  public func column(named name: String) -> Int? {
    (0..<columnCount).first { result.columnName($0) == name }
  }

  /// Gives a closure the bytes of a cell in the server's binary format, without copying; `nil` for NULL.
  public func withBytes<Value, Failure: Error>(
    row: Int, column: Int, _ body: (RawSpan) throws(Failure) -> Value
  ) throws(Failure) -> Value? {
    precondition(row >= 0 && row < count, "no row \(row) among \(count)")
    precondition(column >= 0 && column < columnCount, "no column \(column) among \(columnCount)")
    guard let bytes = result.bytes(row, column) else { return nil }
    return try withExtendedLifetime(result) { () throws(Failure) -> Value in try body(bytes.bytes) }
  }

  /// Reads a cell.
  /// - Throws: `decoding` when it is NULL, of another type or malformed.
  public func decode<Value: PostgresDecodable>(
    row: Int, column: Int, as _: Value.Type = Value.self
  ) throws(PostgresError) -> Value {
    do throws(PostgresValueError) {
      let value = try withBytes(row: row, column: column) { (bytes) throws(PostgresValueError) -> Value in
        try Value.decode(bytes, as: result.columnType(column))
      }
      guard let value else { return try Value.decodeNull() }
      return value
    } catch {
      throw decodingError(error, row: row, column: column, expected: Value.postgresName)
    }
  }

  private func decodingError(
    _ error: PostgresValueError, row: Int, column: Int, expected: String
  ) -> PostgresError {
    let place = "column \(result.columnName(column)) of row \(row)"
    let problem =
      switch error {
      case .null: "is NULL, expected \(expected)"
      case .type: "is \(result.columnType(column)), expected \(expected)"
      case .malformed(let what): "is no \(expected): \(what)"
      }
    var wrapped = PostgresError(.decoding, "\(place) \(problem)")
    wrapped.column = result.columnName(column)
    return wrapped
  }
}

extension Rows: RandomAccessCollection {
  /// The first row's index, zero.
  public var startIndex: Int { 0 }
  /// One past the last row's index.
  public var endIndex: Int { result.rowCount }

  /// One row.
  public subscript(row: Int) -> Row {
    precondition(row >= 0 && row < count, "no row \(row) among \(count)")
    return Row(rows: self, index: row)
  }
}
