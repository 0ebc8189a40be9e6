import Glibc

/// A run of whole rows of a COPY, as the server sent them. Copies share the bytes.
public struct CopyChunk: Sendable {
  let buffer: CopyBuffer

  /// How many bytes.
  public var byteCount: Int { buffer.count }

  /// Gives a closure the bytes, without copying.
  public func withBytes<Value, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Value) throws(Failure) -> Value {
    try withExtendedLifetime(buffer) { () throws(Failure) -> Value in
      try body(UnsafeRawBufferPointer(start: buffer.start, count: buffer.count).bytes)
    }
  }

  /// A copy of the bytes.
  public var bytes: [UInt8] { withBytes { span in span.withUnsafeBytes { Array($0) } } }
}

/// Memory that a session's thread fills, and that nobody changes afterwards.
///
/// `@unchecked Sendable`: only the session's thread appends, before it puts the buffer into a channel; the channel's
/// lock orders that before every reader.
final class CopyBuffer: @unchecked Sendable {
  let start: UnsafeMutableRawPointer
  let capacity: Int
  private(set) var count = 0

  /// What a chunk holds, unless a single row is longer.
  static var usualCapacity: Int { 128 * 1024 }

  init(capacity: Int) {
    self.capacity = capacity
    start = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { start.deallocate() }

  /// Appends a row; false when there is no room for all of it.
  func append(_ row: UnsafeRawPointer, _ length: Int) -> Bool {
    guard count + length <= capacity else { return false }
    memcpy(start + count, row, length)
    count += length
    return true
  }
}
