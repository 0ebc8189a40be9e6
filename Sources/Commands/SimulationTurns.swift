internal import Events
internal import Synchronization

/// Whose turn it is at each simulation, and what is kept of simulations between turns.
///
/// A turn takes the kept value out and puts a newer one back, so nobody ever sees a value somebody else is working
/// on. Values live in two generations: when the young one holds half the capacity it becomes the old one and the old
/// one is dropped, so what was used lately stays and every operation is O(1).
final class SimulationTurns<Kept: Sendable>: Sendable {
  private typealias Waiter = CheckedContinuation<Bool, Never>
  private typealias Generation = [StreamID: Kept]

  private struct State {
    var young: Generation = [:]
    var old: Generation = [:]
    /// Simulations in a turn, with those who wait for it in order.
    var waiters: [StreamID: [Waiter]] = [:]

    /// Keeps a value and returns the generation that had to go.
    mutating func keep(_ kept: Kept?, for id: StreamID, generationSize: Int) -> Generation {
      guard let kept else { return [:] }
      young[id] = kept
      guard young.count >= generationSize else { return [:] }
      let dropped = old
      old = young
      young = [:]
      return dropped
    }

    /// Who is next; nobody ends the turns at that simulation.
    mutating func passOn(_ id: StreamID) -> Waiter? {
      guard let queue = waiters[id], !queue.isEmpty else {
        waiters[id] = nil
        return nil
      }
      return waiters[id]?.removeFirst()
    }
  }

  private let state = Mutex(State())
  private let generationSize: Int
  private let waitersMax: Int

  /// Keeps at most `capacity` values and lets at most `waitersMax` commands wait for one simulation.
  init(capacity: Int, waitersMax: Int) {
    precondition(capacity >= 2, "a cache of simulations needs room for two")
    precondition(waitersMax >= 0, "a queue cannot be shorter than empty")
    generationSize = capacity / 2
    self.waitersMax = waitersMax
  }

  /// How many values are kept, those in a turn not counted.
  var keptCount: Int { state.withLock { $0.young.count + $0.old.count } }

  /// Waits for the simulation's turn, does the work and passes the turn on.
  ///
  /// Waiting does not end when the task is cancelled: turns are as short as one append.
  /// - Parameter body: gets the value kept; what it leaves in it is kept for the next turn, also when it throws.
  /// - Throws: what `body` throws; `overloaded` when too many wait already.
  func turn<Output>(
    at id: StreamID, _ body: (inout Kept?) async throws(CommandError) -> Output
  ) async throws(CommandError) -> Output {
    guard await begin(id) else { throw .overloaded(retryAfter: .milliseconds(100)) }
    var kept = take(id)
    defer { end(id, keeping: kept) }
    return try await body(&kept)
  }

  /// True when the turn has come, false when too many wait.
  private func begin(_ id: StreamID) async -> Bool {
    await withCheckedContinuation { (waiter: Waiter) in
      let answer: Bool? = state.withLock { state in
        guard let queue = state.waiters[id] else {
          state.waiters[id] = []
          return true
        }
        guard queue.count < waitersMax else { return false }
        state.waiters[id, default: []].append(waiter)
        return nil
      }
      if let answer { waiter.resume(returning: answer) }
    }
  }

  private func take(_ id: StreamID) -> Kept? {
    state.withLock { $0.young.removeValue(forKey: id) ?? $0.old.removeValue(forKey: id) }
  }

  private func end(_ id: StreamID, keeping kept: Kept?) {
    let (next, dropped): (Waiter?, Generation) = state.withLock { state in
      let dropped = state.keep(kept, for: id, generationSize: generationSize)
      return (state.passOn(id), dropped)
    }
    next?.resume(returning: true)
    // A whole generation is freed here, outside the lock.
    _ = consume dropped
  }
}
