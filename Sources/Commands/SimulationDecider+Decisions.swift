internal import Events
internal import Racing

extension SimulationDecider {
  /// A decision for a lap; laps before it are driven without a stop.
  /// - Parameter isStrict: what comes in between is a refusal, not an interruption.
  static func decide(
    _ decision: MakeDecision, in verdict: inout Verdict, isStrict: Bool = false
  ) throws(CommandError) {
    try check(decision, in: verdict.state)
    let first = verdict.state.lap
    verdict.interruption = try drive(
      to: decision.lap - 1, seeing: decision.lap - 1, in: &verdict, isStrict: isStrict)
    if verdict.interruption == nil {
      do throws(CommandError) {
        return try record(decision, in: &verdict)
      } catch {
        let hasLookedAhead = verdict.state.started.mode == .live && verdict.state.lap > first
        guard hasLookedAhead, !isStrict else { throw error }
        verdict.interruption = Interruption(lap: decision.lap, reason: .notPossible)
      }
    }
    try verdict.record(.simulationAdvanced(SimulationAdvanced(lap: Int32(verdict.state.lap))))
  }

  /// A decision for the next lap.
  private static func record(_ decision: MakeDecision, in verdict: inout Verdict) throws(CommandError) {
    switch decision.choice {
    case .pace(let mode): try decide(pace: mode, in: &verdict)
    case .pit(let compound): try decide(LapCall(stop: compound), in: &verdict)
    case .stayOut:
      let kind = verdict.state.world.kinds[decision.lap]
      guard !kind.isRacing else { throw .nothingToDecide(lap: decision.lap, kind: kind) }
      try decide(LapCall(saysStay: true), in: &verdict)
    }
  }

  /// What can be said before a lap is driven. Nothing here depends on laps the player has not seen.
  private static func check(_ decision: MakeDecision, in state: SimulationState) throws(CommandError) {
    let lap = decision.lap
    let last = state.world.lapCount
    guard lap <= last else { throw .afterLastLap(lap: lap, last: last) }
    let isPace = if case .pace = decision.choice { true } else { false }
    if let found = state.decision(forLap: lap, isPace: isPace) {
      throw .duplicateDecision(lap: lap, kind: found.kind, found: found)
    }
    guard lap > state.lap else { throw .decisionInThePast(lap: lap, current: state.lap) }
    switch decision.choice {
    case .pit(let compound): try check(stopFor: compound, onLap: lap, in: state)
    case .pace(let mode): try check(pace: mode, onLap: lap, in: state)
    case .stayOut: break
    }
  }

  private static func check(
    stopFor compound: Compound, onLap lap: Int, in state: SimulationState
  ) throws(CommandError) {
    let world = state.world
    guard world.compounds.contains(compound) else {
      throw .rule(.compoundNotAtRace(compound, available: world.compounds))
    }
    guard lap < world.lapCount || lap == state.nextLap else {
      throw .rule(.stopOutsideRace(lap: lap, possible: 2...max(2, world.lapCount - 1)))
    }
  }

  private static func check(pace mode: PaceMode, onLap lap: Int, in state: SimulationState) throws(CommandError) {
    guard state.pending == nil || lap > state.nextLap else { throw .paceAfterStop(lap: lap) }
    guard state.started.offersPace || mode == .normal else { throw .rule(.paceNotOffered(mode)) }
    guard state.car.state.mode != mode else { throw .paceUnchanged(mode, lap: lap) }
  }

  private static func decide(pace mode: PaceMode, in verdict: inout Verdict) throws(CommandError) {
    let before = verdict.state.car
    var after = before
    do throws(RuleViolation) { try after.setPace(mode) } catch { throw .rule(error) }
    try verdict.record(.decisionMade(newRow(of: after, since: before)))
  }

  private static func decide(_ call: LapCall, in verdict: inout Verdict) throws(CommandError) {
    let before = verdict.state.car
    var after = before
    do throws(RuleViolation) { try after.drive(call) } catch { throw .rule(error) }
    try verdict.record(.decisionMade(newRow(of: after, since: before)))
    verdict.withState { $0.keepDriven(after) }
  }

  /// What the call just tried is charged with. At the flag the closing row follows it and is not meant.
  private static func newRow(of after: Simulation, since before: Simulation) -> DecisionMade {
    DecisionMade(after.charged[before.charged.count])
  }
}

extension DecisionMade {
  /// A charged decision as it goes on record.
  init(_ row: DecisionRegret) {
    self.init(
      lap: Int32(row.lap), kind: Kind(row.kind), compound: row.compound, pace: row.mode, regret: row.regret,
      isOptimal: row.isOptimal, elapsed: row.elapsed)
  }
}

extension DecisionMade.Kind {
  fileprivate init(_ kind: DecisionRegret.Kind) {
    self =
      switch kind {
      case .start: .start
      case .pit: .pit
      case .pace: .pace
      case .safetyCar: .safetyCar
      case .red: .red
      case .finish: .finish
      }
  }
}
