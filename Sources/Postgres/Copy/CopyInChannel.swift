import DequeModule
import Synchronization

/// Bytes between the task that feeds a COPY and the session's thread. Bounded: the writer waits while the server is
/// behind.
final class CopyInChannel: Sendable {
  /// What the thread does next.
  enum Supply: Sendable {
    case bytes([UInt8])
    case nothingYet
    case end
    case abort(String)
  }

  private struct State {
    var pending: Deque<[UInt8]> = []
    var pendingBytes = 0
    var isComplete = false
    var abortReason: String?
    var outcome: Request.Outcome?
    var writer: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())
  static var byteBound: Int { 1 << 20 }

  /// Leaves bytes for the thread, and waits while there is too much.
  func write(_ bytes: [UInt8], wake: () -> Void) async throws(PostgresError) {
    guard !bytes.isEmpty else { return }
    if let outcome = state.withLock({ $0.outcome }) { throw Self.failure(outcome) }
    state.withLock { state in
      state.pending.append(bytes)
      state.pendingBytes += bytes.count
    }
    wake()
    await until { $0.pendingBytes < Self.byteBound || $0.outcome != nil }
    if let outcome = state.withLock({ $0.outcome }) { throw Self.failure(outcome) }
  }

  /// Says that nothing more comes, and waits for what the server says.
  func finish(abort reason: String?, wake: () -> Void) async -> Request.Outcome {
    state.withLock { state in
      state.isComplete = true
      state.abortReason = reason
    }
    wake()
    await until { $0.outcome != nil }
    return state.withLock { $0.outcome } ?? .failed(PostgresError(.protocolViolation, "COPY ended without a result"))
  }

  func take() -> Supply {
    let (supply, writer) = state.withLock { state -> (Supply, CheckedContinuation<Void, Never>?) in
      if let reason = state.abortReason { return (.abort(reason), nil) }
      guard let bytes = state.pending.popFirst() else { return (state.isComplete ? .end : .nothingYet, nil) }
      state.pendingBytes -= bytes.count
      guard state.pendingBytes < Self.byteBound else { return (.bytes(bytes), nil) }
      defer { state.writer = nil }
      return (.bytes(bytes), state.writer)
    }
    writer?.resume()
    return supply
  }

  func end(_ outcome: Request.Outcome) {
    let writer = state.withLock { state in
      state.outcome = state.outcome ?? outcome
      defer { state.writer = nil }
      return state.writer
    }
    writer?.resume()
  }

  private func until(_ isTrue: @Sendable (borrowing State) -> Bool) async {
    while !state.withLock({ isTrue($0) }) {
      await withCheckedContinuation { caller in
        let isReady = state.withLock { state in
          if isTrue(state) { return true }
          state.writer = caller
          return false
        }
        if isReady { caller.resume() }
      }
    }
  }

  private static func failure(_ outcome: Request.Outcome) -> PostgresError {
    outcome.failure ?? PostgresError(.protocolViolation, "the server ended the COPY before all was written")
  }
}
