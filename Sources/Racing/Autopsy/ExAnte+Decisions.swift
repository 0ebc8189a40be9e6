/// One call judged by what could be known when it was made.
public struct ExAnteCall: Sendable, Equatable {
  /// The lap at whose end it took effect; 1 for the tyre at the start.
  public let lap: Int
  /// The tyre fitted; nil for staying out.
  public let compound: Compound?
  /// What the best call would have fitted; nil for staying out.
  public let bestCompound: Compound?
  /// What it cost in expectation, ms.
  public let milliseconds: Int64
}

extension ExAnte {
  /// Walks a plan with the phases that came and adds up what each call cost in expectation; red laps cost nothing.
  ///
  /// - Returns: The whole cost, ms, rounded once, and the calls that cost half a second or more.
  /// - Complexity: O(laps × tyres).
  func decisionCost(
    of plan: Plan, startAge: Int, isStartGiven: Bool, kinds: [LapKind], from first: Int, obligationFree: Bool
  ) -> (milliseconds: Int64, calls: [ExAnteCall]) {
    guard let start = pace.compounds.firstIndex(of: plan.startCompound) else { return (0, []) }
    var walk = Walk(
      state: State(slot: start, age: startAge + 1, met: obligationFree || isClassFree(start), stops: 0))
    if first == 1 {
      if !isStartGiven { chargeStart(&walk, phase: Phase(kinds[1]), obligationFree: obligationFree) }
      if let change = plan.change(atEndOf: 1) { apply(change, to: &walk) }
    } else {
      skip(plan, to: first, &walk)
    }
    for lap in first..<lapCount {
      if lap > first { walk.state.age += 1 }
      let change = lap > first ? plan.change(atEndOf: lap) : nil
      let isGiven = (lap == 1 && isStartGiven) || (lap == first && first > 1)
      if kinds[lap] != .red, !isGiven { charge(change, after: lap, Phase(kinds[lap]), &walk) }
      if let change { apply(change, to: &walk) }
    }
    return (Int64(walk.sum.rounded(.toNearestOrAwayFromZero)), walk.calls)
  }

  private struct Walk {
    var state: State
    var sum = 0.0
    var calls: [ExAnteCall] = []

    mutating func note(_ cost: Double, lap: Int, _ compound: Compound?, best: Compound?) {
      sum += cost
      guard cost >= 500 else { return }
      let milliseconds = Int64(cost.rounded(.toNearestOrAwayFromZero))
      calls.append(ExAnteCall(lap: lap, compound: compound, bestCompound: best, milliseconds: milliseconds))
    }
  }

  private func isClassFree(_ slot: Int) -> Bool { pace.compounds[slot].tyreClass != .slick }

  private func chargeStart(_ walk: inout Walk, phase: Phase, obligationFree: Bool) {
    let begun = pace.compounds.indices.map { slot in
      value(after: 1, State(slot: slot, age: 1, met: obligationFree || isClassFree(slot), stops: 0), phase)
    }
    guard let best = begun.indices.min(by: { begun[$0] < begun[$1] }) else { return }
    let cost = value(after: 1, walk.state, phase) - begun[best]
    walk.note(cost, lap: 1, pace.compounds[walk.state.slot], best: pace.compounds[best])
  }

  private func charge(_ change: Plan.Change?, after lap: Int, _ phase: Phase, _ walk: inout Walk) {
    let called = change.flatMap { pace.compounds.firstIndex(of: $0.compound) }
    guard change == nil || called != nil else { return }
    let stay = value(ofCalling: nil, after: lap, walk.state, phase)
    var best: (tyre: Int?, cost: Double) = (nil, stay)
    if lap >= 2 {
      for tyre in pace.compounds.indices {
        let cost = value(ofCalling: tyre, after: lap, walk.state, phase)
        if cost < best.cost { best = (tyre, cost) }
      }
    }
    let cost = value(ofCalling: called, after: lap, walk.state, phase) - best.cost
    walk.note(max(0, cost), lap: lap, change?.compound, best: best.tyre.map { pace.compounds[$0] })
  }

  private func apply(_ change: Plan.Change, to walk: inout Walk) {
    guard let slot = pace.compounds.firstIndex(of: change.compound) else { return }
    let stops = change.isFree ? walk.state.stops : min(walk.state.stops + 1, requiredStops)
    walk.state = State(
      slot: slot, age: change.age, met: walk.state.met || slot != walk.state.slot || isClassFree(slot), stops: stops)
  }

  /// Follows reality to the end of a stoppage that began on lap 1.
  private func skip(_ plan: Plan, to lap: Int, _ walk: inout Walk) {
    walk.state.age = max(0, walk.state.age - 1) + lap
    for change in plan.changes where change.lap <= lap {
      apply(change, to: &walk)
      walk.state.age += lap - change.lap
    }
  }
}
