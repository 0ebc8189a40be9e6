import Racing

extension FastF1LapsTable.Car {
  /// The last lap that the car really completed.
  var lastCompleted: FastF1Row? {
    rows.last { !$0.isGenerated && $0.end != nil }
  }

  /// The laps on the race's clock; those after `official` do not count.
  func laps(start: Int64, official: Int) -> [Lap] {
    var laps: [Lap] = []
    laps.reserveCapacity(rows.count)
    var previous: FastF1Row?
    for row in rows {
      laps.append(FastF1LapTime(row: row, previous: previous, start: start).lap(official: official))
      previous = row
    }
    return laps
  }

  /// Every lap that ends in the pit lane, with the time to its exit on the next one.
  var pitStops: [PitStop] {
    rows.indices.compactMap { index in
      guard let entry = rows[index].pitIn else { return nil }
      let next = index + 1 < rows.count ? rows[index + 1] : nil
      guard let next, next.lapNumber == rows[index].lapNumber + 1, let exit = next.pitOut, exit > entry else {
        return PitStop(lap: rows[index].lapNumber)
      }
      return PitStop(
        lap: rows[index].lapNumber, laneMilliseconds: exit - entry, tyresChanged: tyresChanged(rows[index], next))
    }
  }

  /// A new stint, another compound or an age that does not continue; nil when the tyres before the stop are unknown.
  private func tyresChanged(_ before: FastF1Row, _ after: FastF1Row) -> Bool? {
    if before.stint == nil && before.compound == nil { return nil }
    if before.stint != after.stint || before.compound != after.compound { return true }
    guard let old = before.tyreLife, let new = after.tyreLife else { return false }
    return new != old + 1
  }
}

/// One row's lap on the race's clock.
struct FastF1LapTime {
  let row: FastF1Row
  let previous: FastF1Row?
  let start: Int64

  /// The lap. A lap that FastF1 made up for a retired car has neither end nor time.
  func lap(official: Int) -> Lap {
    let (time, source) = time
    return Lap(
      number: row.lapNumber, timeMilliseconds: time, timeSource: source, sectorMilliseconds: row.sectors,
      elapsedMilliseconds: row.isGenerated ? nil : row.end.map { $0 - start }, compound: row.compound,
      tyreLife: row.tyreLife.flatMap { $0 < 0 ? nil : $0 }, stint: row.stint,
      pitInElapsedMilliseconds: row.pitIn.map { $0 - start },
      pitOutElapsedMilliseconds: pitOut, trackStatus: row.trackStatus, position: row.position,
      isGenerated: row.isGenerated, isCounted: row.lapNumber <= official, isDeleted: row.isDeleted)
  }

  /// On lap 1 leaving the pit lane for the grid is not part of the race.
  private var pitOut: Int64? {
    guard let exit = row.pitOut, row.lapNumber > 1 || exit > start else { return nil }
    return exit - start
  }

  /// Timing gives no lap 1: a time there comes from the official results. A missing time is the difference of the
  /// lap's ends.
  private var time: (Int64?, Lap.TimeSource) {
    if row.isGenerated { return (nil, .timing) }
    if let time = row.lapTime { return (time, row.lapNumber == 1 ? .official : .timing) }
    guard let end = row.end, let begin else { return (nil, .timing) }
    return (end - begin, .derived)
  }

  private var begin: Int64? {
    if row.lapNumber == 1 { return start }
    return row.start ?? (previous?.lapNumber == row.lapNumber - 1 ? previous?.end : nil)
  }
}
