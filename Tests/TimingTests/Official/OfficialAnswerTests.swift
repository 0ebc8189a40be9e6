import Testing

@testable import Timing

/// Answers of the results service: pages, refusals, calendars, stops.
@Suite struct OfficialAnswerTests {
  private func answer(_ text: String) -> OfficialAnswer { OfficialAnswer(Array(text.utf8)) }

  static func page(_ body: String, limit: Int = 30, offset: Int = 0, total: Int = 1) -> String {
    """
    {"MRData":{"series":"f1","limit":"\(limit)","offset":"\(offset)","total":"\(total)","RaceTable":{"season":"2023",\
    "round":"6","Races":[{"season":"2023","round":"6","raceName":"Monaco Grand Prix","date":"2023-05-28",\
    "Circuit":{"circuitId":"monaco"},\(body)}]}}}
    """
  }

  @Test(arguments: [
    ("{\"detail\":\"Bad Request: season and round\"}", OfficialAnswer.Outcome.refused("Bad Request: season and round")),
    ("{\"MRData\":{\"limit\":\"30\",\"RaceTable\":{\"Races\":[]}}}", .empty), ("<html>", .unreadable),
    ("", .unreadable),
    ("{\"MRData\":{\"RaceTable\":{\"Races\":[{\"season\":", .unreadable),
    ("{\"MRData\":{\"SeasonTable\":{\"Seasons\":[{\"season\":\"1950\"}]}}}", .rows),
  ])
  func `what became of a request`(text: String, outcome: OfficialAnswer.Outcome) {
    #expect(answer(text).outcome == outcome)
  }

  /// Input 26: the limit is capped.
  @Test func `pages are asked for until all rows came, by the limit that the service keeps`() {
    var pages = OfficialPages()
    #expect(pages.next == 0)
    pages.take(answer(Self.page("\"Laps\":[]", limit: 100, offset: 0, total: 250)))
    #expect(pages.next == 100 && pages.pageSize == 100)
    pages.take(answer(Self.page("\"Laps\":[]", limit: 100, offset: 200, total: 250)))
    #expect(pages.next == 100)
    pages.take(answer(Self.page("\"Laps\":[]", limit: 100, offset: 100, total: 250)))
    #expect(pages.next == nil)
  }

  @Test func `the rows of a season are kept apart by round`() {
    var season = OfficialSeason()
    let result = { (number: Int) in
      "\"Results\":[{\"number\":\"\(number)\",\"position\":\"1\",\"Driver\":{\"driverId\":\"d\(number)\"}}]"
    }
    season.read(answer(Self.page(result(1))))
    season.read(
      answer(Self.page(result(16)).replacing("\"round\":\"6\",\"raceName\"", with: "\"round\":\"7\",\"raceName\"")))
    #expect(season.races.keys.sorted().map(\.round) == [6, 7])
    #expect(season.races[.init(season: 2023, round: 7)]?.rows(.race).map(\.number) == [16])
  }

  @Test func `a calendar has days, and times where they are known`() throws {
    let body = """
      "time":"13:00:00Z","FirstPractice":{"date":"2023-05-26","time":"11:30:00Z"},"Qualifying":{"date":"2023-05-27"},\
      "Sprint":{"date":"2023-05-27","time":"14:30:00Z"},"SprintShootout":{"date":"2023-05-27"}
      """
    var calendar = OfficialCalendar()
    calendar.read(answer(Self.page(body)))
    calendar.read(answer(Self.page(body)))
    let race = try #require(calendar.races.first)
    #expect(calendar.races.count == 1 && race.isSprintWeekend)
    #expect(race.sessions[.race] == UTCText.instant("2023-05-28T13:00:00Z"))
    #expect(race.sessions[.qualifying] == .some(nil))
    #expect(race.sessions[.sprintQualifying] == .some(nil))
    #expect(race.sessions[.fp3] == nil)
  }

  /// Inputs 26 and 27.
  @Test func `stops are pit-lane times, also of twenty minutes`() {
    let body = """
      "PitStops":[{"driverId":"a","lap":"12","stop":"1","time":"15:24:10","duration":"23.456"},\
      {"driverId":"a","lap":"30","stop":"2","time":"15:55:00","duration":"25:41.803"},{"driverId":"b"}]
      """
    var results = OfficialResults()
    results.read(page: Array(Self.page(body).utf8))
    results.read(page: Array(Self.page(body).utf8))
    #expect(results.pitStops.map(\.lane) == [23_456, 1_541_803])
    #expect(results.pitStops.map(\.lap) == [12, 30])
  }

  @Test(arguments: [
    ("1", "Finished", OfficialEnding.finished), ("12", "+1 Lap", .lapped), ("13", "Lapped", .lapped),
    ("R", "Collision", .retired), ("R", "Retired", .retired), ("W", "Withdrew", .withdrawn),
    ("D", "Disqualified", .dsq), ("E", "Excluded", .excluded), ("F", "Did not qualify", .dns),
    ("R", "Did not start", .dns), ("N", "Not classified", .notClassified), ("", "", .unknown), ("", "Engine", .retired),
  ])
  func `how a race ended, in the spellings of all years`(text: String, status: String, ending: OfficialEnding) {
    #expect(OfficialEnding(positionText: text, status: status) == ending)
  }
}
