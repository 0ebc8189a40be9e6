/// A growing list of plain rows in chunks of a fixed size: appending never moves what is there, nothing is reserved in
/// vain, and a copy of the value shares every chunk that does not change afterwards.
struct Column<Row: BitwiseCopyable & Sendable>: Sendable {
  private static var shift: Int { 12 }
  private static var chunkRows: Int { 1 << shift }

  private(set) var count = 0
  private var chunks: ContiguousArray<ContiguousArray<Row>> = []

  init() {}

  init(repeating row: Row, count: Int) {
    let full = ContiguousArray(repeating: row, count: min(count, Self.chunkRows))
    while self.count < count {
      let rows = min(Self.chunkRows, count - self.count)
      chunks.append(rows == full.count ? full : ContiguousArray(repeating: row, count: rows))
      self.count += rows
    }
  }

  subscript(index: Int) -> Row {
    @inline(__always) get { chunks[index >> Self.shift][index & (Self.chunkRows - 1)] }
    @inline(__always) _modify { yield &chunks[index >> Self.shift][index & (Self.chunkRows - 1)] }
  }

  subscript(ordinal: UInt32) -> Row {
    @inline(__always) get { self[Int(ordinal)] }
    @inline(__always) _modify { yield &self[Int(ordinal)] }
  }

  /// Appends a row and returns its ordinal.
  @discardableResult
  mutating func append(_ row: Row) -> UInt32 {
    if count & (Self.chunkRows - 1) == 0 {
      var chunk: ContiguousArray<Row> = []
      chunk.reserveCapacity(count == 0 ? 0 : Self.chunkRows)
      chunks.append(chunk)
    }
    chunks[chunks.count - 1].append(row)
    count += 1
    return UInt32(count - 1)
  }

  /// Bytes of chunks that the other column does not hold as well. O(chunks).
  func bytes(notSharedWith other: Column) -> Int {
    var bytes = 0
    for (index, chunk) in chunks.enumerated() {
      let isShared = index < other.chunks.count && chunk.isIdentical(to: other.chunks[index])
      bytes += isShared ? 0 : chunk.capacity * MemoryLayout<Row>.stride
    }
    return bytes
  }

  func write(to sink: inout some StateSink) {
    sink.write(UInt64(count))
    for chunk in chunks { chunk.withUnsafeBytes { sink.write(bytes: $0) } }
  }

  init(from source: inout StateSource) throws(SnapshotError) {
    let count = try source.count(ofSize: MemoryLayout<Row>.stride)
    while self.count < count {
      let rows = min(Self.chunkRows, count - self.count)
      let bytes = try source.take(rows * MemoryLayout<Row>.stride)
      chunks.append(
        ContiguousArray(unsafeUninitializedCapacity: rows) { buffer, initialized in
          UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
          initialized = rows
        })
      self.count += rows
    }
  }
}

extension ContiguousArray {
  /// The same storage, not just the same elements.
  fileprivate func isIdentical(to other: ContiguousArray) -> Bool {
    withUnsafeBufferPointer { own in other.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress } }
  }
}

/// A link to a row: its ordinal and one more, so that zero is "none".
struct Link: BitwiseCopyable, Sendable, Equatable {
  var raw: UInt32 = 0

  static let none = Link()

  init() {}

  init(_ ordinal: UInt32) { raw = ordinal + 1 }

  /// The row's ordinal; nil for none.
  var ordinal: UInt32? { raw == 0 ? nil : raw - 1 }
}
