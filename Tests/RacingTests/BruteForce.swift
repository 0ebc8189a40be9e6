@testable import Racing

/// Every legal plan, one after the other. The rules are spelled out once more here; nothing of the search is used.
struct BruteForce {
  let world: SimulationWorld
  /// Drives laps car by car; nil to drive them as a run does.
  var reference: LapStepReference?
  private(set) var plans = 0
  private(set) var best: Int64?

  init(_ world: SimulationWorld, reference: LapStepReference? = nil) {
    self.world = world
    self.reference = reference
  }

  /// The best finish from any of the states with exactly that many further stops; nil when there is none.
  mutating func best(from states: [RunState], stops: Int) -> Int64? {
    best = nil
    for state in states { explore(state, stopsLeft: stops) }
    return best
  }

  private mutating func explore(_ state: RunState, stopsLeft: Int) {
    guard state.lap < world.lapCount else {
      guard stopsLeft == 0, state.obligationMet, state.stopsTowardsMinimum == world.rules.minimumStops else { return }
      plans += 1
      best = min(best ?? state.elapsed, state.elapsed)
      return
    }
    let lap = state.lap + 1
    guard stopsLeft <= max(0, world.lapCount - lap) else { return }
    let wear = state.wear + world.kinds[lap].wearQuarters()
    guard wear <= 4 * world.stintCaps[world.slot(of: state.compound)!] else { return }
    if let limit = world.rules.maximumStintLaps, state.lapsOnSet + 1 > limit { return }
    explore(driven(state, nil), stopsLeft: stopsLeft)
    let isRed = world.kinds[lap] == .red
    if isRed && world.kinds[lap - 1] == .red { return }
    guard isRed || (stopsLeft > 0 && lap >= 2 && lap < world.lapCount) else { return }
    for compound in world.compounds {
      let change = Plan.Change(lap: lap, compound: compound, isFree: isRed)
      explore(driven(state, change), stopsLeft: isRed ? stopsLeft : stopsLeft - 1)
    }
  }

  private func driven(_ state: RunState, _ change: Plan.Change?) -> RunState {
    var next = world.driven(state, mode: .normal, change: change)
    guard let reference else { return next }
    next.elapsed = reference.end(
      .init(
        lap: next.lap, start: state.elapsed, slot: world.compounds.firstIndex(of: state.compound)!,
        wear: state.wear + world.kinds[next.lap].wearQuarters(), outLap: state.isOutLap,
        pits: change.map { !$0.isFree } ?? false))
    return next
  }
}

extension SimulationWorld {
  /// The states a race may begin from: every tyre, or the given set.
  var startStates: [RunState] {
    let free = compounds.compactMap { start(on: $0) }
    return free.isEmpty ? [realState(atEndOf: 1)] : free
  }

  /// Plays legal calls at random to the flag; a stop is called about `stopsWanted` times.
  func randomFinish(from start: RunState, stopsWanted: Int, _ random: inout SplitMix) -> RunState {
    var state = start
    while state.lap < lapCount {
      let actions = legalActions(after: state)
      let wants = random.integer(in: 1...lapCount) <= stopsWanted || actions.isFreeChange
      var tyre: Compound?
      if !actions.mayStay || (wants && !actions.tyres.isEmpty) {
        tyre = actions.tyres[random.integer(in: 0...actions.tyres.count - 1)]
      }
      let change = tyre.map { Plan.Change(lap: actions.lap, compound: $0, isFree: actions.isFreeChange) }
      state = driven(state, mode: .normal, change: change)
    }
    return state
  }
}
