import Events
import Synchronization

extension LiveProjections {
  /// Returns when everything that was in the log at the start has been applied.
  /// - Throws: ``ProjectionRunner/Failure`` when an event cannot be applied.
  func caughtUp() async throws(ProjectionRunner.Failure) {
    await withCheckedContinuation { waiter in
      let isThere = state.withLock { state in
        if state.status.isCaughtUp || state.status.failure != nil { return true }
        state.isWaitingForStart.append(waiter)
        return false
      }
      if isThere { waiter.resume() }
    }
    if let failure = status.failure { throw .poison(failure.position, reason: failure.reason) }
  }

  /// Refuses questions as long as the answers would be those of an unfinished start.
  func requireReady() throws(Problem) {
    let status = status
    if status.isCaughtUp { return }
    throw Problem(
      .notReady,
      "The projections stand at event \(max(status.position, status.folded).rawValue) of \(status.head.rawValue).",
      retryAfterSeconds: 1)
  }

  /// Returns when queries see a position.
  /// - Throws: ``ProblemCode/positionNotReached`` when that takes too long, ``ProblemCode/projectionStopped`` when it
  ///   will not happen.
  func reach(_ position: Position, within limit: Duration) async throws(Problem) {
    let status = status
    if status.position >= position { return }
    if let failure = status.failure {
      throw Problem(
        .projectionStopped, "The projections stopped at event \(failure.position.rawValue) and do not get any further.")
    }
    guard await wait(for: position, within: limit) == .late else { return }
    let late = self.status.position.rawValue
    throw Problem(
      .positionNotReached, "The projections stand at event \(late), not yet at \(position.rawValue).",
      parameter: "minPosition", retryAfterSeconds: 1,
      extras: [.number("expected", position.rawValue), .number("found", late)])
  }

  private func wait(for position: Position, within limit: Duration) async -> Outcome {
    await withCheckedContinuation { waiter in
      let id = state.withLock { state -> UInt64? in
        if state.status.position >= position { return nil }
        return state.waiters.add(waiter, for: position)
      }
      guard let id else { return waiter.resume(returning: .reached) }
      Task {
        try? await Task.sleep(for: limit)
        state.withLock { $0.waiters.giveUp(id) }?.resume(returning: .late)
      }
    }
  }
}
