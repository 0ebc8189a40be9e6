internal import Events
internal import Racing

/// What a player may do with a run that has begun.
enum SimulationMove: Sendable, Equatable {
  case decide(MakeDecision)
  case advance(Advance)
  case finish
  case abandon
}

/// What a decider decided: events, and the state they lead to.
struct Verdict: Sendable {
  private(set) var state: SimulationState
  private(set) var events: [Event] = []
  var interruption: Interruption?

  /// Nothing yet.
  init(_ state: SimulationState) { self.state = state }

  /// A run that begins.
  init(_ state: SimulationState, begunBy started: SimulationStarted) {
    self.state = state
    events = [.simulationStarted(started)]
  }

  /// Records an event and takes it in.
  mutating func record(_ event: Event) throws(CommandError) {
    try state.evolve(event)
    events.append(event)
  }

  /// Changes the state ahead of the event that will say so.
  mutating func withState<Output, Failure: Error>(
    _ body: (inout SimulationState) throws(Failure) -> Output
  ) throws(Failure) -> Output {
    try body(&state)
  }
}

/// Decides what commands to a simulation lead to. Pure: the same state and command give the same events everywhere.
enum SimulationDecider {
  /// What a move leads to.
  /// - Throws: the reason of the refusal.
  /// - Complexity: O(laps × log cars) and one optimum for every call that leaves the best plan.
  static func decide(
    _ state: SimulationState, _ move: SimulationMove, standing: PlayerStanding
  ) throws(CommandError) -> Verdict {
    try state.checkGoesOn()
    var verdict = Verdict(state)
    switch move {
    case .decide(let decision): try decide(decision, in: &verdict)
    case .advance(let advance): try self.advance(advance, in: &verdict)
    case .finish: try finish(in: &verdict, standing: standing)
    case .abandon: try verdict.record(.simulationAbandoned(SimulationAbandoned(lap: Int32(state.lap))))
    }
    return verdict
  }

  private static func advance(_ advance: Advance, in verdict: inout Verdict) throws(CommandError) {
    let state = verdict.state
    let target = advance.toLap ?? state.nextLap
    guard target <= state.world.lapCount else { throw .afterLastLap(lap: target, last: state.world.lapCount) }
    guard target > state.lap else { throw .decisionInThePast(lap: target, current: state.lap) }
    verdict.interruption = try drive(to: target, seeing: target - 1, waitingFor: advance.stopOn, in: &verdict)
    try verdict.record(.simulationAdvanced(SimulationAdvanced(lap: Int32(verdict.state.lap))))
  }

  /// Drives up to and including a lap, or up to an interruption.
  ///
  /// In a live run nothing may be driven past a change of the track status that the player has not seen: a refusal
  /// would tell where the change is without costing anything, so the laps up to there are driven and stay driven.
  /// - Parameters:
  ///   - seen: after the laps up to this one the status of the next lap matters.
  ///   - signals: what else stops the car before the lap asked for.
  /// - Throws: `rule` when not a single lap can be driven, or not every lap and it `isStrict`.
  static func drive(
    to lap: Int, seeing seen: Int, waitingFor signals: Set<StopSignal> = [], in verdict: inout Verdict,
    isStrict: Bool = false
  ) throws(CommandError) -> Interruption? {
    let kinds = verdict.state.world.kinds
    let isLive = verdict.state.started.mode == .live
    let first = verdict.state.lap
    while verdict.state.lap < lap {
      do throws(RuleViolation) {
        try verdict.withState { state throws(RuleViolation) in try state.driveLap() }
      } catch {
        guard verdict.state.lap > first, !isStrict else { throw .rule(error) }
        return Interruption(lap: verdict.state.nextLap, reason: .mustStop)
      }
      let driven = verdict.state.lap
      if isLive, driven <= seen, kinds[driven + 1] != kinds[driven] {
        return Interruption(lap: driven + 1, reason: .trackStatus(kinds[driven + 1]))
      }
      if driven < verdict.state.world.lapCount, let reason = verdict.state.reason(among: signals) {
        return Interruption(lap: driven + 1, reason: reason)
      }
    }
    return nil
  }
}
