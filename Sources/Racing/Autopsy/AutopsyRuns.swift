/// Everything that is driven for one driver's autopsy, all of it with the driver's own lap kinds.
package struct AutopsyRuns: Sendable {
  /// The driver's index in the model.
  package let driver: Int
  /// The lap whose end is given: 1, or the last lap of a stoppage that began on lap 1.
  package let first: Int
  /// The driver's last lap.
  package let last: Int
  /// Kinds by lap.
  package let kinds: [LapKind]
  /// Real ends of laps.
  package let real: [Int64]
  /// What the grid slot cost, ms.
  package let gridLoss: Int64
  /// Stops for tyres.
  package let stops: [AutopsyStop]
  /// The race's crew figures.
  package let crew: CrewFigures
  /// The driver did not take the flag.
  package let isRetired: Bool
  /// The best plan at the best pace of the race, first from the grid, alone, with the best crew.
  package let ideal: AutopsyRun
  /// The same at the driver's pace.
  package let best: AutopsyRun
  /// The real plan at the driver's pace and the field's wear, alone, with the best crew.
  package let planned: AutopsyRun
  /// The same with the driver's own wear.
  package let worn: AutopsyRun
  /// The real plan from the real slot with a median crew: alone …
  package let alone: AutopsyRun
  /// … and among the others.
  package let traffic: AutopsyRun
  /// The same with the real times in the lane.
  package let simulated: AutopsyRun
  /// The real plan met every obligation.
  package let isRegular: Bool
}

extension AutopsyRuns {
  /// Laps whose time is accounted for: those that are not red, from the given one on.
  package var countedLaps: [Int] { (1...last).filter { isCounted($0) } }

  func isCounted(_ lap: Int) -> Bool { kinds[lap] != .red && (lap > first || (lap == 1 && first == 1)) }

  /// The time of a lap of a run; the given lap takes what it took.
  func duration(_ run: AutopsyRun, lap: Int) -> Int64 { run.ends[lap] - (lap > first ? run.ends[lap - 1] : 0) }

  /// The time of a lap in reality.
  func realDuration(lap: Int) -> Int64 { real[lap] - real[lap - 1] }

  /// The time of all counted laps of a run.
  func total(_ run: AutopsyRun) -> Int64 { countedLaps.reduce(0) { $0 + duration(run, lap: $1) } }

  /// The time of all counted laps in reality.
  var realTotal: Int64 { countedLaps.reduce(0) { $0 + realDuration(lap: $1) } }

  /// What the others cost on a lap.
  func trafficLoss(lap: Int) -> Int64 {
    lap > first ? duration(traffic, lap: lap) - duration(alone, lap: lap) : 0
  }

  /// The lap of the first stop, the last lap when there was none.
  var firstStop: Int { stops.first?.lap ?? last }

  /// What a median crew loses to the best.
  var crewSpread: Int64 { crew.median - crew.best }
}
