import Synchronization

/// Where callers leave work for a session's thread. Bounded; wakes the thread only when it sleeps.
final class Inbox: Sendable {
  /// What the thread takes out at once.
  struct Mail {
    var requests: [Request] = []
    var stops: [Request] = []
    var releases: [UInt64] = []
    var hasCancelReturned = false
    var isClosing = false
    /// Set when the connection is to be dropped at once.
    var abort: PostgresError?
  }

  private struct State {
    var mail = Mail()
    /// Requests here or with the thread that were not sent yet.
    var waiting = 0
    var isSleeping = false
    /// Whether something happened since the thread last looked.
    var hasNews = false
    /// Set when nothing new is accepted; what belongs to a lease still is.
    var refusal: PostgresError?
    /// Whether the connection is gone, and with it the leases.
    var isOver = false
  }

  private let state = Mutex(State())
  private let bound: Int
  let wakeup: Wakeup

  init(bound: Int) throws(PostgresError) {
    self.bound = bound
    wakeup = try Wakeup()
  }

  /// Hands over a request; gives the reason when it is refused. Work under a lease is never refused for fullness,
  /// so that a transaction can always be ended.
  func enqueue(_ request: Request) -> PostgresError? {
    let (refusal, wasSleeping) = state.withLock { state -> (PostgresError?, Bool) in
      if let refusal = state.refusal, state.isOver || request.lease == nil { return (refusal, false) }
      guard state.waiting < bound || request.lease != nil else { return (Self.full(state.waiting), false) }
      state.waiting += 1
      state.mail.requests.append(request)
      state.hasNews = true
      defer { state.isSleeping = false }
      return (nil, state.isSleeping)
    }
    if wasSleeping { wakeup.signal() }
    return refusal
  }

  private static func full(_ count: Int) -> PostgresError {
    PostgresError(
      .inboxFull, "\(count) statements wait for this session already",
      hint: "raise inboxBound, or send less at once", isSafeToRetry: true)
  }

  func stop(_ request: Request) {
    request.isStopRequested.store(true, ordering: .sequentiallyConsistent)
    leave { $0.stops.append(request) }
  }

  func release(lease: UInt64) { leave { $0.releases.append(lease) } }
  func cancelReturned() { leave { $0.hasCancelReturned = true } }

  /// Refuses what comes from now on.
  func close(_ refusal: PostgresError) {
    state.withLock { $0.refusal = $0.refusal ?? refusal }
    leave { $0.isClosing = true }
  }

  /// Refuses everything: the connection is gone.
  func end(_ refusal: PostgresError) {
    state.withLock { state in
      state.refusal = state.refusal ?? refusal
      state.isOver = true
    }
  }

  /// Drops the connection at once.
  func abort(_ reason: PostgresError) {
    state.withLock { state in
      state.refusal = state.refusal ?? reason
      state.mail.abort = state.mail.abort ?? reason
    }
    leave { _ in }
  }

  /// Wakes the thread, so that it looks at its channels.
  func wake() {
    let wasSleeping = state.withLock { state in
      defer { state.isSleeping = false }
      state.hasNews = true
      return state.isSleeping
    }
    if wasSleeping { wakeup.signal() }
  }

  private func leave(_ change: (inout Mail) -> Void) {
    state.withLock { change(&$0.mail) }
    wake()
  }

  /// Takes everything out. `sent`: how many of the requests taken before have been sent or dropped since.
  func take(sent: Int) -> Mail {
    state.withLock { state in
      state.waiting -= sent
      state.hasNews = false
      defer { state.mail = Mail(isClosing: state.mail.isClosing) }
      return state.mail
    }
  }

  /// Announces that the thread is going to sleep; false when something has happened since it took the mail.
  func fallAsleep() -> Bool {
    state.withLock { state in
      guard !state.hasNews else { return false }
      state.isSleeping = true
      return true
    }
  }

  var isClosing: Bool { state.withLock { $0.mail.isClosing } }

  func awake() { state.withLock { $0.isSleeping = false } }
}
