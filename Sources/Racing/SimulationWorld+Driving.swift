extension SimulationWorld {
  /// The state at the end of lap 1 with a new set of that tyre; nil when nobody used the tyre or the set is given.
  func start(on compound: Compound) -> RunState? {
    guard slot(of: compound) != nil, !startIsFixed else { return nil }
    return RunState(
      lap: 1, elapsed: realElapsed[1], compound: compound, wear: kinds[1].wearQuarters(), lapsOnSet: 1,
      obligationMet: rules.minimumDryCompounds < 2 || compound.tyreClass != .slick, stopsTowardsMinimum: 0,
      isOutLap: false, stops: 0, mode: .normal)
  }

  /// The real car at the end of a lap. Stops it made on the way count for the rules, not as stops of the simulation.
  public func realState(atEndOf lap: Int) -> RunState {
    precondition((1...lapCount).contains(lap), "the car drove laps 1 to \(lapCount)")
    var state = RunState(
      lap: 0, elapsed: 0, compound: realPlan.startCompound, wear: 4 * realStartSetAge, lapsOnSet: realStartSetAge,
      obligationMet: rules.minimumDryCompounds < 2 || realPlan.startCompound.tyreClass != .slick,
      stopsTowardsMinimum: 0, isOutLap: false, stops: 0, mode: .normal)
    var changes = realPlan.changes[...]
    for driven in 1...lap {
      state.pass(lap: driven, end: realElapsed[driven], kind: kinds[driven])
      if let change = changes.first, change.lap == driven {
        state.fit(change, minimumStops: rules.minimumStops)
        changes = changes.dropFirst()
      }
    }
    state.stops = 0
    return state
  }

  /// Drives one lap from a state, and fits new tyres at its end if asked to; on a red lap that is free.
  ///
  /// Rules are not checked. O(log cars).
  public func driven(_ state: RunState, mode: PaceMode, change: Plan.Change?, freeAir: Bool = false) -> RunState {
    driven(state, mode: mode, change: change, freeAir: freeAir, extra: 0)
  }

  /// The same with a known loss on the lap, ms.
  @inline(__always)
  func driven(_ state: RunState, mode: PaceMode, change: Plan.Change?, freeAir: Bool, extra: Int64) -> RunState {
    let lap = state.lap + 1
    var next = state
    next.mode = mode
    let wear = min(state.wear + kinds[lap].wearQuarters(mode), course.wearCount - 1)
    let isStop = change.map { !$0.isFree } ?? false
    let end = course.end(
      ofLap: lap, from: state.elapsed, slot: slots[Int(state.compound.rawValue)], wear: wear, outLap: state.isOutLap,
      pits: isStop, mode: mode, freeAir: freeAir, extra: extra)
    next.pass(lap: lap, end: end, kind: kinds[lap])
    if let change { next.fit(change, minimumStops: rules.minimumStops) }
    return next
  }

  /// Drives a plan to the flag and tells when; the plan's changes up to the state's lap are skipped.
  ///
  /// Rules are not checked. O(laps × log cars), nothing is allocated.
  public func finish(of plan: Plan, from state: RunState, freeAir: Bool = false) -> Int64 {
    end(ofLap: lapCount, of: plan, from: state, freeAir: freeAir)
  }

  /// The same up to the end of a lap.
  @inline(__always)
  private func end(ofLap last: Int, of plan: Plan, from state: RunState, freeAir: Bool) -> Int64 {
    var state = state
    var change = 0
    var pace = 0
    while state.lap < last {
      let lap = state.lap + 1
      while change < plan.changes.count, plan.changes[change].lap < lap { change += 1 }
      while pace < plan.paces.count, plan.paces[pace].lap <= lap {
        state.mode = plan.paces[pace].mode
        pace += 1
      }
      let due = change < plan.changes.count && plan.changes[change].lap == lap ? plan.changes[change] : nil
      state = driven(state, mode: state.mode, change: due, freeAir: freeAir)
    }
    return state.elapsed
  }

  /// The real plan simulated from the end of a given lap: its finish, ms.
  public func replayReal(fromLap lap: Int = 1) -> Int64 {
    finish(of: realPlan, from: realState(atEndOf: lap))
  }

  /// How far the real plan, simulated from the end of one lap to the end of another, is from the real race there, ms.
  public func replayError(fromLap lap: Int, toLap last: Int) -> Int64 {
    abs(end(ofLap: last, of: realPlan, from: realState(atEndOf: lap), freeAir: false) - realElapsed[last])
  }
}

extension RunState {
  /// One lap more on the same set.
  @inline(__always)
  mutating func pass(lap: Int, end: Int64, kind: LapKind) {
    self.lap = lap
    elapsed = end
    wear += kind.wearQuarters(mode)
    lapsOnSet += 1
    isOutLap = false
  }

  /// Other tyres at the end of the lap just driven.
  @inline(__always)
  mutating func fit(_ change: Plan.Change, minimumStops: Int) {
    if change.compound != compound || change.compound.tyreClass != .slick { obligationMet = true }
    compound = change.compound
    wear = 4 * change.age
    lapsOnSet = change.age
    guard !change.isFree else { return }
    isOutLap = true
    stops += 1
    stopsTowardsMinimum = min(stopsTowardsMinimum + 1, minimumStops)
  }
}
