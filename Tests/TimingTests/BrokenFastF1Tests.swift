import Racing
import Testing

@testable import Timing

/// A small FastF1 laps file in mixed spellings, and what happens when one thing in it is wrong.
@Suite struct BrokenFastF1Tests {
  private static let laps = """
    ,Time,Driver,DriverNumber,LapTime,LapNumber,Stint,PitOutTime,PitInTime,Compound,TyreLife,Team,LapStartTime,\
    TrackStatus,Position,Deleted,FastF1Generated
    0,0 days 00:02:30.100000,AAA,1,,1.0,1.0,0 days 00:00:20,0 days 00:02:29.000000,SOFT,3.0,Red,0 days 00:01:00,1.0,1.0,False,False
    1,0 days 00:04:00.100000,AAA,1,90.0,2.0,2.0,0 days 00:02:50.500000,NaT,HARD,1.0,Red,0 days 00:02:30.100000,12,1.0,,False
    2,0 days 00:02:31,BBB,2,nan,1.0,1.0,,,nan,nan,Blue,0 days 00:01:00,,2.0,True,0.0
    3,241,BBB,2,1:30.000,2.0,1.0,,,UNKNOWN,4.0,Blue,0 days 00:02:31,24.0,2.0,False,0

    """
  private static let facts = RaceFacts(season: 2023, round: 6, slug: "monaco")

  private func load(
    _ name: String = "laps.csv", facts: RaceFacts = facts, _ change: (String) -> String = { $0 }
  ) throws -> ImportedRace {
    try withFolder([name: change(Self.laps)]) { try RaceReader(facts: facts).read("\($0)/\(name)") }
  }

  private func message(_ old: String, _ new: String) -> String {
    let text = timingError { _ = try load { $0.replacing(old, with: new) } }?.description ?? "no error"
    return text.lastIndex(of: "/").map { String(text[text.index(after: $0)...]) } ?? text
  }

  @Test func `one file may mix every spelling`() throws {
    let record = try load().record
    #expect(record.name == "Monaco Grand Prix" && record.circuit == "monaco" && record.lapCount == 2)
    #expect(record.startSessionMilliseconds == 60_000)
    let first = record.entrants[0]
    #expect(first.laps.map(\.elapsedMilliseconds) == [90_100, 180_100])
    #expect(first.laps.map(\.timeMilliseconds) == [90_100, 90_000])
    #expect(first.laps.map(\.timeSource) == [.derived, .timing])
    #expect(first.laps.map(\.trackStatus) == ["1", "12"] && first.laps[0].pitOutElapsedMilliseconds == nil)
    #expect(first.pitStops == [PitStop(lap: 1, laneMilliseconds: 21_500, tyresChanged: true)])
    let second = record.entrants[1]
    #expect(second.laps.map(\.compound) == [nil, nil] && second.laps.map(\.tyreLife) == [nil, 4])
    #expect(second.laps.map(\.elapsedMilliseconds) == [91_000, 181_000] && second.laps[0].isDeleted)
    #expect(second.result == Classification(position: 2, status: "Finished", laps: 2))
  }

  @Test(arguments: [
    ("LapNumber", "Lap", "laps.csv: column LapNumber is missing"),
    ("PitInTime", "In", "laps.csv: column PitInTime is missing"),
    (",90.0,2.0", ",fast,2.0", "laps.csv:3, column LapTime: 'fast' is not a duration"),
    (",90.0,2.0", ",90.0,nan", "laps.csv:3, column LapNumber: empty, but a lap number is needed"),
    (",90.0,2.0", ",90.0,9999", "laps.csv:3, column LapNumber: '9999' is not a lap from 1 to 500"),
    (",90.0,2.0", ",90.0,2.5", "laps.csv:3, column LapNumber: '2.5' is not a whole number"),
    (",90.0,2.0", ",90.0,1.0", "laps.csv:3, column LapNumber: lap 1 of AAA stands already on line 2"),
    ("HARD", "CHEWINGGUM", "laps.csv:3, column Compound: 'CHEWINGGUM' is not a compound"),
    (",True,0.0", ",Perhaps,0.0", "laps.csv:4, column Deleted: 'Perhaps' is not True or False"),
    (",24.0,2.0", ",29.0,2.0", "laps.csv:5, column TrackStatus: '29.0' is not track-status digits"),
    (",False,0\n", ",Fal", "laps.csv:5: the last line is cut off after 16 of 17 cells"),
    ("Driver,", "Driver,Team,", "laps.csv: column Team stands twice in the header"),
  ])
  func `a broken row is refused with its place`(old: String, new: String, expected: String) {
    let text = message(old, new)
    #expect(text.hasPrefix(expected), "\(text)")
  }

  @Test func `a lap 0 is left out and reported`() throws {
    let race = try load { $0 + "4,0 days 00:00:40,BBB,2,,0.0,1.0,,,SOFT,1.0,Blue,,1,,False,False\n" }
    #expect(race.record.entrants[1].laps.map(\.number) == [1, 2])
    #expect(race.notes.contains { $0.kind == .repair && $0.driver == DriverCode("BBB") && $0.lap == 0 })
  }

  @Test func `the season, round and Grand Prix come from the name or are asked for`() throws {
    #expect(try load("2022-04-monaco.csv", facts: RaceFacts()).record.key == RaceKey(season: 2022, round: 4))
    guard case .factNotGiven(_, "season", _) = timingError({ _ = try load(facts: RaceFacts()) }) else {
      Issue.record("a season was found in laps.csv")
      return
    }
    let moved = RaceFacts(season: 2027, round: 1, slug: "spain")
    guard case .factNotGiven(_, "circuit", _) = timingError({ _ = try load(facts: moved) }) else {
      Issue.record("a circuit was guessed")
      return
    }
  }

  @Test func `a start that nothing tells is asked for`() throws {
    let error = timingError { _ = try load { $0.replacing(",LapStartTime", with: ",Begin") } }
    guard case .factNotGiven(_, "start of the race", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    var facts = Self.facts
    facts.winnerTimeMilliseconds = 179_800
    let record = try load(facts: facts) { $0.replacing(",LapStartTime", with: ",Begin") }.record
    #expect(record.startSessionMilliseconds == 60_300)
  }

  @Test func `an official time that contradicts the announcement does not move the start`() throws {
    var facts = Self.facts
    facts.winnerTimeMilliseconds = 170_000
    let race = try load(facts: facts)
    #expect(race.record.startSessionMilliseconds == 60_000)
    #expect(race.notes.contains { $0.kind == .conflict && $0.text.contains("official time") })
  }

  @Test func `nothing that looks like a race says what was looked for`() throws {
    let error = try withFolder(["notes.txt": "x"]) { folder in timingError { _ = try RaceReader().read(folder) } }
    guard case .notFound(_, let lookedFor) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(lookedFor.count == 4)
    guard case .notFound = timingError({ _ = try RaceReader().read("/nowhere/at/all") }) else {
      Issue.record("something was found nowhere")
      return
    }
  }
}
