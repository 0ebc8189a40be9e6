import Racing

/// Looks a finished record over. It reports; it repairs only the order of laps and stops.
enum RecordCheck {
  /// The record in its canonical order, with notes on what does not add up.
  static func checked(_ record: RaceRecord, notes: [ImportNote]) -> ImportedRace {
    var result = ImportedRace(record: record, notes: notes)
    for index in record.entrants.indices {
      result.record.entrants[index].laps.sort { $0.number < $1.number }
      result.record.entrants[index].pitStops.sort { $0.lap < $1.lap }
      result.notes += check(result.record.entrants[index])
    }
    return result
  }

  /// A lap time may differ this much from the difference of the crossings before it is worth a note.
  private static let toleranceMilliseconds: Int64 = 1_000

  private static func check(_ entrant: Entrant) -> [ImportNote] {
    var notes: [ImportNote] = []
    var previous: Lap?
    for lap in entrant.laps {
      notes += numbering(lap, after: previous, entrant.code)
      notes += clock(lap, after: previous, entrant.code)
      previous = lap
    }
    return notes
  }

  private static func numbering(_ lap: Lap, after previous: Lap?, _ driver: DriverCode) -> [ImportNote] {
    let expected = (previous?.number ?? 0) + 1
    if lap.number == expected { return [] }
    return [ImportNote(.gap, driver: driver, lap: lap.number, "laps \(expected) to \(lap.number - 1) are missing")]
  }

  private static func clock(_ lap: Lap, after previous: Lap?, _ driver: DriverCode) -> [ImportNote] {
    guard let end = lap.elapsedMilliseconds, let start = previous == nil ? 0 : previous?.elapsedMilliseconds else {
      return []
    }
    if end <= start {
      return [ImportNote(.conflict, driver: driver, lap: lap.number, "ends at \(end) ms, not after \(start) ms")]
    }
    guard previous.map({ $0.number + 1 == lap.number }) ?? (lap.number == 1), let time = lap.timeMilliseconds,
      abs(end - start - time) > toleranceMilliseconds
    else { return [] }
    return [
      ImportNote(
        .conflict, driver: driver, lap: lap.number,
        "the lap time is \(time) ms, but the crossings are \(end - start) ms apart")
    ]
  }
}
