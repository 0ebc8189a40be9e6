import Racing
import Testing

@testable import Timing

/// What feeds do to tyres, numbered as in the list of nasty inputs.
@Suite struct NastyTyreInputs {
  private let feed = MadeUpFeed(cars: 4, laps: 8, seed: 78)

  private func stint(_ number: Int, _ key: Int, _ members: String) -> String {
    "{\"Lines\":{\"\(number)\":{\"Stints\":{\"\(key)\":{\(members)}}}}}"
  }

  @Test func `9: two sets in one message at the start`() {
    let sets = """
      {"Lines":{"10":{"Stints":[{"Compound":"SOFT","New":"true","TyresNotChanged":"0","StartLaps":0},\
      {"Compound":"HARD","New":"true","TyresNotChanged":"0","StartLaps":0}]}}}
      """
    let late = feed.files.changing("TimingAppData") { _, object in object.contains("\"10\":") ? nil : object }
      .adding("TimingAppData", at: MadeUpFeed.started + 5_000, sets)
      .adding("TimingAppData", at: feed.end(of: 6, car: 0), stint(10, 1, "\"TotalLaps\":2"))
    #expect(late.laps[10]?.map(\.compound) == (1...8).map { $0 <= 4 ? "SOFT" : "HARD" })
    #expect(late.laps[10]?.map(\.stint) == (1...8).map { $0 <= 4 ? 1 : 2 })
  }

  @Test func `10: a counter that runs ahead, sent again with only what changed`() {
    let early = feed.end(of: 2, car: 0) + 10_000
    let stop = feed.end(of: 4, car: 0) + 15_000
    let files = feed.files.changing("TimingAppData") { _, object in
      object.contains("\"10\":") && object.contains("{\"1\":{") ? nil : object
    }
    .adding(
      "TimingAppData", at: early,
      stint(10, 1, "\"Compound\":\"SOFT\",\"New\":\"true\",\"StartLaps\":0,\"TyresNotChanged\":\"0\"")
    )
    .adding("TimingAppData", at: stop, stint(10, 1, "\"Compound\":\"HARD\""))
    let laps = files.laps[10] ?? []
    #expect(laps.map(\.compound) == (1...8).map { $0 <= 4 ? "SOFT" : "HARD" })
    #expect(laps.map(\.tyreLife) == [1, 2, 3, 4, 1, 2, 3, 4])
  }

  @Test func `10: unknown, then corrected, holds from the first lap of the stint`() {
    let stop = feed.end(of: 4, car: 0)
    let files = feed.files.changing("TimingAppData") { _, object in
      object.contains("{\"1\":{") ? object.replacing("HARD", with: "UNKNOWN") : object
    }.adding("TimingAppData", at: stop + 100_000, stint(10, 1, "\"Compound\":\"MEDIUM\""))
    #expect(files.laps[10]?.suffix(4).map(\.compound) == ["MEDIUM", "MEDIUM", "MEDIUM", "MEDIUM"])
  }

  @Test func `10: driving through the pit lane is no new set`() {
    let files = feed.files.changing("TimingAppData") { _, object in
      object.contains("{\"1\":{")
        ? object.replacing("\"TyresNotChanged\":\"0\"", with: "\"TyresNotChanged\":\"1\"") : object
    }
    #expect(files.laps[10]?.map(\.tyreSet) == Array(repeating: 1, count: 8))
    #expect(feed.files.laps[10]?.map(\.tyreSet) == [1, 1, 1, 1, 2, 2, 2, 2])
  }

  @Test func `11: used tyres count their laps, a frozen total does not matter`() {
    let files = feed.files.changing("TimingAppData") { _, object in
      object.contains("{\"1\":{") ? object.replacing("\"StartLaps\":0", with: "\"StartLaps\":5") : object
    }.adding("TimingAppData", at: feed.end(of: 6, car: 0), stint(10, 1, "\"TotalLaps\":2"))
    #expect(files.laps[10]?.map(\.tyreLife) == [1, 2, 3, 4, 6, 7, 8, 9])
    #expect(files.session.announcedTyreLife(number: 10, at: feed.end(of: 8, car: 0)) == 2)
  }

  @Test func `13: cars without laps, without tyres, and withdrawn`() {
    let parked = feed.files.adding(
      "DriverList", at: 300, "{\"77\":{\"RacingNumber\":\"77\",\"Tla\":\"BOT\",\"TeamName\":\"T\"}}"
    ).adding("TimingAppData", at: 1_500, "{\"Lines\":{\"77\":{\"Stints\":[{\"Compound\":\"SOFT\",\"StartLaps\":0}]}}}")
    #expect(parked.laps[77]?.map(\.isGenerated) == [true])
    #expect(parked.laps[77]?.first?.time == nil)
    let bare = feed.files.changing("TimingAppData") { _, object in object.contains("\"11\":") ? nil : object }
    #expect(bare.laps[11]?.map(\.stint) == Array(repeating: 1, count: 8))
    #expect(bare.laps[11]?.allSatisfy { $0.tyreLife == nil && $0.compound == "" } == true)
    var withdrawn = OfficialResults()
    withdrawn.lists[.race] = [OfficialResults.Row(number: 77)]
    withdrawn.lists[.race]?[0].positionText = "W"
    let topics = parked.map { ($0.key.replacing(".jsonStream", with: ""), Array($0.value.utf8)) }
    let session = LiveSession(topics: [String: [UInt8]](uniqueKeysWithValues: topics), official: withdrawn)
    #expect(!session.laps().contains { $0.first?.number == 77 })
  }

  @Test func `28: compounds of 2018, and words for none`() throws {
    let names = CompoundNames(names: ["HYPERSOFT", "ULTRASOFT", "SUPERSOFT"])
    #expect(names.compound("HYPERSOFT") == .soft && names.compound("SUPERSOFT") == .hard)
    for name in ["nan", "UNKNOWN", "TEST_UNKNOWN", ""] { #expect(names.compound(name) == nil) }
    let text = """
      Driver,DriverNumber,LapNumber,Compound
      AAA,1,1,nan
      AAA,1,2,TEST_UNKNOWN
      AAA,1,3,HYPERSOFT
      AAA,1,4,None

      """
    let laps = try FastF1SessionLaps(Array(text.utf8), input: "laps.csv").laps
    #expect(laps.map(\.compound) == [nil, nil, "HYPERSOFT", nil])
  }

  @Test func `stops that are timed at a standstill, told twice`() {
    let single = "{\"RacingNumber\":\"10\",\"Lap\":\"4\",\"PitLaneTime\":\"22.5\",\"PitStopTime\":\"2.4\"}"
    let files = feed.files.adding("PitStop", at: 4_000_000, single)
      .adding("PitStopSeries", at: 4_000_100, "{\"PitTimes\":{\"10\":[{\"Timestamp\":\"x\",\"PitStop\":\(single)}]}}")
      .adding(
        "PitStopSeries", at: 4_100_000,
        "{\"PitTimes\":{\"11\":{\"0\":{\"PitStop\":{\"RacingNumber\":\"11\",\"Lap\":5,\"PitLaneTime\":\"21.0\"}}}}}")
    let stops = files.session.timedStops
    #expect(stops.map(\.number) == [10, 11])
    #expect(stops.map(\.stationary) == [2_400, nil])
    #expect(stops.map(\.lane) == [22_500, 21_000])
    #expect(!feed.files.session.missingTopics.contains("PitStop"))
  }
}
