import DequeModule
import Synchronization

/// Notifications between a session's thread and the task that listens. Bounded; counts what it has to drop.
final class NotificationQueue: Sendable {
  private struct State {
    var events: Deque<ListenEvent> = []
    var dropped = 0
    var isOver = false
    var isCancelled = false
    var reader: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())
  static var bound: Int { 4096 }

  func push(_ notification: Notification) {
    change { state in
      if state.events.count < Self.bound {
        state.events.append(.notification(notification))
      } else {
        state.dropped += 1
      }
    }
  }

  /// Nothing more comes: the connection is gone.
  func end() { change { $0.isOver = true } }

  /// The next event, `nil` when the connection is gone.
  /// - Throws: `cancelled`.
  func next() async throws(PostgresError) -> ListenEvent? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { caller in
        let isReady = state.withLock { state in
          guard state.events.isEmpty, state.dropped == 0, !state.isOver, !state.isCancelled else { return true }
          state.reader = caller
          return false
        }
        if isReady { caller.resume() }
      }
    } onCancel: {
      change { $0.isCancelled = true }
    }
    guard !Task.isCancelled else { throw PostgresError(.cancelled, "cancelled while listening") }
    return state.withLock { state in
      if let event = state.events.popFirst() { return event }
      guard state.dropped > 0 else { return nil }
      defer { state.dropped = 0 }
      return .dropped(state.dropped)
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
