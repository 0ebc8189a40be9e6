internal import Events
internal import Synchronization

/// Collects the commands of concurrent callers, and hands them to the loops that append and flush.
///
/// The machine decides under the lock; callers and loops are resumed outside it.
final class AppendQueue: Sendable {
  typealias Waiter = CheckedContinuation<Result<Appended, AppendError>, Never>
  typealias Machine = AppendQueueMachine<Waiter>

  private struct State {
    var machine: Machine
    var appender: CheckedContinuation<Void, Never>?
    var flusher: CheckedContinuation<Void, Never>?
  }

  let limits: AppendLimits
  private let state: Mutex<State>

  init(limits: AppendLimits) {
    self.limits = limits
    state = Mutex(State(machine: Machine(limits: limits)))
  }

  /// Appends a command with everyone else's; returns when it is on disk.
  func append(_ append: Append) async throws(AppendError) -> Appended {
    let command = EncodedAppend(append)
    let result = await withCheckedContinuation { (waiter: Waiter) in
      let entry = Machine.Entry(command: command, waiter: waiter, since: .now)
      let refusal = change { $0.enqueue(entry) }
      if let refusal { waiter.resume(returning: .failure(refusal)) }
    }
    return try result.get()
  }

  /// Changes the machine and wakes the loops that have work now.
  func change<Value>(_ body: (inout sending Machine) -> sending Value) -> sending Value {
    let (value, appender, flusher) = state.withLock { state in
      let value = body(&state.machine)
      let appender = state.machine.hasBatch ? state.appender.take() : nil
      let flusher = state.machine.hasFlush ? state.flusher.take() : nil
      return (value, appender, flusher)
    }
    appender?.resume()
    flusher?.resume()
    return value
  }

  /// The next batch to append; nil when the loop should leave.
  func nextBatch() async -> Machine.Batch? {
    while true {
      switch change({ $0.nextBatch() }) {
      case .work(let batch): return batch
      case .stop: return nil
      case .wait: await parkAppender()
      }
    }
  }

  /// The next batches to flush; nil when the loop should leave.
  func nextFlush() async -> [Machine.AppendedBatch]? {
    while true {
      switch change({ $0.nextFlush() }) {
      case .work(let batches): return batches
      case .stop: return nil
      case .wait: await parkFlusher()
      }
    }
  }

  private func parkAppender() async {
    await withCheckedContinuation { (loop: CheckedContinuation<Void, Never>) in
      let hasWork = state.withLock { state in
        if state.machine.hasBatch { return true }
        state.appender = loop
        return false
      }
      if hasWork { loop.resume() }
    }
  }

  private func parkFlusher() async {
    await withCheckedContinuation { (loop: CheckedContinuation<Void, Never>) in
      let hasWork = state.withLock { state in
        if state.machine.hasFlush { return true }
        state.flusher = loop
        return false
      }
      if hasWork { loop.resume() }
    }
  }

  /// Tells callers that their commands were refused.
  func tell(_ refusals: [(Machine.Entry, AppendError)]) {
    for (entry, error) in refusals { entry.waiter.resume(returning: .failure(error)) }
  }

  func close() { change { $0.close() } }
}
