/// What may be called for the next lap: everything from which a legal finish can be reached.
public struct LegalActions: Sendable, Hashable {
  /// The lap the call is for.
  public var lap: Int
  /// What the lap is like.
  public var kind: LapKind
  /// The car may stay on its set.
  public var mayStay: Bool
  /// Tyres that may be fitted at the end of the lap, ascending.
  public var tyres: [Compound]
  /// Fitting them costs no time and is no stop, because of a red flag.
  public var isFreeChange: Bool
  /// Paces that may be driven.
  public var modes: [PaceMode]
}

extension SimulationWorld {
  /// Checks a call for the lap after a state.
  ///
  /// - Throws: the first rule it breaks, in the order: end of the race, tyre at the race, lap of the stop, wear and
  ///   age of the set, obligations.
  public func check(
    _ state: RunState, mode: PaceMode, stop: Compound?, allowsModes: Bool = false
  ) throws(RuleViolation) {
    let lap = state.lap + 1
    guard lap <= lapCount else { throw .raceIsOver(lap: lapCount) }
    guard allowsModes || mode == .normal else { throw .paceNotOffered(mode) }
    var after = state
    after.mode = mode
    after.pass(lap: lap, end: state.elapsed, kind: kinds[lap])
    try checkSet(after)
    if let stop {
      guard slot(of: stop) != nil else { throw .compoundNotAtRace(stop, available: compounds) }
      let change = tyreChange(atEndOf: lap)
      guard change != .none else {
        throw .stopOutsideRace(lap: lap, possible: 2...max(2, lapCount - 1))
      }
      after.fit(.init(lap: lap, compound: stop, isFree: change == .free), minimumStops: rules.minimumStops)
    }
    guard hasLegalFinish(after, allowsModes: allowsModes) else { throw deadEnd(after) }
  }

  private func checkSet(_ state: RunState) throws(RuleViolation) {
    guard let slot = slot(of: state.compound) else {
      throw .compoundNotAtRace(state.compound, available: compounds)
    }
    let limit = 4 * stintCaps[slot]
    guard state.wear <= limit else {
      throw .setTooOld(state.compound, lap: state.lap, wearQuarters: state.wear, limitQuarters: limit)
    }
    if let most = rules.maximumStintLaps, state.lapsOnSet > most {
      throw .stintTooLong(lap: state.lap, laps: state.lapsOnSet, limit: most)
    }
  }

  /// Whether a legal finish can be reached from a state. O(1).
  public func hasLegalFinish(_ state: RunState, allowsModes: Bool = false) -> Bool {
    guard let slot = slot(of: state.compound) else { return false }
    let permits = allowsModes ? permitsWithModes : permits
    return state.wear
      <= permits.greatest(
        lap: state.lap, slot: slot, met: state.obligationMet, stops: state.stopsTowardsMinimum, age: state.lapsOnSet)
  }

  /// The reason that explains best why nothing legal is left after a state.
  private func deadEnd(_ state: RunState) -> RuleViolation {
    var waived = state
    waived.obligationMet = true
    let isWaivedLegal = hasLegalFinish(waived, allowsModes: true)
    if !state.obligationMet, isWaivedLegal { return .twoCompoundsNeeded(lap: state.lap, used: state.compound) }
    waived.stopsTowardsMinimum = rules.minimumStops
    if state.stopsTowardsMinimum < rules.minimumStops, hasLegalFinish(waived, allowsModes: true) {
      return .stopsNeeded(lap: state.lap, made: state.stopsTowardsMinimum, minimum: rules.minimumStops)
    }
    return .noLegalFinish(lap: state.lap)
  }

  /// What may be called for the lap after a state; nothing when the race is over.
  public func legalActions(after state: RunState, allowsModes: Bool = false) -> LegalActions {
    let lap = state.lap + 1
    guard lap <= lapCount else {
      return LegalActions(lap: lap, kind: .green, mayStay: false, tyres: [], isFreeChange: false, modes: [])
    }
    let offered = allowsModes ? PaceMode.allCases : [.normal]
    let modes = offered.filter { mode in
      isLegal(state, mode, nil, allowsModes) || compounds.contains { isLegal(state, mode, $0, allowsModes) }
    }
    return LegalActions(
      lap: lap, kind: kinds[lap], mayStay: modes.contains { isLegal(state, $0, nil, allowsModes) },
      tyres: compounds.filter { tyre in modes.contains { isLegal(state, $0, tyre, allowsModes) } },
      isFreeChange: tyreChange(atEndOf: lap) == .free, modes: modes)
  }

  func isLegal(_ state: RunState, _ mode: PaceMode, _ stop: Compound?, _ allowsModes: Bool) -> Bool {
    do throws(RuleViolation) {
      try check(state, mode: mode, stop: stop, allowsModes: allowsModes)
      return true
    } catch {
      return false
    }
  }
}
