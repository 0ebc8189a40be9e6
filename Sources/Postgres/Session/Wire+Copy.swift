import CLibpq

extension Wire {
  /// What came of asking for a row.
  enum CopyProgress {
    case row
    case wait
    case end
  }

  /// Gives a closure the next row of a COPY out, if there is one already.
  @inline(__always)
  func nextCopyRow(_ body: (UnsafeRawPointer, Int) -> Void) -> CopyProgress {
    var row: UnsafeMutablePointer<CChar>?
    let length = PQgetCopyData(raw, &row, 1)
    guard length > 0, let row else { return length == 0 ? .wait : .end }
    body(UnsafeRawPointer(row), Int(length))
    PQfreemem(row)
    return .row
  }

  /// Hands rows to libpq; false when the connection is gone. What it cannot send yet it keeps.
  func putCopyData(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { raw in
      var offset = 0
      while offset < raw.count {
        let length = min(raw.count - offset, 1 << 20)
        guard let base = raw.baseAddress else { return true }
        guard PQputCopyData(self.raw, (base + offset).assumingMemoryBound(to: CChar.self), Int32(length)) == 1 else {
          return false
        }
        offset += length
      }
      return true
    }
  }

  func putCopyEnd(_ abortReason: String?) -> Bool { PQputCopyEnd(raw, abortReason) == 1 }

  /// The next notification that has come in.
  func nextNotification() -> Notification? {
    guard let notify = PQnotifies(raw) else { return nil }
    defer { PQfreemem(notify) }
    return Notification(
      channel: String(cString: notify.pointee.relname), payload: String(cString: notify.pointee.extra),
      backendPID: notify.pointee.be_pid)
  }
}
