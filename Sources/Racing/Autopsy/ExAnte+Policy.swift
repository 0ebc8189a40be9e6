extension ExAnte {
  /// What the best caller without foresight would have done with the phases that came: at every line the call with the
  /// least expected time.
  ///
  /// - Parameters:
  ///   - given: The tyre for the start and its age, where it is not to be chosen.
  ///   - kinds: Laps as they came; red laps are driven through on the same set.
  /// - Complexity: O(laps × tyres).
  func policy(given: (compound: Compound, age: Int)?, kinds: [LapKind], obligationFree: Bool) -> Plan? {
    func met(_ slot: Int) -> Bool { obligationFree || pace.compounds[slot].tyreClass != .slick }
    let phase = Phase(kinds[1])
    let begun: [State] =
      if let given, let slot = pace.compounds.firstIndex(of: given.compound) {
        [State(slot: slot, age: given.age + 1, met: met(slot), stops: 0)]
      } else {
        pace.compounds.indices.map { State(slot: $0, age: 1, met: met($0), stops: 0) }
      }
    guard var state = begun.min(by: { value(after: 1, $0, phase) < value(after: 1, $1, phase) }) else { return nil }
    var plan = Plan(startCompound: pace.compounds[state.slot])
    for lap in 1..<lapCount {
      if lap > 1 { state.age += 1 }
      guard lap > 1, kinds[lap] != .red else { continue }
      let phase = Phase(kinds[lap])
      var best: (tyre: Int?, cost: Double) = (nil, value(ofCalling: nil, after: lap, state, phase))
      for tyre in pace.compounds.indices {
        let cost = value(ofCalling: tyre, after: lap, state, phase)
        if cost < best.cost { best = (tyre, cost) }
      }
      guard let tyre = best.tyre else { continue }
      let isMet = state.met || tyre != state.slot || met(tyre)
      state = State(slot: tyre, age: 0, met: isMet, stops: min(state.stops + 1, requiredStops))
      plan.changes.append(.init(lap: lap, compound: pace.compounds[tyre]))
    }
    return plan
  }
}
