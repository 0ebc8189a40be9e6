internal import Events
internal import Racing

extension SimulationDecider {
  /// Drives to the flag without further decisions, charges what was left undecided and scores the run. No change of
  /// the track status stops it: whoever finishes decides nothing any more. A stop that must be made does.
  static func finish(
    in verdict: inout Verdict, standing: PlayerStanding, isStrict: Bool = false
  ) throws(CommandError) {
    let last = verdict.state.world.lapCount
    verdict.interruption = try drive(to: last, seeing: 0, in: &verdict, isStrict: isStrict)
    guard verdict.interruption == nil else {
      return try verdict.record(.simulationAdvanced(SimulationAdvanced(lap: Int32(verdict.state.lap))))
    }
    let state = verdict.state
    guard let closing = state.car.charged.last, closing.kind == .finish, let score = state.car.score() else {
      throw .unreadable(stream: state.id, reason: "the car is at the flag and was not charged")
    }
    try verdict.record(.decisionMade(DecisionMade(closing)))
    try verdict.record(.simulationFinished(finished(state, score, standing)))
  }

  private static func finished(
    _ state: SimulationState, _ score: RunScore, _ standing: PlayerStanding
  ) -> SimulationFinished {
    let stops = state.ownStops
    return SimulationFinished(
      pitTiming: score.parts.pitTiming, tyreEfficiency: score.parts.tyreEfficiency,
      safetyCarReaction: score.parts.safetyCarReaction, raceOutcome: score.parts.raceOutcome, iq: score.iq,
      total: score.total, toOptimum: score.toOptimum, toReal: score.toReal, place: Int32(score.place),
      attempt: Int32(clamping: 1 + standing.otherRuns), isRanked: state.started.isRanked && standing.mayRank,
      startCompound: state.startState.compound,
      stops: stops.prefix(SimulationFinished.storedStopsMax).map { .init(lap: Int32($0.lap), compound: $0.compound) },
      stopCount: Int32(stops.count), undercutGain: state.undercutGain, plan: state.planHash)
  }
}

extension PlayerStanding {
  /// Nothing about the account keeps a run from being ranked.
  var mayRank: Bool { (kind == .registered || kind == .synthetic) && !hasSeenRace && !isBanned }
}

extension SimulationState {
  /// Stops of this run; those of a run it was forked from are not its own.
  var ownStops: [Plan.Change] { car.plan.stops.filter { $0.lap > Int(started.startLap) } }

  /// The same for equal plans: the first tyre, changes and paces. What is said without an effect does not count.
  var planHash: UInt64 {
    var hash = Hash64()
    hash.combine(startState.compound)
    for change in car.plan.changes where change.lap > Int(started.startLap) {
      hash.combine(change.lap)
      hash.combine(change.compound)
    }
    for pace in car.plan.paces where pace.lap > Int(started.startLap) {
      hash.combine(pace.lap)
      hash.combine(byte: pace.mode.rawValue)
    }
    return hash.value
  }
}
