/// Why a snapshot cannot be used. The answer is always the same: take an older one, or replay the log.
public enum SnapshotError: Error, Sendable, Equatable {
  /// It does not begin like a snapshot.
  case notASnapshot
  /// Another version of the program wrote it.
  case otherVersion(UInt32)
  /// It was made under other rules.
  case otherRules
  /// Its bytes are not those that were written.
  case damaged
}

/// Reads canonical bytes back. The buffer outlives it.
struct StateSource {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func take(_ count: Int) throws(SnapshotError) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= bytes.count - offset else { throw .damaged }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)])
  }

  mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws(SnapshotError) -> Value {
    Value(littleEndian: try take(MemoryLayout<Value>.size).loadUnaligned(as: Value.self))
  }

  /// A number of rows, each of a size, that are really there.
  mutating func count(ofSize size: Int) throws(SnapshotError) -> Int {
    guard let count = Int(exactly: try integer(UInt64.self)), count <= (bytes.count - offset) / size else {
      throw .damaged
    }
    return count
  }

  mutating func text() throws(SnapshotError) -> String {
    let count = try count(ofSize: 1)
    return String(decoding: try take(count), as: UTF8.self)
  }

  mutating func integers() throws(SnapshotError) -> [Int64] {
    let count = try count(ofSize: 8)
    let bytes = try take(8 * count)
    return [Int64](unsafeUninitializedCapacity: count) { values, initialized in
      UnsafeMutableRawBufferPointer(values).copyMemory(from: bytes)
      initialized = count
    }
  }
}
