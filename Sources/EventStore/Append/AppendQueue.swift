internal import Events
internal import Synchronization

/// Collects the commands of concurrent callers, and hands them to the lanes.
///
/// The machine decides under the lock; callers and lanes are resumed outside it.
final class AppendQueue: Sendable {
  typealias Waiter = CheckedContinuation<Result<Appended, AppendError>, Never>
  typealias Machine = AppendQueueMachine<Waiter>

  private struct State {
    var machine: Machine
    /// Lanes without work.
    var parked: [CheckedContinuation<Void, Never>] = []
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
      if let refusal = change({ $0.enqueue(entry) }) { waiter.resume(returning: .failure(refusal)) }
    }
    return try result.get()
  }

  /// Changes the machine and wakes a lane if there is work now; all lanes when the queue is closing.
  func change<Value>(_ body: (inout sending Machine) -> sending Value) -> sending Value {
    let (value, woken) = state.withLock { state in
      let value = body(&state.machine)
      guard state.machine.hasTurn else { return (value, [CheckedContinuation<Void, Never>]()) }
      let count = state.machine.isClosing ? state.parked.count : min(1, state.parked.count)
      let woken = Array(state.parked.suffix(count))
      state.parked.removeLast(count)
      return (value, woken)
    }
    for lane in woken { lane.resume() }
    return value
  }

  /// The next batch for a lane; nil when it should leave.
  func nextBatch(_ lane: Int) async -> [Machine.Entry]? {
    while true {
      switch change({ $0.turn(of: lane) }) {
      case .append(let batch): return batch
      case .stop: return nil
      case .wait: await park()
      }
    }
  }

  /// Returns once the queue is closed, in a process that has no lanes.
  func closed() async {
    while !change({ $0.isClosing }) { await park() }
  }

  private func park() async {
    await withCheckedContinuation { (lane: CheckedContinuation<Void, Never>) in
      let hasTurn = state.withLock { state in
        if state.machine.hasTurn { return true }
        state.parked.append(lane)
        return false
      }
      if hasTurn { lane.resume() }
    }
  }

  /// Tells callers that their commands were refused.
  func tell(_ refusals: [(Machine.Entry, AppendError)]) {
    for (entry, error) in refusals { entry.waiter.resume(returning: .failure(error)) }
  }

  func close() { change { $0.close() } }
}
