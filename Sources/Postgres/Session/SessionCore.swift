import Synchronization

/// What a session is connected to.
public struct SessionInfo: Sendable, Hashable {
  /// Process id of the server process, as in `pg_stat_activity`.
  public let backendPID: Int32
  /// Version of the server, 150004 for 15.4.
  public let serverVersion: Int32
}

/// What a session's thread and its callers share.
final class SessionCore: Sendable {
  /// From connecting to the end.
  enum Phase: Sendable {
    case connecting
    case open(SessionInfo)
    case ended(PostgresError?)
  }

  private struct State {
    var phase = Phase.connecting
    var opening: [CheckedContinuation<Void, Never>] = []
    var ending: [CheckedContinuation<Void, Never>] = []
    var onEnd: (@Sendable (PostgresError?) -> Void)?
  }

  let configuration: PostgresConfiguration
  let inbox: Inbox
  let notifications = NotificationQueue()
  private let state = Mutex(State())

  init(_ configuration: PostgresConfiguration) throws(PostgresError) {
    self.configuration = configuration
    inbox = try Inbox(bound: configuration.inboxBound)
  }

  var phase: Phase { state.withLock { $0.phase } }

  func didOpen(_ info: SessionInfo) {
    let waiting = state.withLock { state in
      state.phase = .open(info)
      defer { state.opening = [] }
      return state.opening
    }
    for caller in waiting { caller.resume() }
  }

  func didEnd(_ failure: PostgresError?) {
    let (waiting, onEnd) = state.withLock { state in
      state.phase = .ended(failure)
      defer { (state.opening, state.ending, state.onEnd) = ([], [], nil) }
      return (state.opening + state.ending, state.onEnd)
    }
    notifications.end()
    for caller in waiting { caller.resume() }
    onEnd?(failure)
  }

  /// Waits until the connection is made or has failed.
  func opened() async throws(PostgresError) -> SessionInfo {
    await withTaskCancellationHandler {
      await withCheckedContinuation { caller in
        let isDone = state.withLock { state in
          guard case .connecting = state.phase else { return true }
          state.opening.append(caller)
          return false
        }
        if isDone { caller.resume() }
      }
    } onCancel: {
      inbox.close(PostgresError(.cancelled, "cancelled while connecting", isSafeToRetry: true))
    }
    switch phase {
    case .open(let info): return info
    case .ended(let failure): throw failure ?? PostgresError(.closed, "closed while connecting")
    case .connecting: throw PostgresError(.closed, "closed while connecting")
    }
  }

  /// Waits until the thread has let go of the connection.
  func ended() async {
    await withCheckedContinuation { caller in
      let isDone = state.withLock { state in
        if case .ended = state.phase { return true }
        state.ending.append(caller)
        return false
      }
      if isDone { caller.resume() }
    }
  }

  /// Calls a closure once when the session ends; at once if it has.
  func whenEnded(_ tell: @escaping @Sendable (PostgresError?) -> Void) {
    let failure: PostgresError?? = state.withLock { state in
      if case .ended(let failure) = state.phase { return .some(failure) }
      state.onEnd = tell
      return .none
    }
    if let failure { tell(failure) }
  }

  /// Hands work to the thread and waits for its outcome; a cancelled task stops the work, and still waits until the
  /// server has let go of it.
  func perform(_ request: Request) async -> Request.Outcome {
    await withTaskCancellationHandler {
      await withCheckedContinuation { caller in
        request.continuation = caller
        if let refusal = inbox.enqueue(request) { request.finish(.failed(refusal)) }
      }
    } onCancel: {
      inbox.stop(request)
    }
  }

  /// The same for work that has to be done even in a cancelled task: ending a transaction.
  func performRegardless(_ request: Request) async -> Request.Outcome {
    await withCheckedContinuation { caller in
      request.continuation = caller
      if let refusal = inbox.enqueue(request) { request.finish(.failed(refusal)) }
    }
  }
}
