import Racing
import Testing

@testable import Timing

/// Official results as a race of their own.
@Suite struct OfficialRaceTests {
  private func row(_ number: Int, _ code: String, _ more: String) -> String {
    """
    {"number":"\(number)","Driver":{"driverId":"\(code.lowercased())","code":"\(code)","permanentNumber":"99",\
    "givenName":"Sergio","familyName":"Pérez"},"Constructor":{"constructorId":"t","name":"Team"},\(more)}
    """
  }

  private var results: OfficialResults {
    let rows = [
      row(
        1, "VER",
        "\"position\":\"1\",\"positionText\":\"1\",\"grid\":\"1\",\"laps\":\"3\",\"status\":\"Finished\","
          + "\"Time\":{\"millis\":\"270000\",\"time\":\"4:30.000\"}"),
      row(
        11, "PER",
        "\"position\":\"2\",\"positionText\":\"2\",\"grid\":\"0\",\"laps\":\"2\",\"status\":\"Lapped\","
          + "\"Time\":{\"millis\":\"271000\",\"time\":\"+1.000\"}"),
      row(44, "HAM", "\"position\":\"3\",\"positionText\":\"R\",\"grid\":\"2\",\"laps\":\"1\",\"status\":\"Retired\""),
    ]
    let laps = """
      "Laps":[{"number":"1","Timings":[{"driverId":"ver","position":"1","time":"1:31.000"},\
      {"driverId":"per","position":"2","time":"1:40.000"}]},{"number":"2","Timings":[{"driverId":"ver","position":"1",\
      "time":"1:29.500"},{"driverId":"per","position":"2","time":"2:51.000"}]},{"number":"3","Timings":[\
      {"driverId":"ver","position":"1","time":"1:29.500"}]}]
      """
    var results = OfficialResults()
    results.read(page: Array(OfficialAnswerTests.page("\"Results\":[\(rows.joined(separator: ","))]").utf8))
    results.read(page: Array(OfficialAnswerTests.page(laps).utf8))
    return results
  }

  /// Inputs 16, 26 and 29.
  @Test func `places, the pit lane as grid, lapped cars without a race time`() throws {
    let race = try results.race()
    #expect(race.record.key == RaceKey(season: 2023, round: 6))
    let cars = Dictionary(uniqueKeysWithValues: race.record.entrants.map { ("\($0.code)", $0) })
    #expect(cars["PER"]?.grid == .pitLane)
    #expect(cars["PER"]?.number == 11)
    #expect(cars["PER"]?.name == "Sergio Pérez")
    #expect(cars["PER"]?.result == Classification(position: 2, status: "Finished", laps: 2))
    #expect(cars["VER"]?.result.timeMilliseconds == 270_000)
    #expect(cars["HAM"]?.result.position == nil)
    #expect(cars["VER"]?.laps.map(\.elapsedMilliseconds) == [91_000, 180_500, 270_000])
    #expect(cars["VER"]?.laps.allSatisfy { $0.timeSource == .official } == true)
  }

  @Test(.enabled(if: RaceData.isPresent, RaceData.missing)) func `every recorded answer is read`() throws {
    let root = RaceData.native + "/jolpica-http/api.jolpi.ca/ergast/f1/"
    var read = 0
    for season in RaceData.names(in: root) {
      for round in RaceData.names(in: root + season) {
        guard let file = try? InputFile(path: "\(root)\(season)/\(round)/results.json") else { continue }
        var results = OfficialResults()
        results.read(page: file.bytes)
        #expect(results.rows(.race).count >= 18, "\(season)/\(round)")
        #expect(results.rows(.race).allSatisfy { $0.ending != .unknown && $0.grid != nil && !$0.code.isEmpty })
        #expect(OfficialAnswer(file.bytes).outcome == .rows)
        read += 1
      }
      guard let file = try? InputFile(path: "\(root)\(season)"), season.hasSuffix(".json"), season.count == 9 else {
        continue
      }
      var calendar = OfficialCalendar()
      calendar.read(OfficialAnswer(file.bytes))
      #expect(calendar.races.count > 10, "\(season)")
    }
    #expect(read >= 20)
  }
}
