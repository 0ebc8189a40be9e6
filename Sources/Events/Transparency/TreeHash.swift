internal import Crypto

/// A hash of the Merkle tree of RFC 6962: SHA-256.
@frozen
public struct TreeHash: Sendable, Hashable {
  @usableFromInline let first, second, third, fourth: UInt64

  /// How many bytes a hash has.
  public static let byteCount = 32

  /// The hash in those bytes.
  /// - Precondition: there are 32.
  public init(_ bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count == Self.byteCount, "a hash has 32 bytes, not \(bytes.count)")
    first = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
    second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    third = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
    fourth = bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
  }

  /// The hash in those bytes; nil unless there are 32.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self = bytes.withUnsafeBytes { TreeHash($0) }
  }

  /// Its 32 bytes.
  public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// Its 32 bytes, in place.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try Swift.withUnsafeBytes(of: self, body)
  }
}

extension TreeHash {
  /// The root of the tree without leaves: the hash of nothing.
  public static let empty = hash { _ in }

  /// The hash of a leaf: SHA-256 over a zero byte and the entry.
  public init(leaf entry: UnsafeRawBufferPointer) {
    self = Self.hash { hasher in
      var prefix: UInt8 = 0
      Swift.withUnsafeBytes(of: &prefix) { hasher.update(bufferPointer: $0) }
      hasher.update(bufferPointer: entry)
    }
  }

  /// The hash of a leaf.
  public init(leaf entry: [UInt8]) { self = entry.withUnsafeBytes { TreeHash(leaf: $0) } }

  /// The hash of bytes that begin with the zero byte already.
  init(prefixedLeaf bytes: UnsafeRawBufferPointer) { self = Self.hash { $0.update(bufferPointer: bytes) } }

  /// The hash of a node: SHA-256 over a byte of one and both hashes below.
  public init(left: TreeHash, right: TreeHash) {
    self = withUnsafeTemporaryAllocation(byteCount: 65, alignment: 1) { buffer in
      buffer[0] = 1
      buffer.storeBytes(of: left, toByteOffset: 1, as: TreeHash.self)
      buffer.storeBytes(of: right, toByteOffset: 33, as: TreeHash.self)
      return Self.hash { $0.update(bufferPointer: UnsafeRawBufferPointer(buffer)) }
    }
  }

  private static func hash(_ fill: (inout SHA256) -> Void) -> TreeHash {
    var hasher = SHA256()
    fill(&hasher)
    return hasher.finalize().withUnsafeBytes { TreeHash($0) }
  }
}

extension TreeHash: CustomStringConvertible {
  /// Lower-case hexadecimal.
  public var description: String {
    String(
      decoding: bytes.flatMap { [hexadecimalDigit($0 >> 4), hexadecimalDigit($0 & 15)] }, as: UTF8.self)
  }
}
