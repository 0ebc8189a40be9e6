/// A value that can be a parameter of a statement.
public protocol PostgresEncodable: Sendable {
  /// The parameter's type, as declared to the server.
  static var postgresType: PostgresType { get }
  /// Whether the parameter is SQL NULL; `encode` is not called then.
  var isPostgresNull: Bool { get }
  /// Writes the value in the server's binary format, without a length.
  func encode(into bytes: inout PostgresBytes)
}

extension PostgresEncodable {
  /// A plain value is never NULL.
  public var isPostgresNull: Bool { false }
}

/// A value that can be read from a column of a result.
public protocol PostgresDecodable: Sendable {
  /// Reads the value from a cell.
  /// - Throws: `type` when the column has another type, `malformed` when the bytes are not such a value.
  static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> Self
  /// What a cell that is NULL reads as.
  /// - Throws: `null`, except for optionals.
  static func decodeNull() throws(PostgresValueError) -> Self
  /// What the column should be, for error messages.
  static var postgresName: String { get }
}

extension PostgresDecodable {
  /// Refuses NULL.
  public static func decodeNull() throws(PostgresValueError) -> Self { throw .null }
}

extension PostgresDecodable where Self: PostgresEncodable {
  /// The SQL name of the type.
  public static var postgresName: String { postgresType.description }
}

/// A value that can be both a parameter and a result.
public typealias PostgresValue = PostgresEncodable & PostgresDecodable

/// Why a cell could not be read; the row adds where.
public enum PostgresValueError: Error, Sendable, Hashable {
  /// The cell is NULL.
  case null
  /// The column has another type.
  case type
  /// The bytes are not a value of the type; says what is wrong with them.
  case malformed(String)
}

/// A value that can stand in an array of the server's.
public protocol PostgresArrayElement: Sendable {
  /// The type of an array of these.
  static var postgresArrayType: PostgresType { get }
  /// Writes the whole array in the server's binary format, without a length.
  static func encode(array: Span<Self>, into bytes: inout PostgresBytes)
  /// Reads a whole array.
  static func decode(array bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> [Self]
}

/// A value that is one element: neither optional nor an array (except `[UInt8]`, which is `bytea`).
public protocol PostgresScalar: PostgresValue, PostgresArrayElement {
  /// Bytes of one encoded value if every value takes the same number, for reserving room.
  static var postgresSize: Int? { get }
}

extension PostgresScalar {
  /// Not the same for every value.
  public static var postgresSize: Int? { nil }
}

extension RawSpan {
  /// The big-endian integer at an offset; the caller has checked the bounds.
  @inline(__always)
  func bigEndian<Integer: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as _: Integer.Type) -> Integer {
    Integer(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: Integer.self))
  }
}
