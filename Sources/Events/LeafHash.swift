public import Crypto

extension EventRow {
  /// The leaf hash of RFC 6962: SHA-256 over a zero byte and the line.
  public var leafHash: SHA256Digest {
    var bytes: [UInt8] = [0]
    bytes.reserveCapacity(data.count + 320)
    appendLine(to: &bytes)
    return SHA256.hash(data: bytes)
  }
}
