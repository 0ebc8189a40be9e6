/// Builds the stream of a binary COPY … FROM STDIN, piece by piece.
///
/// ```swift
/// var writer = BinaryCopyWriter()
/// writer.row(2)
/// writer.append(7 as Int64)
/// writer.append("text")
/// writer.finish()
/// try await copy.write(writer.take())
/// ```
public struct BinaryCopyWriter: Sendable {
  private var buffer = PostgresBytes()
  /// Fields that the row under way still lacks.
  private var missing = 0
  /// Rows begun so far.
  public private(set) var rowCount = 0

  /// A stream with nothing but its header.
  public init() {
    buffer.append(contentsOf: [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00] as [UInt8])
    buffer.append(0 as Int32)
    buffer.append(0 as Int32)
  }

  /// How many bytes wait to be taken.
  public var byteCount: Int { buffer.count }

  /// Begins a row of that many fields, each of which has to be appended.
  public mutating func row(_ fieldCount: Int) {
    precondition(missing == 0, "the row before lacks \(missing) fields")
    buffer.append(Int16(fieldCount))
    missing = fieldCount
    rowCount += 1
  }

  /// Adds the next field; its type must be the column's, the server does not convert.
  public mutating func append(_ value: some PostgresEncodable) {
    guard !value.isPostgresNull else { return appendNull() }
    let lengthAt = buffer.count
    buffer.append(0 as Int32)
    value.encode(into: &buffer)
    buffer.patch(Int32(buffer.count - lengthAt - 4), at: lengthAt)
    count()
  }

  /// Adds the next field from bytes already in the server's binary format.
  public mutating func append(bytes: RawSpan) {
    buffer.append(Int32(bytes.byteCount))
    buffer.append(contentsOf: bytes)
    count()
  }

  /// Adds NULL as the next field.
  public mutating func appendNull() {
    buffer.append(-1 as Int32)
    count()
  }

  private mutating func count() {
    precondition(missing > 0, "the row has all its fields already")
    missing -= 1
  }

  /// Writes the end of the stream.
  public mutating func finish() {
    precondition(missing == 0, "the last row lacks \(missing) fields")
    buffer.append(-1 as Int16)
  }

  /// Takes out what was written so far.
  public mutating func take() -> [UInt8] {
    let bytes = buffer.bytes
    let capacity = buffer.count
    buffer = PostgresBytes()
    buffer.reserve(capacity)
    return bytes
  }
}
