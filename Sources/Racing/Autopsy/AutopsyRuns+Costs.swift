/// The six costs. No cost and no residual is what the others leave over.
extension AutopsyRuns {
  /// The grid slot, and what traffic cost until the first stop.
  package func qualifyingCost() -> Int64 { gridLoss + racingTraffic { $0 <= firstStop } }

  /// The driver's own wear on the real plan.
  package func tyreDegradationCost() -> Int64 { total(worn) - total(planned) }

  /// Every stop against the best crews.
  package func pitExecutionCost() -> Int64 { stops.reduce(0) { $0 + $1.crew - crew.best } }

  /// The calls, and what traffic cost after the first stop.
  package func strategyError(decision: Int64) -> Int64 { decision + trafficAfterStop }

  /// The driver's pace against the best.
  package func carPaceDeficit() -> Int64 { total(best) - total(ideal) }

  /// What was out of the ordinary.
  package func incidentImpact(_ parts: IncidentParts) -> Int64 { parts.total }

  /// Ordinary laps against their simulation.
  func residual(flagged: [Bool]) -> Int64 {
    countedLaps.reduce(0) { $0 + (flagged[$1] ? 0 : difference(lap: $1)) }
  }

  /// Traffic on racing laps after the first stop.
  var trafficAfterStop: Int64 { racingTraffic { $0 > firstStop } }

  /// What the best plan would have saved, known afterwards.
  var hindsightCost: Int64 { total(planned) - total(best) }

  /// Real lap less simulated lap.
  func difference(lap: Int) -> Int64 { realDuration(lap: lap) - duration(simulated, lap: lap) }

  private func racingTraffic(_ wanted: (Int) -> Bool) -> Int64 {
    countedLaps.filter { kinds[$0].isRacing && wanted($0) }.reduce(0) { $0 + trafficLoss(lap: $1) }
  }

  /// What neutralised laps gave back or took.
  func bunching() -> Int64 {
    let expected = total(worn) + Int64(stops.count) * crewSpread + gridLoss
    return total(traffic) - expected - racingTraffic { _ in true }
  }

  /// Traffic met or missed because of the real times in the lane.
  func knockOn() -> Int64 {
    total(simulated) - total(traffic) - stops.reduce(0) { $0 + $1.lane - crew.median }
  }
}

extension AutopsyGround {
  /// The costs of runs that were driven.
  ///
  /// - Parameter decision: What the calls cost given what could be known; nil to judge them with hindsight.
  func figures(_ runs: AutopsyRuns, decision: Int64?) -> AutopsyFigures {
    let flagged = flaggedLaps(runs)
    let called = decision ?? runs.hindsightCost
    let penalty = model.data.drivers[runs.driver].entrant.result.penaltyMilliseconds
    let incident = IncidentParts(
      flagged: runs.countedLaps.reduce(0) { $0 + (flagged[$1] ? runs.difference(lap: $1) : 0) },
      bunching: runs.bunching(), luck: runs.hindsightCost - called,
      held: runs.stops.reduce(0) { $0 + $1.held }, knockOn: runs.knockOn(), penalty: penalty,
      redReset: redReset(runs))
    let costs = AutopsyCosts(
      qualifying: runs.qualifyingCost(), tyre: runs.tyreDegradationCost(), pit: runs.pitExecutionCost(),
      strategy: runs.strategyError(decision: called), car: runs.carPaceDeficit(),
      incident: runs.incidentImpact(incident), residual: runs.residual(flagged: flagged))
    return AutopsyFigures(
      costs: costs,
      strategy: StrategyParts(decision: called, isHindsight: decision == nil, traffic: runs.trafficAfterStop),
      incident: incident, totalLoss: runs.realTotal + penalty + incident.redReset - runs.total(runs.ideal))
  }

  /// Laps out of the ordinary: the first, neutralised ones, passes of the lane that are no stop for tyres, and green laps
  /// far from their simulation.
  func flaggedLaps(_ runs: AutopsyRuns) -> [Bool] {
    let driver = model.data.drivers[runs.driver]
    let stops = Set(runs.stops.map(\.lap))
    let scales = Int64((1000 * Double(model.constants.autopsy.incidentScales) * model.fit.scale).rounded())
    let limit = max(model.constants.autopsy.incidentMilliseconds, scales)
    return (0...runs.last).map { lap in
      guard lap > 1 else { return true }
      let facts = driver.laps[lap]
      let isIn = stops.contains(lap)
      let isOut = stops.contains(lap - 1)
      if runs.kinds[lap] != .green || (facts.isIn && !isIn) || (facts.isOut && !isOut) { return true }
      return !isIn && !isOut && abs(runs.difference(lap: lap)) > limit
    }
  }

  /// The change of the gap to the first car over every stoppage after the given lap.
  private func redReset(_ runs: AutopsyRuns) -> Int64 {
    guard runs.last > runs.first else { return 0 }
    return (runs.first + 1...runs.last).filter { runs.kinds[$0] == .red }.reduce(0) { sum, lap in
      let finishers = cars.filter { $0.lastLap >= lap && $0.elapsed[lap] >= 0 && $0.elapsed[lap - 1] >= 0 }
      guard let after = finishers.map({ $0.elapsed[lap] }).min(),
        let before = finishers.map({ $0.elapsed[lap - 1] }).min()
      else { return sum }
      return sum + (runs.real[lap] - after) - (runs.real[lap - 1] - before)
    }
  }
}
