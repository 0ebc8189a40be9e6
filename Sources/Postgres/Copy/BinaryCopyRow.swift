/// One row of a binary COPY: its fields are read from left to right. Valid only within the closure it is given to,
/// which is why it cannot be copied.
@frozen
public struct BinaryCopyRow: ~Copyable {
  @usableFromInline let start: UnsafeRawPointer
  @usableFromInline let end: Int
  @usableFromInline var offset: Int
  @usableFromInline var remaining: Int
  /// How many fields the row has.
  public let fieldCount: Int

  init(_ start: UnsafeRawPointer, offset: Int, end: Int, fieldCount: Int) {
    self.start = start
    self.end = end
    self.offset = offset
    self.fieldCount = fieldCount
    remaining = fieldCount
  }

  /// Goes on to the next field: its length, -1 for NULL.
  @inlinable
  @inline(__always)
  mutating func length() throws(PostgresError) -> Int {
    guard remaining > 0, offset + 4 <= end else { throw cut() }
    let length = Int(Int32(bigEndian: (start + offset).loadUnaligned(as: Int32.self)))
    guard length <= end - offset - 4 else { throw cut() }
    offset += 4
    remaining -= 1
    return length
  }

  /// The next field as an integer of exactly its size.
  @inlinable
  @inline(__always)
  mutating func fixed<Integer: FixedWidthInteger & BitwiseCopyable>(
    _: Integer.Type
  ) throws(PostgresError) -> Integer {
    let length = try length()
    guard length == MemoryLayout<Integer>.size else { throw wrongSize(length, MemoryLayout<Integer>.size) }
    defer { offset += length }
    return Integer(bigEndian: (start + offset).loadUnaligned(as: Integer.self))
  }

  /// The next field, a `smallint`.
  /// - Throws: `decoding` when it is NULL or of another size.
  @inlinable
  public mutating func int16() throws(PostgresError) -> Int16 { try fixed(Int16.self) }

  /// The next field, an `integer`.
  /// - Throws: `decoding` when it is NULL or of another size.
  @inlinable
  public mutating func int32() throws(PostgresError) -> Int32 { try fixed(Int32.self) }

  /// The next field, a `bigint`.
  /// - Throws: `decoding` when it is NULL or of another size.
  @inlinable
  public mutating func int64() throws(PostgresError) -> Int64 { try fixed(Int64.self) }

  /// The next field, a `uuid`.
  /// - Throws: `decoding` when it is NULL or of another size.
  @inlinable
  public mutating func uuid() throws(PostgresError) -> PostgresUUID {
    let length = try length()
    guard length == 16 else { throw wrongSize(length, 16) }
    defer { offset += length }
    return PostgresUUID(
      high: UInt64(bigEndian: (start + offset).loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: (start + offset + 8).loadUnaligned(as: UInt64.self)))
  }

  /// Gives a closure the bytes of the next field, without copying; `nil` for NULL.
  @inlinable
  public mutating func bytes<Value>(_ body: (RawSpan) throws -> Value) throws -> Value? {
    let length = try length()
    guard length >= 0 else { return nil }
    defer { offset += length }
    return try body(UnsafeRawBufferPointer(start: start + offset, count: length).bytes)
  }

  /// The next field as any type a column can be read as; the column's type is taken on trust.
  /// - Throws: `decoding` when it is NULL (and the type is not optional) or malformed.
  public mutating func next<Value: PostgresDecodable & PostgresEncodable>(
    _: Value.Type = Value.self
  ) throws(PostgresError) -> Value {
    let field = fieldCount - remaining
    let length = try length()
    defer { offset += max(length, 0) }
    do throws(PostgresValueError) {
      guard length >= 0 else { return try Value.decodeNull() }
      let bytes = UnsafeRawBufferPointer(start: start + offset, count: length).bytes
      return try Value.decode(bytes, as: Value.postgresType)
    } catch {
      throw PostgresError(.decoding, "field \(field) of a COPY row is no \(Value.postgresName): \(error)")
    }
  }

  /// Leaves out the next fields.
  /// - Throws: `protocolViolation` when the row has no so many.
  @inlinable
  public mutating func skip(_ count: Int = 1) throws(PostgresError) {
    for _ in 0..<count { offset += max(try length(), 0) }
  }

  /// Whether the next field is NULL.
  @inlinable
  public var isNull: Bool {
    remaining > 0 && offset + 4 <= end && (start + offset).loadUnaligned(as: Int32.self) == -1
  }

  /// Skips what was not read; where the row ends.
  mutating func finish() throws(PostgresError) -> Int {
    try skip(remaining)
    return offset
  }

  @usableFromInline
  func cut() -> PostgresError {
    remaining > 0
      ? BinaryCopyReader.violation("a cut row", offset)
      : PostgresError(.decoding, "a COPY row has only \(fieldCount) fields")
  }

  @usableFromInline
  func wrongSize(_ length: Int, _ expected: Int) -> PostgresError {
    let field = fieldCount - remaining - 1
    return PostgresError(
      .decoding, "field \(field) of a COPY row \(length < 0 ? "is NULL" : "has \(length) bytes"), expected \(expected)")
  }
}
