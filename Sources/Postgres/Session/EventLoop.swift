import CLibpq
import Glibc
import Synchronization

/// The life of a session, on its own thread: connect, then turn by turn take mail, send, sleep, read, answer.
/// Only that thread touches it.
final class EventLoop {
  let core: SessionCore
  var machine: SessionMachine<Request>
  var prepared = PreparedStatements()
  var wire: Wire?
  var cancelKey: CancelKey?
  /// Outcomes found in this turn; told after the reading, all at once.
  var answers: [(Request, Request.Outcome)] = []
  var sentSinceTake = 0
  var unsentBytes = false
  var isClosing = false
  /// Why the connection is of no more use.
  var failure: PostgresError?
  var simple: SimplePhase?

  init(_ core: SessionCore) {
    self.core = core
    machine = SessionMachine(depth: core.configuration.pipelineDepth)
  }

  /// Runs until the session is closed or its connection breaks.
  func run() {
    do {
      let wire = try connect()
      self.wire = wire
      core.didOpen(SessionInfo(backendPID: wire.backendPID, serverVersion: wire.serverVersion))
      while failure == nil, !(isClosing && machine.isIdle) { turn(wire) }
    } catch {
      failure = error
    }
    end()
  }

  private func turn(_ wire: Wire) {
    takeMail()
    sendAll(wire)
    deliver()
    guard failure == nil, !(isClosing && machine.isIdle) else { return }
    let isReadable = sleep(wire)
    if isReadable { read(wire) }
    advanceSimple(wire)
    let now = monotonicNanoseconds()
    for entry in machine.expire(now: now) { drop(entry, .timeout) }
    react(now)
    deliver()
  }

  /// Sends what there is until the socket is full or nothing is left.
  private func sendAll(_ wire: Wire) {
    var wasFull = false
    repeat {
      // Flushed before, because a COPY in that found the socket full goes on only once that is gone; and looked at again
      // after, because whoever found it full while the last flush emptied it would be forgotten until something else
      // happens.
      flush(wire)
      advanceSimple(wire)
      send(wire)
      wasFull = unsentBytes
      flush(wire)
    } while wasFull && !unsentBytes && failure == nil
  }

  private func deliver() {
    guard !answers.isEmpty else { return }
    for (request, outcome) in answers { request.finish(outcome) }
    answers.removeAll(keepingCapacity: true)
  }

  func fail(_ error: PostgresError) { failure = failure ?? error }

  func fail(_ doing: String) {
    let reason = wire?.errorMessage ?? ""
    fail(PostgresError(.connectionLost, reason.isEmpty ? "connection lost while \(doing)" : reason))
  }

  /// Tells everybody, lets go of the connection, says that it is over.
  private func end() {
    let error = failure ?? PostgresError(.closed, "the session was closed")
    let refusal =
      failure == nil ? error : PostgresError(error.code, error.message, sqlState: error.sqlState, isSafeToRetry: true)
    core.inbox.end(refusal)
    let (sent, unsent) = machine.abandon()
    for entry in sent { answers.append((entry.work, .failed(Self.loss(of: entry, error)))) }
    for entry in unsent { answers.append((entry.work, .failed(refusal))) }
    for request in core.inbox.take(sent: sentSinceTake).requests { answers.append((request, .failed(refusal))) }
    simple = nil
    wire = nil
    core.didEnd(failure)
    deliver()
  }

  private static func loss(of entry: SessionMachine<Request>.Entry, _ error: PostgresError) -> PostgresError {
    var error = error
    error.statement = entry.work.statementName(entry.work.progress.call)
    if error.code == .connectionLost, let stop = entry.stop {
      error.code = stop == .timeout ? .timeout : .cancelled
    }
    return error
  }
}

