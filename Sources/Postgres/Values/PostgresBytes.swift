/// Bytes on their way to the server, in the server's binary format: big-endian, arrays of length-prefixed elements.
public struct PostgresBytes: Sendable, Hashable {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []

  /// Nothing written yet.
  public init() {}

  /// How many bytes were written.
  public var count: Int { bytes.count }

  /// Makes room for that many bytes more.
  public mutating func reserve(_ additional: Int) {
    let wanted = bytes.count + additional
    if wanted > bytes.capacity { bytes.reserveCapacity(max(wanted, bytes.capacity * 2)) }
  }

  /// Writes an integer, most significant byte first.
  @inline(__always)
  public mutating func append<Integer: FixedWidthInteger & BitwiseCopyable>(_ value: Integer) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes bytes as they are.
  public mutating func append(contentsOf raw: RawSpan) {
    raw.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  /// Writes bytes as they are.
  public mutating func append(contentsOf other: some Sequence<UInt8>) {
    bytes.append(contentsOf: other)
  }

  /// Writes the UTF-8 of a string.
  public mutating func append(utf8 text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  /// Overwrites four bytes written earlier, for a length known only afterwards.
  public mutating func patch(_ value: Int32, at offset: Int) {
    bytes.withUnsafeMutableBytes { $0.storeBytes(of: value.bigEndian, toByteOffset: offset, as: Int32.self) }
  }

  /// Writes `count` bytes by way of a closure that must fill all of them.
  mutating func appendRaw(_ count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void) {
    let start = bytes.count
    reserve(count)
    bytes.append(contentsOf: repeatElement(0, count: count))
    bytes.withUnsafeMutableBytes { fill(UnsafeMutableRawBufferPointer(rebasing: $0[start...])) }
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
