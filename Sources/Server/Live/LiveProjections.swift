public import Events
import Projections
import Synchronization

/// The projections that queries read: one value behind a lock, always consistent, with the position it stands at.
public final class LiveProjections: Sendable {
  struct State {
    var model = ReadModel()
    var plan = FoldPlan.standard
    var governance = Governance()
    /// How often the model was exchanged for another one.
    var generation: UInt64 = 0
    var status = ProjectionStatus()
    /// What was applied since somebody began to build another model; nil as long as nobody does.
    var recorded: RecordedBatches?
    var waiters = PositionWaiters<Waiter>()
    var isWaitingForStart: [CheckedContinuation<Void, Never>] = []
  }

  typealias Waiter = CheckedContinuation<Outcome, Never>

  enum Outcome {
    case reached, late
  }

  let state = Mutex(State())
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

  /// Events in the log that queries do not see yet.
  var lag: Int64 { state.withLock { $0.status.lag } }

  /// A number that is another one once the whole model was exchanged.
  var generation: UInt64 { state.withLock { $0.generation } }

  /// What was decided about the whole log, as far as queries see.
  public var governance: Governance { state.withLock { $0.governance } }

  /// How the model is folded.
  var plan: FoldPlan { state.withLock { $0.plan } }

  /// Notes what was decided about the log before any of it is folded.
  func begin(_ governance: Governance, _ plan: FoldPlan) {
    state.withLock { state in
      state.governance = governance
      state.plan = plan
      state.model = plan.beginning
    }
  }

  /// Replaces everything, by what the same log amounts to further on.
  func install(_ model: ReadModel) {
    state.withLock { state in
      state.model = model
      state.status.position = model.position
    }
  }

  /// Passes over what is quarantined by now, and goes on.
  func passOver(_ governance: Governance) {
    state.withLock { state in
      state.governance = governance
      state.plan = state.plan.passingOver(governance)
      state.model.quarantine = state.plan.quarantine
      state.status.failure = nil
    }
  }

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
    state.recorded?.add(events)
    for event in events where event.stream == .governance { state.governance.apply(event) }
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
}