extension EventLoop {
  private func takeMail() {
    let mail = core.inbox.take(sent: sentSinceTake)
    sentSinceTake = 0
    if mail.isClosing { isClosing = true }
    if let reason = mail.abort { fail(reason) }
    if mail.hasCancelReturned { machine.cancelReturned(now: monotonicNanoseconds()) }
    guard !(mail.requests.isEmpty && mail.stops.isEmpty && mail.releases.isEmpty) else { return }
    for request in mail.requests { take(request) }
    for request in mail.stops {
      if let entry = machine.stop(request.id, .cancelled) { drop(entry, .cancelled) }
    }
    for lease in mail.releases {
      for entry in machine.release(lease) { refuse(entry.work) }
    }
    if !mail.stops.isEmpty { react(monotonicNanoseconds()) }
  }

  private func take(_ request: Request) {
    let timeout = request.timeout ?? core.configuration.statementTimeout
    let entry = SessionMachine.Entry(
      id: request.id, kind: request.kind, lease: request.lease,
      deadline: timeout.map { monotonicNanoseconds() &+ $0.nanoseconds }, work: request)
    if request.isStopRequested.load(ordering: .sequentiallyConsistent) {
      drop(entry, .cancelled)
    } else if !machine.enqueue(entry) {
      refuse(request)
    }
  }

  private func refuse(_ request: Request) {
    sentSinceTake += 1
    answers.append(
      (request, .failed(PostgresError(.closed, "the transaction has ended", statement: request.statementName(0)))))
  }

  /// Work that was stopped before it was sent.
  private func drop(_ entry: SessionMachine<Request>.Entry, _ reason: SessionMachine<Request>.Stop) {
    sentSinceTake += 1
    let error =
      switch reason {
      case .cancelled: PostgresError(.cancelled, "cancelled before it was sent")
      case .timeout: PostgresError(.timeout, "time ran out before it was sent", hint: "the session is busy")
      }
    var named = error
    named.statement = entry.work.statementName(0)
    named.isSafeToRetry = true
    answers.append((entry.work, .failed(named)))
  }

  func react(_ now: UInt64) {
    switch machine.react(now: now) {
    case .none: break
    case .fireCancel: fireCancel()
    case .giveUp: fail(PostgresError(.connectionLost, "the server does not react to being told to stop a statement"))
    }
  }

  private func fireCancel() {
    guard let cancelKey else { return machine.cancelReturned(now: monotonicNanoseconds()) }
    let inbox = core.inbox
    do throws(PostgresError) {
      try SessionThread("pg-cancel") {
        cancelKey.fire()
        inbox.cancelReturned()
      }.detach()
    } catch {
      machine.cancelReturned(now: monotonicNanoseconds())
    }
  }

  /// Sleeps until the socket, a caller or the clock wants something; whether the socket has something to read.
  private func sleep(_ wire: Wire) -> Bool {
    var descriptors = [
      pollfd(fd: wire.socket, events: 0, revents: 0),
      pollfd(fd: core.inbox.wakeup.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    if wantsToRead { descriptors[0].events |= Int16(POLLIN) }
    if unsentBytes { descriptors[0].events |= Int16(POLLOUT) }
    let isAsleep = core.inbox.fallAsleep()
    let count = poll(&descriptors, 2, isAsleep ? timeoutMilliseconds() : 0)
    if isAsleep { core.inbox.awake() }
    guard count > 0 else { return false }
    if descriptors[1].revents != 0 { core.inbox.wakeup.clear() }
    let readable = Int16(POLLIN) | Int16(POLLHUP) | Int16(POLLERR)
    return descriptors[0].revents & readable != 0
  }

  private func timeoutMilliseconds() -> Int32 {
    guard let alarm = machine.nextAlarm else { return -1 }
    let now = monotonicNanoseconds()
    guard alarm > now else { return 0 }
    return Int32(min((alarm - now) / 1_000_000 + 1, 60_000))
  }

  func flush(_ wire: Wire) {
    switch wire.flush() {
    case 0: unsentBytes = false
    case 1: unsentBytes = true
    default: readLastWords(wire)
    }
  }
}
