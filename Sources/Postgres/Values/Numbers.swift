extension Bool: PostgresScalar {
  /// `boolean`.
  public static var postgresType: PostgresType { .bool }
  /// `boolean[]`.
  public static var postgresArrayType: PostgresType { .boolArray }
  /// One byte.
  public static var postgresSize: Int? { 1 }

  /// One byte, 1 for true.
  public func encode(into bytes: inout PostgresBytes) { bytes.append(self ? 1 as UInt8 : 0) }

  /// Reads a `boolean`.
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> Bool {
    guard type == .bool else { throw .type }
    guard bytes.byteCount == 1 else { throw .malformed("\(bytes.byteCount) bytes instead of 1") }
    return bytes.bigEndian(at: 0, as: UInt8.self) != 0
  }
}

extension Int16: PostgresScalar {
  /// `smallint`.
  public static var postgresType: PostgresType { .int2 }
  /// `smallint[]`.
  public static var postgresArrayType: PostgresType { .int2Array }
  /// Two bytes.
  public static var postgresSize: Int? { 2 }

  /// Two bytes, most significant first.
  public func encode(into bytes: inout PostgresBytes) { bytes.append(self) }

  /// Reads a `smallint`.
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> Int16 {
    guard type == .int2 else { throw .type }
    return try fixed(bytes)
  }
}

extension Int32: PostgresScalar {
  /// `integer`.
  public static var postgresType: PostgresType { .int4 }
  /// `integer[]`.
  public static var postgresArrayType: PostgresType { .int4Array }
  /// Four bytes.
  public static var postgresSize: Int? { 4 }

  /// Four bytes, most significant first.
  public func encode(into bytes: inout PostgresBytes) { bytes.append(self) }

  /// Reads an `integer` or a `smallint`.
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> Int32 {
    switch type {
    case .int4: try fixed(bytes)
    case .int2: Int32(try fixed(bytes) as Int16)
    default: throw .type
    }
  }
}

extension Int64: PostgresScalar {
  /// `bigint`.
  public static var postgresType: PostgresType { .int8 }
  /// `bigint[]`.
  public static var postgresArrayType: PostgresType { .int8Array }
  /// Eight bytes.
  public static var postgresSize: Int? { 8 }

  /// Eight bytes, most significant first.
  public func encode(into bytes: inout PostgresBytes) { bytes.append(self) }

  /// Reads a `bigint`, `integer`, `smallint` or `oid`.
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> Int64 {
    switch type {
    case .int8: try fixed(bytes)
    case .int4: Int64(try fixed(bytes) as Int32)
    case .int2: Int64(try fixed(bytes) as Int16)
    case .oid: Int64(try fixed(bytes) as UInt32)
    default: throw .type
    }
  }
}

extension Int: PostgresScalar {
  /// `bigint`.
  public static var postgresType: PostgresType { .int8 }
  /// `bigint[]`.
  public static var postgresArrayType: PostgresType { .int8Array }
  /// Eight bytes.
  public static var postgresSize: Int? { 8 }

  /// Eight bytes, most significant first.
  public func encode(into bytes: inout PostgresBytes) { bytes.append(Int64(self)) }

  /// Reads what `Int64` reads.
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> Int {
    Int(try Int64.decode(bytes, as: type))
  }
}

extension Double: PostgresScalar {
  /// `double precision`.
  public static var postgresType: PostgresType { .float8 }
  /// `double precision[]`.
  public static var postgresArrayType: PostgresType { .float8Array }
  /// Eight bytes.
  public static var postgresSize: Int? { 8 }

  /// The bit pattern, most significant byte first.
  public func encode(into bytes: inout PostgresBytes) { bytes.append(bitPattern) }

  /// Reads a `double precision` or a `real`.
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> Double {
    switch type {
    case .float8: Double(bitPattern: try fixed(bytes))
    case .float4: Double(Float(bitPattern: try fixed(bytes)))
    default: throw .type
    }
  }
}

/// The one big-endian integer that a cell consists of.
@inline(__always)
func fixed<Integer: FixedWidthInteger & BitwiseCopyable>(_ bytes: RawSpan) throws(PostgresValueError) -> Integer {
  guard bytes.byteCount == MemoryLayout<Integer>.size else {
    throw .malformed("\(bytes.byteCount) bytes instead of \(MemoryLayout<Integer>.size)")
  }
  return bytes.bigEndian(at: 0, as: Integer.self)
}
