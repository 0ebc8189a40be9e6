internal import Events
internal import Racing

extension SimulationState {
  /// What the player may see.
  /// - Complexity: O(cars + laps).
  var view: SimulationView {
    let (ahead, behind) = neighbours()
    return SimulationView(
      simulation: id, version: version, player: player, race: started.race, driver: started.driver, mode: started.mode,
      isRanked: started.isRanked, forkOf: started.forkOf, model: started.model, status: status,
      startLap: Int(started.startLap), lapCount: world.lapCount, lap: lap, elapsed: car.state.elapsed,
      lapTime: car.path[lap] - car.path[lap - 1], place: car.place(),
      toReal: car.state.elapsed - world.realElapsed[lap],
      replayError: world.replayError(fromLap: Int(started.startLap), toLap: lap), ahead: ahead, behind: behind,
      tower: tower,
      tyre: .init(
        compound: car.state.compound, laps: car.state.lapsOnSet, wearQuarters: car.state.wear),
      pace: car.state.mode, stops: car.plan.stops, next: next, decisions: shownDecisions, result: result)
  }

  private var status: SimulationView.Status {
    switch ending {
    case .finished: .finished
    case .abandoned: .abandoned
    case nil: .running
    }
  }

  /// Nothing may be told yet that comes from laps to be driven.
  private var isBlind: Bool { ending == nil && started.mode == .live }

  private var shownDecisions: [SimulationView.Decision] { decisions.map(shown) }

  private func shown(_ decision: DecisionMade) -> SimulationView.Decision {
    SimulationView.Decision(
      lap: Int(decision.lap), kind: decision.kind, compound: decision.compound, pace: decision.pace,
      regret: isBlind ? nil : decision.regret, isOptimal: isBlind ? nil : decision.isOptimal)
  }

  private var next: SimulationView.NextLap? {
    guard ending == nil, lap < world.lapCount else { return nil }
    let actions = car.legalActions(forLap: nextLap)
    let call = pending?.call
    let isPaceFixed = call != nil || decision(forLap: nextLap, isPace: true) != nil
    let rejoins = actions.tyres.isEmpty || actions.isFreeChange ? nil : car.boxNow()
    return SimulationView.NextLap(
      lap: nextLap, kind: actions.kind,
      decided: call == nil ? nil : decision(forLap: nextLap, isPace: false).map(shown),
      mayStayOut: call.map { $0.stop == nil } ?? isLegal(stop: nil),
      compounds: call == nil ? actions.tyres.filter { isLegal(stop: $0) } : [], isFreeChange: actions.isFreeChange,
      paces: isPaceFixed ? [car.state.mode] : actions.modes, obligationMet: car.state.obligationMet,
      stopsOwed: world.rules.minimumStops - car.state.stopsTowardsMinimum,
      boxNow: rejoins?.rejoin(actions.kind), rejoins: rejoins)
  }

  private func isLegal(stop: Compound?) -> Bool {
    do throws(RuleViolation) {
      try world.check(car.state, mode: car.state.mode, stop: stop, allowsModes: started.offersPace)
      return true
    } catch {
      return false
    }
  }

  private var result: SimulationView.Result? {
    guard case .finished(let finished) = ending, let best = bestFromStart else { return nil }
    let replay = car.replayReal()
    return SimulationView.Result(
      finished: finished, optimum: best.finish, optimalPlan: best.plan, realPlan: world.realPlan,
      replayError: abs(replay - world.realElapsed[world.lapCount]))
  }

  private var bestFromStart: Optimum? {
    started.startCompound == nil
      ? world.optimum(from: startState, allowsModes: started.offersPace)
      : world.optimumOverStarts(allowsModes: started.offersPace)
  }

  /// Who is directly ahead and behind at the line, and how far. O(cars).
  func neighbours() -> (ahead: SimulationView.Gap?, behind: SimulationView.Gap?) {
    let elapsed = car.state.elapsed
    var ahead: SimulationView.Gap?
    var behind: SimulationView.Gap?
    for rival in world.rivals where lap <= rival.lastLap && rival.elapsed[lap] >= 0 {
      let gap = rival.elapsed[lap] - elapsed
      if gap < 0, -gap < ahead?.milliseconds ?? .max { ahead = .init(driver: rival.code, milliseconds: -gap) }
      if gap >= 0, gap < behind?.milliseconds ?? .max { behind = .init(driver: rival.code, milliseconds: gap) }
    }
    return (ahead, behind)
  }
}
