public import FoundationEssentials

/// A UUID as two halves, for code that handles many of them.
@frozen
public struct PostgresUUID: PostgresScalar, Hashable, Comparable, BitwiseCopyable {
  /// The first eight bytes, most significant first.
  public var high: UInt64
  /// The last eight bytes, most significant first.
  public var low: UInt64

  /// A UUID from its halves.
  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The same UUID as Foundation's.
  public init(_ uuid: UUID) {
    let (high, low) = withUnsafeBytes(of: uuid.uuid) {
      ($0.load(as: UInt64.self), $0.load(fromByteOffset: 8, as: UInt64.self))
    }
    self.init(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low))
  }

  /// The same UUID as Foundation's.
  public var uuid: UUID {
    var raw: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    withUnsafeMutableBytes(of: &raw) {
      $0.storeBytes(of: high.bigEndian, as: UInt64.self)
      $0.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
    return UUID(uuid: raw)
  }

  /// The server's order: by bytes.
  @inlinable
  public static func < (left: PostgresUUID, right: PostgresUUID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// `uuid`.
  public static var postgresType: PostgresType { .uuid }
  /// `uuid[]`.
  public static var postgresArrayType: PostgresType { .uuidArray }
  /// Sixteen bytes.
  public static var postgresSize: Int? { 16 }

  /// Sixteen bytes.
  public func encode(into bytes: inout PostgresBytes) {
    bytes.append(high)
    bytes.append(low)
  }

  /// Reads a `uuid`.
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> PostgresUUID {
    guard type == .uuid else { throw .type }
    guard bytes.byteCount == 16 else { throw .malformed("\(bytes.byteCount) bytes instead of 16") }
    return PostgresUUID(
      high: bytes.bigEndian(at: 0, as: UInt64.self), low: bytes.bigEndian(at: 8, as: UInt64.self))
  }
}

extension PostgresUUID: CustomStringConvertible {
  /// The usual 36 characters, in lower case.
  public var description: String { uuid.uuidString.lowercased() }
}

extension UUID: PostgresScalar {
  /// `uuid`.
  public static var postgresType: PostgresType { .uuid }
  /// `uuid[]`.
  public static var postgresArrayType: PostgresType { .uuidArray }
  /// Sixteen bytes.
  public static var postgresSize: Int? { 16 }

  /// Sixteen bytes.
  public func encode(into bytes: inout PostgresBytes) { PostgresUUID(self).encode(into: &bytes) }

  /// Reads a `uuid`.
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> UUID {
    try PostgresUUID.decode(bytes, as: type).uuid
  }
}
