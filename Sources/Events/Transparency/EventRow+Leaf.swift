extension EventRow {
  /// The leaf hash of RFC 6962: SHA-256 over a zero byte and the line.
  public var leafHash: TreeHash {
    var bytes: [UInt8] = []
    return leafHash(using: &bytes)
  }

  /// The leaf hash, with room that is used again from event to event.
  public func leafHash(using scratch: inout [UInt8]) -> TreeHash {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(0)
    appendLine(to: &scratch)
    return scratch.withUnsafeBytes { TreeHash(prefixedLeaf: $0) }
  }
}

extension RecordedEvent {
  /// The leaf hash of the line that this program stores for the event.
  public func leafHash(using scratch: inout [UInt8]) -> TreeHash { EventRow(self).leafHash(using: &scratch) }
}
