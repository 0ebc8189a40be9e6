import Synchronization

/// How far a job is. The work writes as often as it likes; the worker stores a few states of it a second.
final class JobProgress: Sendable {
  /// How far.
  struct Mark: Sendable, Equatable {
    var done: Int
    var total: Int
    var message: String
  }

  private let state: Mutex<Mark>

  init(_ job: Job) { state = Mutex(Mark(done: job.done, total: job.total, message: job.message)) }

  /// The newest state.
  var mark: Mark { state.withLock { $0 } }

  /// Replaces the state.
  func report(done: Int, of total: Int, _ message: String) {
    state.withLock { $0 = Mark(done: done, total: max(done, total), message: message) }
  }

  /// One step more; the total grows where it was guessed too low.
  func advance(_ message: String) {
    state.withLock { mark in
      mark.done += 1
      mark.total = max(mark.total, mark.done)
      mark.message = message
    }
  }
}
