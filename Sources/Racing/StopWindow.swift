/// What it costs to make the next stop at the end of each lap: the answer to "which other lap would have been better".
public struct StopWindow: Sendable, Hashable {
  /// One lap to stop on.
  public struct Choice: Sendable, Hashable {
    /// The lap at whose end the stop is.
    public var lap: Int
    /// The best finish with the next stop there less the best finish of all, ms; at least 0.
    public var cost: Int64
  }

  /// Every lap on which the next stop can be made legally, ascending.
  public var choices: [Choice]

  /// The laps that cost at most a second: the optimal window. Empty when the best is not to stop again.
  public var laps: [Int] {
    choices.filter { $0.cost <= DecisionRegret.windowMilliseconds }.map(\.lap)
  }

  /// The cost of a lap, ms; nil when no legal stop is possible there.
  public func cost(ofLap lap: Int) -> Int64? { choices.first { $0.lap == lap }?.cost }
}

extension SimulationWorld {
  /// The next stop after a state, lap by lap. It looks into the future: not for a run under way.
  ///
  /// - Complexity: one search of the rest of the race for each lap left, some ten ms without modes.
  public func nextStop(after state: RunState, allowsModes: Bool = false) -> StopWindow {
    guard let best = optimum(from: state, allowsModes: allowsModes) else { return StopWindow(choices: []) }
    let options = OptimumOptions(allowsModes: allowsModes)
    var forward = OptimumSearch()
    var search = OptimumSearch()
    var choices: [StopWindow.Choice] = []
    forward.begin(self, states: [state], options: options)
    for lap in (state.lap + 1)..<max(state.lap + 1, lapCount) {
      if tyreChange(atEndOf: lap) == .stop,
        let finish = finish(stoppingOn: lap, from: Array(forward.labels[forward.frontier]), options, &search)
      {
        choices.append(.init(lap: lap, cost: finish - best.finish))
      }
      forward.advance(self, lap: lap, stops: .none)
    }
    return StopWindow(choices: choices)
  }
}

extension Simulation {
  /// For every stop of the run, in order, the laps it could have been made on, judged from where the run stood after
  /// the stop before. Empty while the run is under way.
  ///
  /// - Complexity: one search for each stop and lap.
  public func stopWindows() -> [StopWindow] {
    guard isFinished else { return [] }
    var at = first
    return plan.stops.filter { $0.lap > first.lap }.map { stop in
      let window = world.nextStop(after: at, allowsModes: allowsModes)
      at = driven(from: at, toLap: stop.lap)
      return window
    }
  }
}
