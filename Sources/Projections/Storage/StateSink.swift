internal import Crypto

/// Where a state's canonical bytes go: into a snapshot or into a hash. Numbers are little-endian, as on every machine
/// that Swift runs servers on; rows and lists are written as they lie in memory.
protocol StateSink {
  mutating func write(bytes: UnsafeRawBufferPointer)
}

extension StateSink {
  mutating func write(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { write(bytes: $0) }
  }

  mutating func write(_ text: String) {
    write(UInt64(text.utf8.count))
    var text = text
    text.withUTF8 { write(bytes: UnsafeRawBufferPointer($0)) }
  }

  mutating func write(_ values: [Int64]) {
    write(UInt64(values.count))
    values.withUnsafeBytes { write(bytes: $0) }
  }
}

/// Only counts.
struct CountingSink: StateSink {
  private(set) var count = 0

  mutating func write(bytes: UnsafeRawBufferPointer) { count += bytes.count }
}

/// Collects the bytes and hashes them on the way.
struct SnapshotSink: StateSink {
  private(set) var bytes: [UInt8] = []
  private var hash = HashSink()

  /// With room for so many bytes, so that a large state is not moved while it grows.
  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  mutating func write(bytes more: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: more)
    hash.write(bytes: more)
  }

  /// The bytes followed by their SHA-256.
  consuming func sealed() -> [UInt8] {
    var sealed = bytes
    // The digest goes into room that is there already: the bytes are not copied.
    bytes = []
    sealed.append(contentsOf: hash.digest)
    return sealed
  }
}

/// Only hashes.
struct HashSink: StateSink {
  private var hash = SHA256()

  mutating func write(bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  /// SHA-256 of what was written.
  var digest: [UInt8] { Array(hash.finalize()) }
}
