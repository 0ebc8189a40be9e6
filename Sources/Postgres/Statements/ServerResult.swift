import CLibpq

/// Owns one PGresult.
///
/// `@unchecked Sendable`: libpq never changes a result after handing it over, its getters only read, and it is
/// cleared once, in `deinit`, when nobody can read any more.
final class ServerResult: @unchecked Sendable {
  let raw: OpaquePointer

  init(_ raw: OpaquePointer) { self.raw = raw }

  deinit { PQclear(raw) }

  var status: ExecStatusType { PQresultStatus(raw) }
  var rowCount: Int { Int(PQntuples(raw)) }
  var columnCount: Int { Int(PQnfields(raw)) }

  func columnName(_ column: Int) -> String { String(cString: PQfname(raw, Int32(column))) }
  func columnType(_ column: Int) -> PostgresType { PostgresType(oid: PQftype(raw, Int32(column))) }
  func isBinary(_ column: Int) -> Bool { PQfformat(raw, Int32(column)) == 1 }
  var commandTag: String { String(cString: PQcmdStatus(raw)) }
  var affectedRows: Int { Int(String(cString: PQcmdTuples(raw))) ?? 0 }

  /// A field of an error, by the constants of the shim.
  func diagnostic(_ field: Int32) -> String? { PQresultErrorField(raw, field).map { String(cString: $0) } }
  var errorMessage: String { String(cString: PQresultErrorMessage(raw)).trimmedNewline }

  /// The bytes of a cell, `nil` for NULL. Valid while the result lives.
  @inline(__always)
  func bytes(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer? {
    let length = PQgetlength(raw, Int32(row), Int32(column))
    if length == 0, PQgetisnull(raw, Int32(row), Int32(column)) == 1 { return nil }
    return UnsafeRawBufferPointer(start: PQgetvalue(raw, Int32(row), Int32(column)), count: Int(length))
  }
}

extension String {
  /// libpq ends its messages with a newline.
  var trimmedNewline: String {
    var text = self
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }
}
