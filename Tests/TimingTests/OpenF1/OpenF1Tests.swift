import Racing
import Testing

@testable import Timing

/// OpenF1's answers read back.
@Suite struct OpenF1Tests {
  @Test func `laps, sectors and speeds are whole milliseconds and kilometres`() throws {
    let laps = MadeUpAnswers.session().laps()
    #expect(laps.map(\.count) == [5, 5])
    let lap = try #require(laps[1].first)
    #expect((lap.code, lap.time, lap.sector1, lap.speedI1, lap.speedI2) == ("HAM", 90_999, 30_333, 290, nil))
    #expect(lap.start == 0 && lap.end == 90_999)
    #expect(laps.joined().allSatisfy { $0.position == ($0.number == 1 ? 1 : 2) })
  }

  @Test func `a lap that two stints claim belongs to the earlier, and a drive through the pit lane is no new set`() {
    let laps = MadeUpAnswers.session().laps()
    #expect(laps[0].map(\.compound) == ["MEDIUM", "MEDIUM", "MEDIUM", "HARD", "HARD"])
    #expect(laps[0].map(\.tyreLife) == [3, 4, 5, 2, 3])
    #expect(laps[0].map(\.tyreSet) == [1, 1, 1, 2, 2])
    #expect(laps[1].map(\.stint) == [1, 1, 2, nil, nil])
    #expect(laps[1].map(\.tyreSet) == [1, 1, 1, nil, nil])
  }

  @Test func `a stop's date is its exit`() {
    let laps = MadeUpAnswers.session().laps()
    #expect(laps[0][2].pitIn == 262_500)
    #expect(laps[0][3].pitOut == 285_000)
    #expect(laps[1].allSatisfy { $0.pitIn == nil && $0.pitOut == nil })
  }

  @Test func `a row that comes again is a newer version`() {
    let again = MadeUpAnswers.lap(1, 2).replacing("\"lap_duration\":90.0", with: "\"lap_duration\":90.5")
    let session = MadeUpAnswers.session(["laps": "[\((MadeUpAnswers.laps + [again]).joined(separator: ","))]"])
    #expect(session.laps()[0].map(\.time) == [90_000, 90_500, 90_000, 90_000, 90_000])
  }

  @Test func `what is pushed again under the same key replaces what was there`() {
    let push = { (key: Int, id: Int, time: String) in
      "{\"_key\":\"k\(key)\",\"_id\":\(id),\"driver_number\":1,\"lap_number\":\(key),\"lap_duration\":\(time)}"
    }
    let text =
      "[\([push(1, 5, "91.0"), push(2, 6, "92.0"), push(1, 9, "90.5"), push(2, 3, "99.0")].joined(separator: ","))]"
    #expect(OpenF1Session(answers: ["laps": Array(text.utf8)]).rows.map(\.time) == [90_500, 92_000])
  }

  @Test func `the weather in order of time`() {
    let rows = [600_000, 0].map {
      "{\"date\":\"\(MadeUpAnswers.utc($0))\",\"rainfall\":\($0 == 0 ? 1 : 0),\"air_temperature\":29.5}"
    }
    let weather = MadeUpAnswers.session(["weather": "[\(rows.joined(separator: ","))]"]).weather
    #expect(weather.map(\.sessionMilliseconds) == [0, 600_000])
    #expect(weather.map(\.isRaining) == [true, false] && weather[0].airTemperature == 29.5)
  }

  @Test func `what is known to go wrong is named`() {
    let kept = MadeUpAnswers.laps.filter { !$0.contains("\"lap_number\":1,") && !$0.contains("\"lap_number\":4,") }
    let session = MadeUpAnswers.session(["laps": "[\(kept.joined(separator: ","))]"])
    #expect(
      session.defects == [
        "lap 1 is missing for 2 cars", "car 1: laps 4 are missing", "car 44: laps 4 are missing",
        "1 stints end before they begin", "1 stints have no compound",
      ])
  }

  @Test func `it becomes a race record once the round is given`() throws {
    var session = MadeUpAnswers.session()
    let error = timingError { _ = try session.race(named: nil) }
    guard case .factNotGiven(_, let fact, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(fact == "round")
    session.facts.round = 18
    let race = try session.race(named: nil)
    #expect(race.record.key == RaceKey(season: 2024, round: 18))
    #expect(race.record.slug == "singapore")
    #expect(race.record.entrants.map(\.result.timeMilliseconds) == [454_995, 450_000])
    #expect(race.record.entrants.last?.pitStops == [PitStop(lap: 3, laneMilliseconds: 22_500, tyresChanged: true)])
  }

  /// Inputs 31 and 33.
  @Test(arguments: [
    ("", 0, 0), ("[]", 0, 0), ("{\"detail\":\"No results found.\"}", 0, 0), ("<html>Error</html>", 0, 1),
    ("{\"detail\":", 0, 1), ("[1,2]", 0, 1), ("[{\"driver_number\":1},{\"a\":],{\"driver_number\":2}]", 2, 1),
    ("{\"driver_number\":1,\"session_key\":5}", 1, 0), ("\u{FEFF}[{\"driver_number\":\"1\"}]", 1, 0),
  ])
  func `answers without rows, pages, objects and damage`(text: String, rows: Int, skipped: Int) {
    let read = OpenF1Rows(Array(text.utf8), input: "laps")
    #expect(read.rows.count == rows)
    #expect(read.report.skipped == skipped, "\(read.report)")
  }
}
