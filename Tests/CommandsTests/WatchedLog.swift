import Events
import Synchronization

/// A log in memory that counts reads and can be told to fail, or to let somebody else write first.
final class WatchedLog: EventLog {
  private struct State {
    var events: [RecordedEvent] = []
    var versions: [StreamID: Int32] = [:]
    var commands: [CommandID: Appended] = [:]
    var reads = 0
    var failures: [AppendError] = []
    /// The next append is carried out but its answer is lost.
    var losesAnswer = false
  }

  private let state = Mutex(State())

  /// How often events were read.
  var readCount: Int { state.withLock { $0.reads } }

  /// All events, in order.
  var all: [RecordedEvent] { state.withLock { $0.events } }

  /// The next append is refused with this.
  func failNext(with error: AppendError) { state.withLock { $0.failures.append(error) } }

  /// The next append happens, but whoever asked for it is told that the database is away.
  func loseNextAnswer() { state.withLock { $0.losesAnswer = true } }

  func append(_ append: Append) async throws(AppendError) -> Appended {
    // The caller's task gives way here, as it does at a database.
    await Task.yield()
    let result: Result<Appended, AppendError> = state.withLock { state in
      if let known = state.commands[append.command] {
        return .success(Appended(first: known.first, count: known.count, isRepeat: true, answer: known.answer))
      }
      if let failure = state.failures.popLast() { return .failure(failure) }
      if let conflict = state.conflict(append.expectations) { return .failure(conflict) }
      let appended = state.insert(append)
      guard !state.losesAnswer else {
        state.losesAnswer = false
        return .failure(.unavailable(reason: "the connection was lost"))
      }
      return .success(appended)
    }
    return try result.get()
  }

  func events(of stream: StreamID, after version: Version) async throws(ReadError) -> [RecordedEvent] {
    await Task.yield()
    return state.withLock { state in
      state.reads += 1
      return state.events.filter { $0.stream == stream && $0.version > version }
    }
  }

  func answer(to command: CommandID) async throws(ReadError) -> Appended? {
    state.withLock { state in
      state.commands[command].map { Appended(first: $0.first, count: $0.count, isRepeat: true, answer: $0.answer) }
    }
  }
}

extension WatchedLog.State {
  fileprivate func conflict(_ expectations: [Append.Expectation]) -> AppendError? {
    for expectation in expectations {
      let found = Version(rawValue: versions[expectation.stream] ?? 0)
      let holds =
        switch expectation.version {
        case .any: true
        case .none: found == .zero
        case .exists: found > .zero
        case .exactly(let version): found == version
        }
      guard holds else { return .conflict(stream: expectation.stream, expected: expectation.version, found: found) }
    }
    return nil
  }

  fileprivate mutating func insert(_ append: Append) -> Appended {
    let first = Position(rawValue: Int64(events.count) + 1)
    for new in append.events {
      let version = (versions[new.stream] ?? 0) + 1
      versions[new.stream] = version
      events.append(
        RecordedEvent(
          position: Position(rawValue: Int64(events.count) + 1), stream: new.stream, version: Version(rawValue: version),
          actor: append.actor, actorVersion: nil, command: append.command,
          recordedAt: Timestamp(microseconds: Int64(events.count)), event: new.event))
    }
    let appended = Appended(first: first, count: append.events.count, isRepeat: false, answer: append.answer)
    commands[append.command] = appended
    return appended
  }
}
