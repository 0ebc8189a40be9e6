/// An instant as the server keeps it: whole microseconds.
@frozen
public struct PostgresTimestamp: PostgresScalar, Hashable, Comparable, BitwiseCopyable {
  /// Microseconds since 1970-01-01 00:00 UTC.
  public var microseconds: Int64

  /// The instant that many microseconds after 1970-01-01 00:00 UTC.
  @inlinable
  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// The server's `infinity`, after every instant.
  public static let infinity = PostgresTimestamp(microseconds: .max)
  /// The server's `-infinity`, before every instant.
  public static let negativeInfinity = PostgresTimestamp(microseconds: .min)

  /// In order of time.
  @inlinable
  public static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  /// `timestamp with time zone`.
  public static var postgresType: PostgresType { .timestamptz }
  /// `timestamp with time zone[]`.
  public static var postgresArrayType: PostgresType { .timestamptzArray }
  /// Eight bytes.
  public static var postgresSize: Int? { 8 }

  /// Microseconds between 1970-01-01 and 2000-01-01, where the server's count starts.
  static let serverEpoch: Int64 = 946_684_800_000_000

  /// Microseconds since 2000-01-01; instants more than 292,000 years away become the infinities.
  public func encode(into bytes: inout PostgresBytes) {
    bytes.append(serverMicroseconds)
  }

  var serverMicroseconds: Int64 {
    if microseconds == .max { return .max }
    let (value, overflow) = microseconds.subtractingReportingOverflow(Self.serverEpoch)
    return overflow ? .min : value
  }

  /// Reads a `timestamptz`.
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> PostgresTimestamp {
    guard type == .timestamptz else { throw .type }
    let raw: Int64 = try fixed(bytes)
    if raw == .max || raw == .min { return PostgresTimestamp(microseconds: raw) }
    let (value, overflow) = raw.addingReportingOverflow(serverEpoch)
    guard !overflow else { throw .malformed("\(raw) microseconds since 2000 do not fit when counted from 1970") }
    return PostgresTimestamp(microseconds: value)
  }
}
