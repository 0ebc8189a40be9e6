internal import Dispatch
internal import Synchronization

/// A few threads of their own for work that takes milliseconds, so that the tasks that serve everybody else never
/// wait behind an optimum.
package final class Workers: Sendable {
  private typealias Job = @Sendable () -> Void

  private struct State {
    var running = 0
    var waiting: [Job] = []
    /// Where the next job to run stands in `waiting`.
    var head = 0

    /// The next job; none gives the thread back.
    mutating func next() -> Job? {
      guard head < waiting.count else {
        running -= 1
        waiting.removeAll(keepingCapacity: true)
        head = 0
        return nil
      }
      defer { head += 1 }
      return waiting[head]
    }
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "commands.workers", attributes: .concurrent)
  private let threads: Int
  private let waitingMax: Int

  /// At most `threads` jobs run at a time and `waitingMax` wait.
  package init(threads: Int, waitingMax: Int) {
    precondition(threads >= 1, "work needs a thread")
    self.threads = threads
    self.waitingMax = waitingMax
  }

  /// Runs the work on one of the threads.
  /// - Throws: what the work throws; `overloaded` when too many jobs wait.
  package func run<Output: Sendable>(
    _ work: @escaping @Sendable () throws(CommandError) -> Output
  ) async throws(CommandError) -> Output {
    let result = await withCheckedContinuation { (done: CheckedContinuation<Result<Output, CommandError>, Never>) in
      let isAccepted = submit { done.resume(returning: Result(catching: work)) }
      if !isAccepted { done.resume(returning: .failure(.overloaded(retryAfter: .seconds(1)))) }
    }
    return try result.get()
  }

  private func submit(_ job: @escaping Job) -> Bool {
    enum Step { case start, queued, refused }
    let step: Step = state.withLock { state in
      if state.running < threads {
        state.running += 1
        return .start
      }
      guard state.waiting.count - state.head < waitingMax else { return .refused }
      state.waiting.append(job)
      return .queued
    }
    if step == .start { queue.async { self.drain(from: job) } }
    return step != .refused
  }

  private func drain(from first: @escaping Job) {
    var job: Job? = first
    while let current = job {
      current()
      job = state.withLock { $0.next() }
    }
  }
}
