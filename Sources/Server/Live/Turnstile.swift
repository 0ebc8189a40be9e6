import Synchronization

/// Lets one through at a time, in order, and turns away whoever comes when too many wait.
final class Turnstile: Sendable {
  private struct State {
    var isTaken = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let waitingMax: Int

  /// At most `waitingMax` wait.
  init(waitingMax: Int) { self.waitingMax = waitingMax }

  /// Does `work` when its turn has come.
  /// - Throws: `overloaded` when too many wait, and what `work` throws.
  func pass<Value: Sendable>(
    _ work: () async throws(PastModels.Failure) -> Value
  ) async throws(PastModels.Failure) -> Value {
    guard await enter() else { throw .overloaded }
    defer { leave() }
    return try await work()
  }

  private enum Way { case free, full, wait }

  private func enter() async -> Bool {
    let way: Way = state.withLock { state in
      if !state.isTaken {
        state.isTaken = true
        return .free
      }
      return state.waiting.count < waitingMax ? .wait : .full
    }
    switch way {
    case .free: return true
    case .full: return false
    case .wait:
      await withCheckedContinuation { waiter in
        let isFree = state.withLock { state in
          if state.isTaken {
            state.waiting.append(waiter)
            return false
          }
          state.isTaken = true
          return true
        }
        if isFree { waiter.resume() }
      }
      return true
    }
  }

  private func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard !state.waiting.isEmpty else {
        state.isTaken = false
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
