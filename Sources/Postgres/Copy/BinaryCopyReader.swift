/// Reads the rows of a binary COPY out of its chunks, without an allocation per row.
///
/// ```swift
/// var reader = BinaryCopyReader()
/// for try await chunk in session.copyOut("COPY t TO STDOUT (FORMAT binary)") {
///   try reader.read(chunk) { row in
///     let position = try row.int64()
///     ...
///   }
/// }
/// ```
public struct BinaryCopyReader: Sendable {
  private var isPastHeader = false
  private var isPastTrailer = false
  /// Rows read so far.
  public private(set) var rowCount = 0

  /// A reader at the beginning of a COPY.
  public init() {}

  private static let signature: [UInt8] = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
  private static let headerSize = 19

  /// Whether the end of the COPY has been read.
  public var isComplete: Bool { isPastTrailer }

  /// Gives a closure every row of a chunk, in order. Fields it leaves unread are skipped.
  /// - Throws: `protocolViolation` when the bytes are no binary COPY, `decoding` when a field is not what the
  ///   closure asked for, and what else the closure throws.
  /// - Complexity: O(bytes).
  public mutating func read(_ chunk: CopyChunk, _ body: (inout BinaryCopyRow) throws -> Void) throws {
    try withExtendedLifetime(chunk.buffer) {
      var offset = try header(chunk.buffer)
      let (start, end) = (UnsafeRawPointer(chunk.buffer.start), chunk.buffer.count)
      while offset < end {
        guard !isPastTrailer, offset + 2 <= end else { throw Self.violation("bytes after the end", offset) }
        let fields = Int(Int16(bigEndian: (start + offset).loadUnaligned(as: Int16.self)))
        offset += 2
        guard fields >= 0 else {
          isPastTrailer = true
          continue
        }
        var row = BinaryCopyRow(start, offset: offset, end: end, fieldCount: fields)
        try body(&row)
        offset = try row.finish()
        rowCount += 1
      }
    }
  }

  /// Checks the header at the beginning of the first chunk; where the first row starts.
  private mutating func header(_ buffer: CopyBuffer) throws(PostgresError) -> Int {
    guard !isPastHeader else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: buffer.start, count: buffer.count)
    guard bytes.count >= Self.headerSize, bytes.starts(with: Self.signature) else {
      throw Self.violation("no binary COPY: the signature is missing", 0)
    }
    let extensionLength = Int(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: 15, as: Int32.self)))
    guard extensionLength >= 0, Self.headerSize + extensionLength <= bytes.count else {
      throw Self.violation("a header extension of \(extensionLength) bytes", 15)
    }
    isPastHeader = true
    return Self.headerSize + extensionLength
  }

  static func violation(_ what: String, _ offset: Int) -> PostgresError {
    PostgresError(.protocolViolation, "\(what), at byte \(offset) of the chunk")
  }
}
