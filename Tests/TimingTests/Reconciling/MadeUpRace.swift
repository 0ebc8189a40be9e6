import Racing

@testable import Timing

/// A small race of round numbers that tests change in one place.
enum MadeUpRace {
  static let codes = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH"]

  /// Lap time of a car; every lap of a car is as long.
  static func time(_ car: Int) -> Int64 { 90_000 + Int64(car) * 100 }

  static func record(laps count: Int = 6) -> RaceRecord {
    let entrants = codes.enumerated().map { index, code in
      let laps = (1...count).map { number in
        Lap(
          number: number, timeMilliseconds: time(index) + (number == 1 ? 5_000 : Int64(number)),
          timeSource: number == 1 ? .official : .timing, sectorMilliseconds: [30_000, 30_000, nil],
          elapsedMilliseconds: (1...number).map { time(index) + ($0 == 1 ? 5_000 : Int64($0)) }.reduce(0, +),
          compound: .medium, tyreLife: number, stint: 1, trackStatus: "1", position: index + 1)
      }
      let total = laps.last?.elapsedMilliseconds
      return Entrant(
        code: DriverCode(code)!, number: index + 1, name: code, team: "T", grid: .slot(index + 1),
        result: Classification(position: index + 1, status: "Finished", laps: count, timeMilliseconds: total),
        laps: laps)
    }
    return RaceRecord(
      key: RaceKey(season: 2024, round: 3), slug: "x", name: "X Grand Prix", circuit: "x", date: "2024-03-24",
      lapCount: count, entrants: entrants)
  }

  static func source(_ source: RaceSource, _ change: (inout RaceRecord) -> Void = { _ in }) -> SourcedRace {
    var record = record()
    change(&record)
    return SourcedRace(ImportedRace(record: record), source: source)
  }
}
