import Racing
import Testing

@testable import Timing

/// Several paths read as one race.
@Suite struct SeveralSourcesTests {
  private let feed = MadeUpFeed(cars: 6, laps: 6, seed: 91)

  /// Official results of the made-up race, with one car's gap too small by the gap of the car ahead.
  private var results: String {
    let totals = feed.cars.map { $0.laps.joined().reduce(0, +) }
    let order = totals.indices.sorted { totals[$0] < totals[$1] }
    let rows = order.enumerated().map { place, index in
      """
      {"number":"\(feed.cars[index].number)","position":"\(place + 1)","positionText":"\(place + 1)","laps":"6",\
      "grid":"\(place + 1)","status":"Finished","Driver":{"driverId":"d\(index)","code":"\(feed.cars[index].code)"},\
      "Constructor":{"constructorId":"t","name":"T"},"Time":{"millis":"\(totals[index])"}}
      """
    }
    return OfficialAnswerTests.page("\"Results\":[\(rows.joined(separator: ","))]")
      .replacing("\"round\":\"6\"", with: "\"round\":\"3\"")
  }

  @Test func `live timing, a recording and official results are one race`() throws {
    var files = [String: String](uniqueKeysWithValues: feed.files.map { ("live/" + $0.key, $0.value) })
    files["official/results.json"] = results
    files["recording/live.txt"] = MadeUpRecording(feed.files, shape: .hub).text
    try withFolder(files) { folder in
      let paths = ["live", "official", "recording"].map { "\(folder)/\($0)" }
      let race = try RaceReader().read(paths)
      #expect(race.record.key == RaceKey(season: 2023, round: 3))
      #expect(race.fieldProvenance?.main == "livetiming")
      #expect(race.record.entrants.allSatisfy { $0.result.timeMilliseconds != nil && $0.laps.count == 6 })
      #expect(race.disagreements.filter { $0.field == "lap_time_ms" } == [])
      let again = try RaceReader().read(Array(paths.reversed()))
      #expect(again.record.digest == race.record.digest)
      #expect(again.disagreements == race.disagreements)
    }
  }

  @Test func `answers of the results service are a source of their own`() throws {
    try withFolder(["a/results.json": results]) { folder in
      let source = try OfficialSource(path: folder)
      #expect(source.raceNames == ["2023-03-monaco"])
      let race = try RaceReader().read(folder)
      #expect(race.record.entrants.count == 6)
      #expect(race.record.provenance.map(\.source) == ["jolpica"])
      #expect(try RaceReader().read(folder + "/a/results.json").record.entrants == race.record.entrants)
    }
  }

  @Test(.enabled(if: RaceData.isPresent, RaceData.missing)) func `the dump of Ergast is a source of many races`() throws
  {
    let reader = RaceReader(facts: RaceFacts(season: 2021))
    let source = try reader.source(RaceData.native + "/ergast-csv")
    #expect(source.raceNames.count > 10)
    let race = try source.race(named: source.raceNames.first)
    #expect(race.record.entrants.count == 20)
  }

  @Test(.enabled(if: RaceData.isPresent, RaceData.missing)) func `OpenF1 and the reference tables`() throws {
    let paths = [RaceData.native + "/openf1/2024-singapore-race-9606", RaceData.races]
    let reader = RaceReader(facts: RaceFacts(season: 2024, round: 18, slug: "singapore"))
    let race = try reader.read(paths)
    let times = race.disagreements.filter { $0.field == "lap_time_ms" && $0.lap != 1 }
    #expect(times.map { "\($0.driver.map(\.description) ?? "") \($0.lap ?? 0)" } == ["MAG 49"])
    #expect(race.record.entrants.allSatisfy { $0.laps.contains { $0.number == 1 } })
  }
}
