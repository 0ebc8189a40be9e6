import DequeModule
import Synchronization

/// Chunks between a session's thread and the task that reads a COPY. Holds a few; when it is full the thread stops
/// reading from the socket, and the server has to wait.
final class CopyOutChannel: Sendable {
  private struct State {
    var chunks: Deque<CopyChunk> = []
    var reader: CheckedContinuation<Void, Never>?
    var isAbandoned = false
    var isOver = false
    var failure: PostgresError?
  }

  private let state = Mutex(State())
  static var bound: Int { 4 }

  /// Whether the thread should read on. A reader that is gone takes everything, so that the rest can be thrown away.
  var hasRoom: Bool { state.withLock { $0.chunks.count < Self.bound || $0.isAbandoned } }
  var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

  func push(_ chunk: CopyChunk) {
    change { state in if !state.isAbandoned { state.chunks.append(chunk) } }
  }

  func end(_ failure: PostgresError?) {
    change { state in
      state.isOver = true
      state.failure = failure
    }
  }

  func abandon() {
    change { state in
      state.isAbandoned = true
      state.chunks.removeAll()
    }
  }

  /// The next chunk, `nil` at the end; whether the thread may have been waiting for room.
  func next() async throws(PostgresError) -> (chunk: CopyChunk, wasFull: Bool)? {
    while true {
      let taken = state.withLock { state -> (CopyChunk, Bool)? in
        let wasFull = state.chunks.count >= Self.bound
        return state.chunks.popFirst().map { ($0, wasFull) }
      }
      if let taken { return taken }
      if let end = state.withLock({ $0.isOver ? Optional($0.failure) : nil }) {
        if let end { throw end }
        return nil
      }
      await changed()
    }
  }

  private func changed() async {
    await withCheckedContinuation { caller in
      let isReady = state.withLock { state in
        guard state.chunks.isEmpty, !state.isOver else { return true }
        state.reader = caller
        return false
      }
      if isReady { caller.resume() }
    }
  }

  private func change(_ body: (inout State) -> Void) {
    let reader = state.withLock { state in
      body(&state)
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume()
  }
}
