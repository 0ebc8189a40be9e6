internal import Events
internal import Synchronization

/// One subscriber's machine under a lock, and the subscriber itself while it waits.
final class TailMailbox: Sendable {
  private struct State {
    var machine: TailMachine
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state: Mutex<State>

  init(bound: Int) { state = Mutex(State(machine: TailMachine(bound: bound))) }

  func put(_ events: [RecordedEvent], last: Position) { change { $0.put(events, last: last) } }

  func look() { change { $0.look() } }

  func turn(after cursor: Position) -> TailMachine.Turn {
    state.withLock { $0.machine.turn(after: cursor) }
  }

  private func change(_ body: (inout TailMachine) -> Void) {
    let waiter = state.withLock { state in
      body(&state.machine)
      return state.waiter.take()
    }
    waiter?.resume()
  }

  /// Returns once something has changed, or the task is cancelled.
  func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
        let isReady = state.withLock { state in
          if state.machine.hasWork || Task.isCancelled { return true }
          state.waiter = waiter
          return false
        }
        if isReady { waiter.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiter.take() }?.resume()
    }
  }
}
