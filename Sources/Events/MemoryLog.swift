internal import Synchronization

/// A log in memory with the semantics of the real one: dense positions, versions and actor versions, first answers for
/// commands that come again, expected versions. For tests and simulations; nothing survives the process.
public final class MemoryLog: EventLog {
  struct State {
    var events: [RecordedEvent] = []
    var streams: [StreamID: [Int]] = [:]
    var actorVersions: [UserID: Version] = [:]
    var commands: [CommandID: Appended] = [:]
    var isClosed = false
    var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
    var waiterCount: UInt64 = 0
  }

  let state = Mutex(State())
  private let now: @Sendable () -> Timestamp

  /// An empty log whose `recordedAt` comes from the clock given.
  public init(now: @escaping @Sendable () -> Timestamp = { Timestamp.now }) {
    self.now = now
  }

  /// Appends a command's events, or refuses.
  ///
  /// - Throws: `conflict` when an expectation does not hold, `closed` after ``close()``.
  public func append(_ append: Append) async throws(AppendError) -> Appended {
    try appendNow(append)
  }

  /// Appends without suspending.
  ///
  /// - Throws: as ``append(_:)``.
  public func appendNow(_ append: Append) throws(AppendError) -> Appended {
    precondition(!append.events.isEmpty, "a command appends at least one event")
    let recordedAt = now()
    let outcome = state.withLock { state -> Outcome in
      let result = Result { () throws(AppendError) in try state.append(append, at: recordedAt) }
      return Outcome(result: result, woken: state.takeWaiting())
    }
    for waiter in outcome.woken { waiter.resume() }
    return try outcome.result.get()
  }

  /// The events of a stream after a version, in order.
  ///
  /// - Complexity: O(events of the stream).
  public func events(of stream: StreamID, after version: Version) async throws(ReadError) -> [RecordedEvent] {
    state.withLock { state in
      (state.streams[stream] ?? []).dropFirst(Int(version.rawValue)).map { state.events[$0] }
    }
  }

  /// The answer a command got, if it is known; marked as a repeat.
  public func answer(to command: CommandID) async throws(ReadError) -> Appended? {
    state.withLock { state in
      guard var first = state.commands[command] else { return nil }
      first.isRepeat = true
      return first
    }
  }

  /// At most `limit` events behind a position, in order.
  public func events(after position: Position, limit: Int = .max) -> [RecordedEvent] {
    state.withLock { state in
      Array(state.events.dropFirst(Int(position.rawValue)).prefix(limit))
    }
  }

  /// Position of the last event; zero when there is none.
  public var head: Position {
    state.withLock { Position(rawValue: Int64($0.events.count)) }
  }

  /// Refuses every later append and ends the subscriptions once they have seen everything.
  public func close() {
    let woken = state.withLock { state in
      state.isClosed = true
      return state.takeWaiting()
    }
    for waiter in woken { waiter.resume() }
  }

  private struct Outcome: Sendable {
    let result: Result<Appended, AppendError>
    let woken: [CheckedContinuation<Void, Never>]
  }
}

extension MemoryLog.State {
  mutating func append(_ append: Append, at recordedAt: Timestamp) throws(AppendError) -> Appended {
    guard !isClosed else { throw .closed }
    if var first = commands[append.command] {
      first.isRepeat = true
      return first
    }
    for expectation in append.expectations { try check(expectation) }
    let first = Position(rawValue: Int64(events.count) + 1)
    for new in append.events { insert(new, of: append, at: recordedAt) }
    let appended = Appended(first: first, count: append.events.count, isRepeat: false, answer: append.answer)
    commands[append.command] = appended
    return appended
  }

  private func check(_ expectation: Append.Expectation) throws(AppendError) {
    let found = Version(rawValue: Int32(streams[expectation.stream]?.count ?? 0))
    let holds =
      switch expectation.version {
      case .any: true
      case .none: found == .zero
      case .exists: found > .zero
      case .exactly(let version): found == version
      }
    guard holds else {
      throw .conflict(stream: expectation.stream, expected: expectation.version, found: found)
    }
  }

  private mutating func insert(_ new: Append.NewEvent, of append: Append, at recordedAt: Timestamp) {
    let index = events.count
    streams[new.stream, default: []].append(index)
    if let actor = append.actor { actorVersions[actor] = (actorVersions[actor] ?? .zero).next }
    events.append(
      RecordedEvent(
        position: Position(rawValue: Int64(index) + 1), stream: new.stream,
        version: Version(rawValue: Int32(streams[new.stream]!.count)), actor: append.actor,
        actorVersion: append.actor.flatMap { actorVersions[$0] }, command: append.command, recordedAt: recordedAt,
        event: new.event))
  }

  mutating func takeWaiting() -> [CheckedContinuation<Void, Never>] {
    defer { waiting = [:] }
    return Array(waiting.values)
  }
}
