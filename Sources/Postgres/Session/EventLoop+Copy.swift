import CLibpq

extension EventLoop {
  /// Moves rows of a COPY. False when it has to wait for the socket or the caller.
  func advanceCopy(_ request: Request, _ wire: Wire) -> Bool {
    switch request.work {
    case .copyOut(_, let channel): receive(channel, wire)
    case .copyIn(_, let channel): supply(channel, wire)
    case .script, .calls, .lease: false
    }
  }

  private func receive(_ channel: CopyOutChannel, _ wire: Wire) -> Bool {
    let isUnwanted = machine.head?.stop != nil
    var isDry = false
    while channel.hasRoom || isUnwanted {
      switch wire.nextCopyRow({ row, length in gather(row, length, isUnwanted ? nil : channel) }) {
      case .row: isDry = false
      case .wait:
        guard !isDry else {
          simple?.wantsToRead = true
          return false
        }
        isDry = true
        guard wire.consumeInput() else {
          readLastWords(wire)
          return false
        }
      case .end:
        if let rest = simple?.gathered, rest.count > 0, !isUnwanted { channel.push(CopyChunk(buffer: rest)) }
        simple?.gathered = nil
        simple?.isCopying = false
        simple?.wantsToRead = true
        return true
      }
    }
    simple?.wantsToRead = false
    return false
  }

  private func gather(_ row: UnsafeRawPointer, _ length: Int, _ channel: CopyOutChannel?) {
    guard let channel else { return }
    if let buffer = simple?.gathered {
      if buffer.append(row, length) { return }
      channel.push(CopyChunk(buffer: buffer))
    }
    let fresh = CopyBuffer(capacity: max(length, CopyBuffer.usualCapacity))
    _ = fresh.append(row, length)
    simple?.gathered = fresh
  }

  private func supply(_ channel: CopyInChannel, _ wire: Wire) -> Bool {
    if let stop = machine.head?.stop {
      return endCopyIn(wire, stop == .timeout ? "time ran out" : "cancelled")
    }
    while failure == nil {
      guard !unsentBytes else { return false }
      switch channel.take() {
      case .nothingYet: return false
      case .end: return endCopyIn(wire, nil)
      case .abort(let reason): return endCopyIn(wire, reason)
      case .bytes(let bytes):
        guard wire.putCopyData(bytes) else {
          readLastWords(wire)
          return false
        }
        flush(wire)
      }
    }
    return false
  }

  private func endCopyIn(_ wire: Wire, _ abortReason: String?) -> Bool {
    guard wire.putCopyEnd(abortReason) else {
      readLastWords(wire)
      return false
    }
    simple?.isCopying = false
    flush(wire)
    return true
  }
}
