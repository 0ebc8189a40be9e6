import Racing
import Server
import Timing

/// Standings of a session that is followed, for people and for programs.
enum StandingsPage {
  /// The lines of a table, first car first.
  static func lines(_ standings: LiveStandings) -> [String] {
    var table = TextTable([
      ("", .right), ("car", .left), ("laps", .right), (standings.kind.isRaceLike ? "gap" : "to best", .right),
      ("last", .right), ("best", .right), ("tyre", .left), ("age", .right), ("stops", .right), ("", .left),
    ])
    for (index, car) in standings.cars.enumerated() {
      table.add([
        "\(index + 1)", car.code.isEmpty ? "\(car.number)" : car.code, "\(car.laps)", gap(car, index),
        car.lastLap.map { clockTime(Int64($0)) } ?? "–", car.bestLap.map { clockTime(Int64($0)) } ?? "–",
        car.compound?.lowercased() ?? "–", car.tyreLife.map { "\($0)" } ?? "–", "\(car.stops)", state(car),
      ])
    }
    return [title(standings)] + table.lines
  }

  /// One line of JSON: the standings, and the race record as far as there is one.
  static func json(_ standings: LiveStandings, record: Result<RaceRecord, TimingError>) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("session", standings.kind.rawValue)
      json.field("status", standings.status)
      json.field("trackStatus", standings.trackStatus)
      json.field("lap", standings.lap)
      json.field("totalLaps", standings.totalLaps)
      json.field("isOver", standings.isOver)
      json.array("cars", standings.cars) { json, car in json.object { members(of: car, &$0) } }
      switch record {
      case .success(let record):
        json.object("record") { json in
          json.field("race", "\(record.key.season) \(record.slug)")
          json.field("laps", record.lapCount)
          json.field("digest", "\(record.digest)")
        }
      case .failure(let error): json.field("noRecord", "\(error)")
      }
    }
    return String(decoding: json.bytes, as: UTF8.self)
  }

  private static func members(of car: LiveStandings.Car, _ json: inout JSONWriter) {
    json.field("number", car.number)
    json.field("code", car.code)
    json.field("team", car.team)
    json.field("laps", car.laps)
    json.field("gapMilliseconds", car.gap)
    json.field("lastLapMilliseconds", car.lastLap)
    json.field("bestLapMilliseconds", car.bestLap)
    json.field("compound", car.compound)
    json.field("tyreLife", car.tyreLife)
    json.field("stops", car.stops)
    json.field("isInPit", car.isInPit)
    json.field("isRetired", car.isRetired)
  }

  private static func title(_ standings: LiveStandings) -> String {
    var words = ["\(standings.kind.rawValue)"]
    words.append("lap \(standings.lap)" + (standings.totalLaps.map { " of \($0)" } ?? ""))
    if let track = standings.trackStatus.flatMap(trackWord) { words.append(track) }
    if let status = standings.status { words.append(status.lowercased()) }
    return Terminal.bold(words.joined(separator: " · "))
  }

  private static func trackWord(_ digit: String) -> String? {
    switch digit {
    case "1": "track clear"
    case "2": "yellow"
    case "4": "safety car"
    case "5": "red flag"
    case "6": "virtual safety car"
    case "7": "virtual safety car ending"
    default: nil
    }
  }

  private static func gap(_ car: LiveStandings.Car, _ index: Int) -> String {
    guard let gap = car.gap else { return "–" }
    return index == 0 ? "" : difference(Int64(gap))
  }

  private static func state(_ car: LiveStandings.Car) -> String {
    if car.isRetired { return "out" }
    return car.isInPit ? "pit" : ""
  }
}
