/// Lane times of a race's stops. Milliseconds.
package struct CrewFigures: Sendable, Equatable {
  /// What a best crew needs.
  package let best: Int64
  /// What a median crew needs.
  package let median: Int64

  /// Measures every stop for tyres; with too few the circuit's whole loss stands in for the median.
  package init(_ data: RaceData, circuit: ModelConstants.Circuit, rules: ModelConstants.PitLoss) {
    let lanes = data.drivers.flatMap { driver in
      driver.tyreStops.compactMap(\.laneMilliseconds).filter { $0 < rules.laneLimitMilliseconds }
    }
    let middle = Racing.median(lanes) ?? circuit.inMilliseconds + circuit.outMilliseconds
    median = middle
    best =
      lanes.count >= rules.minimumStops
      ? quantile(rules.bestQuantile, lanes) ?? middle : middle - rules.defaultSpreadMilliseconds
  }
}

extension RaceData.Driver {
  /// Stops at which tyres were changed, with the time in the lane where it is known.
  package var tyreStops: [PitStop] {
    entrant.pitStops.filter { stop in
      stop.lap <= lastLap && stints.contains { $0.laps.lowerBound == stop.lap + 1 }
    }.map { stop in
      var stop = stop
      stop.laneMilliseconds = laneTime(after: stop.lap) ?? stop.laneMilliseconds
      return stop
    }.sorted { $0.lap < $1.lap }
  }

  private func laneTime(after lap: Int) -> Int64? {
    let entry = entrant.laps.first { $0.number == lap }?.pitInElapsedMilliseconds
    let exit = entrant.laps.first { $0.number == lap + 1 }?.pitOutElapsedMilliseconds
    guard let entry, let exit, exit > entry else { return nil }
    return exit - entry
  }
}
