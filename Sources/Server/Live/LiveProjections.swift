public import Events
import Projections
import Synchronization

/// The projections that queries read: one value behind a lock, always consistent, with the position it stands at.
public final class LiveProjections: Sendable {
  private struct State {
    var model = ReadModel()
    var status = ProjectionStatus()
    var waiters = PositionWaiters<Waiter>()
    var isWaitingForStart: [CheckedContinuation<Void, Never>] = []
  }

  private typealias Waiter = CheckedContinuation<Outcome, Never>

  private enum Outcome {
    case reached, late
  }

  private let state = Mutex(State())
  /// Events that became visible together.
  let batches = Histogram(Histogram.sizes)

  /// Empty projections at the beginning of the log.
  init() {}

  /// Reads the projections; nothing changes meanwhile. Keep it short: everybody waits.
  func read<Value: Sendable>(_ body: (inout ReadModel, Position) -> Value) -> Value {
    state.withLock { body(&$0.model, $0.status.position) }
  }

  /// How the projections are.
  var status: ProjectionStatus { state.withLock { $0.status } }

  /// The hash of what queries see, and the position it belongs to. O(state), and queries do not wait for it.
  public func fingerprint() -> (stateHash: String, position: Position) {
    let model = state.withLock { $0.model }
    return (model.stateHash, model.position)
  }

  /// What queries see.
  public var position: Position { state.withLock { $0.status.position } }

  /// Replaces everything, by a snapshot.
  func install(_ model: ReadModel) {
    state.withLock { state in
      state.model = model
      state.status.position = model.position
    }
  }

  /// Brings weights up to date that a long catching up has left behind, so that the first question does not wait.
  func settle() { state.withLock { $0.model.settle() } }

  /// Applies consecutive events and wakes those who waited for them.
  /// - Returns: the event that could not be applied, if there is one: nothing is applied from there on.
  func apply(_ events: [RecordedEvent]) -> ProjectionStatus.Failure? {
    let (failure, due) = state.withLock { state -> (ProjectionStatus.Failure?, [Waiter]) in
      let failure = Self.apply(events, to: &state)
      state.status.head = max(state.status.head, events.last?.position ?? .zero)
      state.status.failure = failure
      return (failure, state.waiters.reached(state.status.position))
    }
    for waiter in due { waiter.resume(returning: .reached) }
    batches.add(Int64(events.count))
    return failure
  }

  private static func apply(_ events: [RecordedEvent], to state: inout State) -> ProjectionStatus.Failure? {
    defer { state.status.position = state.model.position }
    do throws(PoisonEvent) {
      try state.model.apply(events)
      return nil
    } catch {
      return ProjectionStatus.Failure(position: error.position, reason: error.description)
    }
  }

  /// Notes the end of the log, and whether everything before it has been applied.
  func note(_ change: (inout ProjectionStatus) -> Void) {
    let started = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      change(&state.status)
      guard state.status.isCaughtUp || state.status.failure != nil else { return [] }
      defer { state.isWaitingForStart = [] }
      return state.isWaitingForStart
    }
    for waiter in started { waiter.resume() }
  }

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
      .notReady, "The projections stand at event \(status.position.rawValue) of \(status.head.rawValue).",
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
