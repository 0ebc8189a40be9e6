import Racing
import Testing

@testable import Timing

/// A small race of two cars, and what happens when one thing in it is wrong.
@Suite struct BrokenTidyTests {
  private static let files: [String: String] = [
    "races.csv": """
    race_id,season,round,grand_prix,date,circuit_id,laps,race_start_session_ms,extra
    2030-01-somewhere,2030,1,Somewhere Grand Prix,2030-03-01,ring,2,1000,x

    """,
    "results.csv": """
    season,round,driver,number,position,laps,time_ms,time_penalty_ms,status
    2030,1,AAA,1,1,2,180000,,Finished
    2030,1,BBB,2,2,2,181000,,Finished

    """,
    "pit_stops.csv": "season,round,driver,lap,pit_lane_ms,tyres_changed\n2030,1,AAA,1,20000,1\n",
    "neutralisations.csv": "season,round,kind,start_elapsed_ms,end_elapsed_ms\n",
    "laps/2030-01-somewhere.csv": """
    season,round,driver,team,lap,lap_time_ms,lap_time_src,elapsed_ms,position,compound,tyre_life,pit_in_ms,pit_out_ms,\
    track_status,counted
    2030,1,AAA,Red,1,90000,ergast,90000,1,SOFT,1,90900,,1,1
    2030,1,AAA,Red,2,90000,timing,180000,1,HARD,1,,110900,12,1
    2030,1,BBB,Blue,1,90500,ergast,90500,2,MEDIUM,1,,,1,1
    2030,1,BBB,Blue,2,90500,timing,181000,2,MEDIUM,2,,,12,1

    """,
  ]

  private func load(_ change: (inout [String: String]) -> Void = { _ in }) throws -> ImportedRace {
    var files = Self.files
    change(&files)
    return try withFolder(files) { try RaceReader().read($0) }
  }

  private func failure(_ file: String, _ old: String, _ new: String) -> TimingError? {
    timingError { _ = try load { $0[file] = $0[file]!.replacing(old, with: new) } }
  }

  private func suffix(_ error: TimingError?) -> String {
    guard let text = error?.description, let slash = text.lastIndex(of: "/") else {
      return "\(String(describing: error))"
    }
    return String(text[text.index(after: slash)...])
  }

  private let laps = "laps/2030-01-somewhere.csv"

  @Test func `the small race is sound, and what it lacks is noted`() throws {
    let race = try load()
    #expect(race.record.entrants.map { "\($0.code)" } == ["AAA", "BBB"])
    #expect(race.record.entrants[0].pitStops == [PitStop(lap: 1, laneMilliseconds: 20_000, tyresChanged: true)])
    #expect(race.record.entrants[0].laps[1].pitOutElapsedMilliseconds == 109_900)
    #expect(race.notes.map(\.kind) == [.gap, .gap])
  }

  @Test func `CRLF and a byte order mark change nothing but the digest`() throws {
    var plain = try load().record
    var other = try load { $0[laps] = "\u{feff}" + $0[laps]!.replacing("\n", with: "\r\n") }.record
    #expect(plain.provenance != other.provenance)
    (plain.provenance, other.provenance) = ([], [])
    #expect(plain == other)
  }

  @Test(arguments: [
    (",90500,ergast", ",nan,ergast", "2030-01-somewhere.csv:4, column lap_time_ms: 'nan' is not a whole number."),
    ("MEDIUM,2", "BANANA,2", "2030-01-somewhere.csv:5, column compound: 'BANANA' is not a compound"),
    ("BBB,Blue,2", "BBB,Blue,1", "2030-01-somewhere.csv:5, column lap: lap 1 of BBB stands already on line 4"),
    ("BBB,Blue,2", "BBB,Blue,0", "2030-01-somewhere.csv:5, column lap: '0' is not a lap from 1"),
    ("BBB,Blue,2", "Bob,Blue,2", "2030-01-somewhere.csv:5, column driver: 'Bob' is not a driver's three-letter code"),
    ("BBB,Blue,2", ",Blue,2", "2030-01-somewhere.csv:5, column driver: empty, but a driver's three-letter code"),
    ("2030,1,BBB,Blue,2", "2030,3,BBB,Blue,2", "2030-01-somewhere.csv:5, column round: '3' is not round 1"),
    (",12,1\n2030,1,BBB", ",19,1\n2030,1,BBB", "2030-01-somewhere.csv:3, column track_status: '19' is not track"),
    (",,12,1\n", ",,12", "2030-01-somewhere.csv:5: the last line is cut off after 14 of 15 cells"),
    ("lap_time_ms,", "time,", "2030-01-somewhere.csv: column lap_time_ms is missing; found season"),
    ("Blue,2", "\"Blue,2", "2030-01-somewhere.csv:5: a quoted cell is not closed"),
    ("Blue,2", "Blue,\"big\",2", "2030-01-somewhere.csv:5: 16 cells where the header has 15"),
  ])
  func `a broken laps file is refused with its place`(old: String, new: String, message: String) {
    // The truncation needs the file's own last line: every other change needs its first match only.
    let error = failure(laps, old, new)
    #expect(suffix(error).hasPrefix(message), "\(String(describing: error))")
  }

  @Test(arguments: [
    ("results.csv", "BBB,2,2", "AAA,2,2", "results.csv:3, column driver: AAA stands already on line 2"),
    ("results.csv", "181000", "1:81", "results.csv:3, column time_ms: '1:81' is not a whole number"),
    ("races.csv", "2030-01-some", "2031-01-some", "races.csv:2, column race_id: '2031-01-somewhere' is not the race"),
    ("races.csv", ",1000,", ",,", "2030-01-somewhere.csv: the start of the race is not in the source"),
    ("pit_stops.csv", ",1\n", ",2\n", "pit_stops.csv:2, column tyres_changed: '2' is not 0 or 1"),
    ("pit_stops.csv", "lap,", "turn,", "pit_stops.csv: column lap is missing"),
  ])
  func `a broken shared table is refused with its place`(file: String, old: String, new: String, message: String) {
    let error = failure(file, old, new)
    #expect(suffix(error).hasPrefix(message), "\(String(describing: error))")
  }

  @Test func `an absent table is named`() throws {
    for name in ["results.csv", "pit_stops.csv", "neutralisations.csv", laps] {
      let error = timingError { _ = try load { $0[name] = nil } }
      guard case .unreadable(let file, _) = error else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
      #expect(file.hasSuffix(name))
    }
  }

  @Test func `an empty laps file and one with a header only are told apart`() throws {
    let empty = timingError { _ = try load { $0[laps] = "" } }
    guard case .emptyFile = empty else {
      Issue.record("\(String(describing: empty))")
      return
    }
    let header = String(Self.files[laps]!.split(separator: "\n")[0]) + "\n"
    guard case .noLaps = timingError({ _ = try load { $0[laps] = header } }) else {
      Issue.record("a header without rows was read")
      return
    }
  }

  @Test func `a lap that is missing and a clock that goes back are notes`() throws {
    let gap = try load { $0[laps] = $0[laps]!.replacing("BBB,Blue,2", with: "BBB,Blue,4") }
    #expect(gap.notes.contains { $0.kind == .gap && $0.lap == 4 && $0.text.contains("laps 2 to 3 are missing") })
    let back = try load { $0[laps] = $0[laps]!.replacing("timing,181000", with: "timing,80000") }
    #expect(back.notes.contains { $0.kind == .conflict && $0.driver == DriverCode("BBB") && $0.lap == 2 })
  }
}
