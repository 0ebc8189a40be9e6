import Events
import Synchronization

/// A log in memory that counts reads and can be told to fail.
final class WatchedLog: EventLog {
  private struct State {
    var reads = 0
    var failures: [AppendError] = []
    var losesAnswer = false
  }

  private let log = MemoryLog()
  private let state = Mutex(State())

  /// How often events were read.
  var readCount: Int { state.withLock { $0.reads } }

  /// All events, in order.
  var all: [RecordedEvent] { log.events(after: .zero) }

  /// The next append is refused with this.
  func failNext(with error: AppendError) { state.withLock { $0.failures.append(error) } }

  /// The next append happens, but whoever asked for it is told that the database is away.
  func loseNextAnswer() { state.withLock { $0.losesAnswer = true } }

  func append(_ append: Append) async throws(AppendError) -> Appended {
    // The caller's task gives way here, as it does at a database.
    await Task.yield()
    if let failure = state.withLock({ $0.failures.popLast() }) { throw failure }
    let appended = try await log.append(append)
    let isLost = state.withLock { state in
      defer { state.losesAnswer = false }
      return state.losesAnswer
    }
    guard !isLost else { throw .unavailable(reason: "the connection was lost") }
    return appended
  }

  func events(of stream: StreamID, after version: Version) async throws(ReadError) -> [RecordedEvent] {
    await Task.yield()
    state.withLock { $0.reads += 1 }
    return try await log.events(of: stream, after: version)
  }

  func answer(to command: CommandID) async throws(ReadError) -> Appended? { try await log.answer(to: command) }
}
