internal import Events
internal import Racing

extension SimulationState {
  /// Everybody at the end of the last lap driven, in order at the line; who is out comes last, by laps driven.
  /// - Complexity: O(cars × (sets + log cars)).
  var tower: [SimulationView.TowerRow] {
    var rows = world.rivals.map(row)
    rows.append(ownRow)
    // A place in the order is worked out once a car, not once a comparison.
    var ordered = rows.map { (order: order($0), row: $0) }
    ordered.sort { $0.order < $1.order }
    for index in ordered.indices where ordered[index].row.gap != nil { ordered[index].row.place = index + 1 }
    return ordered.map(\.row)
  }

  /// Cars with more laps than this one's race had are ahead at its flag, as for its place.
  private func order(_ row: SimulationView.TowerRow) -> (Int, Int64, String) {
    guard let gap = row.gap else { return (2, -Int64(row.lastLap ?? .max), row.driver.description) }
    let hasMoreLaps = lap == world.lapCount && world.rivals.contains { $0.code == row.driver && $0.lastLap > lap }
    return (hasMoreLaps ? 0 : 1, gap, row.driver.description)
  }

  private var ownRow: SimulationView.TowerRow {
    let set = car.setsSoFar.last { $0.firstLap <= lap }
    return SimulationView.TowerRow(
      driver: started.driver, gap: 0, lapTime: car.path[lap] - car.path[lap - 1], compound: set?.compound,
      tyreLaps: set.map { $0.ageAtStart + lap - $0.firstLap + 1 },
      stopCount: car.setsSoFar.count { !$0.isFree && $0.firstLap <= lap } - 1,
      isInLane: car.setsSoFar.contains { !$0.isFree && $0.firstLap == lap + 1 })
  }

  private func row(_ rival: RaceArtefact.Car) -> SimulationView.TowerRow {
    let sets = rival.stints.filter { $0.firstLap <= lap }
    let isRunning = rival.lastLap >= lap
    let elapsed = isRunning ? known(rival.elapsed[lap]) : nil
    let before = isRunning ? known(rival.elapsed[lap - 1]) : nil
    return SimulationView.TowerRow(
      driver: rival.code, gap: elapsed.map { $0 - car.state.elapsed },
      lapTime: elapsed.flatMap { end in before.map { end - $0 } }, compound: sets.last?.compound,
      tyreLaps: sets.last.map { $0.ageAtStart + lap - $0.firstLap + 1 },
      stopCount: sets.dropFirst().count { !$0.isFree }, isInLane: isRunning && rival.inLaps[lap],
      lastLap: isRunning ? nil : rival.lastLap)
  }

  private func known(_ time: Int64) -> Int64? { time < 0 ? nil : time }
}
