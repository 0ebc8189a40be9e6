/// A drive through one race, lap by lap.
package struct AutopsyRun: Sendable, Equatable {
  /// What was driven.
  package let plan: Plan
  /// Ends of the laps, ms since the start; index is the lap, entries before the given lap are unused.
  package let ends: [Int64]
}

extension SimulationWorld {
  /// Drives a plan from a state to the flag.
  ///
  /// - Parameter crew: Added to an out-lap after a stop at the end of the lap before it, ms.
  /// - Complexity: O(laps × log cars).
  func run(_ plan: Plan, from start: RunState, crew: [Int: Int64] = [:]) -> AutopsyRun {
    var state = start
    var ends = [Int64](repeating: 0, count: lapCount + 1)
    ends[state.lap] = state.elapsed
    while state.lap < lapCount {
      let extra = state.isOutLap ? crew[state.lap] ?? 0 : 0
      let change = plan.change(atEndOf: state.lap + 1)
      state = driven(state, mode: .normal, change: change, freeAir: false, extra: extra)
      ends[state.lap] = state.elapsed
    }
    return AutopsyRun(plan: plan, ends: ends)
  }

  /// The states in which a race may be begun at the end of the given lap: every tyre, or the real one when it is given.
  func autopsyStarts(atEndOf lap: Int, elapsed: Int64) -> [RunState] {
    let real = realState(atEndOf: lap)
    var states: [RunState]
    if lap == 1 {
      states = startIsFixed ? [real] : compounds.compactMap { start(on: $0) }
    } else {
      states = [real]
      for compound in compounds {
        var state = realState(atEndOf: lap - 1)
        state.pass(lap: lap, end: elapsed, kind: kinds[lap])
        state.fit(.init(lap: lap, compound: compound, isFree: true), minimumStops: rules.minimumStops)
        state.stops = 0
        states.append(state)
      }
    }
    for index in states.indices { states[index].elapsed = elapsed }
    return states
  }
}
