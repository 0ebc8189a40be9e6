import Racing
import Testing

@testable import Timing

@Suite(.enabled(if: RaceData.isPresent, RaceData.missing))
struct FastF1ExportTests {
  private static let sessions = RaceData.native + "/fastf1-session-export/"
  private static let tables = Result { try TidyTables(directory: RaceData.races) }

  /// Fields that a FastF1 export made without the results service does not hold.
  private static let lacking: Set<String> = [
    "scheduledLapCount", "grid", "result.time", "result.penalty",
    // Why a car retired, and the places after the stewards' penalties.
    "result.status", "result.position",
    // Official times of lap 1: the export's are the difference of the line and the start.
    "laps.timeSource",
  ]
  /// Fields that the tidy tables do not hold, or spell in their own way.
  private static let spelled: Set<String> = ["teamColour", "name"]

  @Test func `Monaco 2023 is one race, read from either source`() throws {
    let tidy = try Self.tables.get().race("2023-06-monaco").record
    let facts = RaceFacts(winnerTimeMilliseconds: 6_531_980)
    let export = try RaceReader(facts: facts).read(Self.sessions + "2023-06-monaco").record
    let differences = tidy.differences(to: export)
    #expect(export.startSessionMilliseconds == 3_723_197)

    let unexplained = differences.filter { !Self.lacking.contains($0.part) && !Self.spelled.contains($0.part) }
    // Magnussen stopped in the pits at the end of lap 71, of which the stewards count 70.
    let magnussen = DriverCode("MAG")
    #expect(unexplained.filter { $0.driver != magnussen }.isEmpty, "\(unexplained)")
    #expect(Set(unexplained.map(\.part)) == ["result.laps", "laps.isCounted"], "\(unexplained)")

    #expect(differences.filter { $0.part == "laps.timeSource" }.allSatisfy { $0.lap == 1 && $0.left == "official" })
    #expect(differences.filter { $0.part == "grid" }.allSatisfy { $0.right == "-" })
    #expect(differences.filter { $0.part == "teamColour" }.allSatisfy { $0.left == "-" })
    #expect(differences.filter { $0.part == "result.status" }.map(\.right) == ["Retired", "Retired"])
    #expect(
      differences.filter { $0.part == "result.position" }.map { "\($0.driver!)" } == ["HUL", "PER"])
    #expect(
      differences.filter { $0.part == "name" }.map { "\($0.driver!)" } == ["DEV", "HUL", "PER", "SAI"])
  }

  @Test func `without the winner's time only the start differs, by what the announcement was early`() throws {
    let anchored = try RaceReader(facts: RaceFacts(winnerTimeMilliseconds: 6_531_980))
      .read(Self.sessions + "2023-06-monaco").record
    let imported = try RaceReader().read(Self.sessions + "2023-06-monaco")
    let record = imported.record
    #expect(record.startSessionMilliseconds == 3_722_950)
    #expect(imported.notes.contains { $0.text.contains("announcement") })
    for (one, other) in zip(anchored.entrants, record.entrants) {
      for (left, right) in zip(one.laps, other.laps) {
        #expect(left.elapsedMilliseconds.map { $0 + 247 } == right.elapsedMilliseconds)
        #expect(left.number == 1 || left.timeMilliseconds == right.timeMilliseconds)
      }
    }
  }

  @Test(arguments: ["2019-11-germany", "2021-22-abu-dhabi"])
  func `laps, stops and neutralisations agree with the tidy tables`(id: String) throws {
    let tidy = try Self.tables.get().race(id).record
    let facts = RaceFacts(startSessionMilliseconds: tidy.startSessionMilliseconds)
    let export = try RaceReader(facts: facts).read(Self.sessions + id).record
    let differences = tidy.differences(to: export).filter {
      !Self.lacking.contains($0.part) && !Self.spelled.contains($0.part)
    }
    let known: Set<String> = ["result.laps", "laps.isCounted", "laps"]
    // The official times of lap 1 are not the difference of line and start to the last millisecond.
    let officialFirstLap = differences.filter { $0.part == "laps.time" && $0.lap == 1 }
    #expect(
      officialFirstLap.allSatisfy { abs((Int64($0.left) ?? 0) - (Int64($0.right) ?? 0)) < 100 }, "\(officialFirstLap)")
    #expect(
      differences.filter { !known.contains($0.part) && !officialFirstLap.contains($0) }.isEmpty, "\(differences)")
    #expect(differences.count { known.contains($0.part) } <= 8, "\(differences)")
    #expect(export.neutralisations == tidy.neutralisations && !export.neutralisations.isEmpty)
  }

  @Test func `the export's own evidence finds the start to the second`() throws {
    for id in ["2019-11-germany", "2021-22-abu-dhabi", "2023-06-monaco"] {
      let tidy = try Self.tables.get().race(id).record
      let export = try RaceReader().read(Self.sessions + id).record
      let difference = try #require(export.startSessionMilliseconds) - (try #require(tidy.startSessionMilliseconds))
      #expect(abs(difference) <= 1_000)
    }
  }

  @Test(arguments: RaceData.names(in: RaceData.native + "/fastf1-laps-csv"))
  func `a laps file in timedeltas loads by its name alone`(file: String) throws {
    let imported = try RaceReader().read(RaceData.native + "/fastf1-laps-csv/" + file)
    let record = imported.record
    let identifier = try #require(RaceIdentifier(SourceName(path: file).text))
    #expect(record.key == identifier.key && record.slug == identifier.slug)
    #expect(record.entrants.count == 20 || record.entrants.count == 19)
    guard let tidy = try? Self.tables.get().race(identifier.description).record else { return }
    if file.hasPrefix("2024-08") {
      #expect(record.quality == .c && record.lapCount == tidy.lapCount - 1)
      #expect(imported.notes.contains { $0.kind == .conflict && $0.text.contains("one too low") })
      return
    }
    #expect(record.lapCount == tidy.lapCount && record.quality != .c)
    let times = Self.times(record)
    let shared = Self.times(tidy).filter { times[$0.key] != nil }
    let equal = shared.count { times[$0.key] == $0.value }
    #expect(equal * 100 >= shared.count * 99, "\(equal) of \(shared.count)")
  }

  @Test(arguments: RaceData.names(in: RaceData.native + "/fastf1-laps-csv-seasons"))
  func `a season's file gives every race`(file: String) throws {
    let source = try RaceReader().source(RaceData.native + "/fastf1-laps-csv-seasons/" + file)
    let tables = try Self.tables.get()
    #expect(source.raceNames.count >= 14)
    var compared = 0
    for name in source.raceNames {
      #expect(RaceIdentifier(name) != nil, "\(name)")
      let read = Result { try source.race(named: name) }
      if case .failure(let error) = read {
        guard case .factNotGiven(_, "start of the race", _) = error as? TimingError else { throw error }
        continue
      }
      let record = try read.get().record
      guard let tidy = try? tables.race(name).record, record.quality != .c else { continue }
      let times = Self.times(record)
      let shared = Self.times(tidy).filter { times[$0.key] != nil }
      let equal = shared.count { abs((times[$0.key] ?? 0) - $0.value) <= 1 }
      #expect(equal * 100 >= shared.count * 95, "\(name): \(equal) of \(shared.count)")
      compared += 1
    }
    // Files of some seasons lack lap 1 of most races: their start must be given.
    #expect(compared * 3 >= source.raceNames.count, "\(compared) of \(source.raceNames.count)")
  }

  @Test func `a season's file without a chosen race says what it holds`() throws {
    let path = RaceData.native + "/fastf1-laps-csv-seasons/transformed_grand_prix_laps_2019.csv.gz"
    guard case .raceNotChosen(_, let held) = timingError({ _ = try RaceReader().read(path) }) else {
      Issue.record("a race was chosen")
      return
    }
    #expect(held.contains("2019-06-monaco"))
    #expect(try RaceReader().read(path, race: "monaco").record.key == RaceKey(season: 2019, round: 6))
    #expect(try RaceReader().read(path, race: "6").record.slug == "monaco")
  }

  private struct LapName: Hashable {
    let driver: DriverCode
    let lap: Int
  }

  /// Lap times of timing by driver and lap, from lap 2.
  private static func times(_ record: RaceRecord) -> [LapName: Int64] {
    var times: [LapName: Int64] = [:]
    for entrant in record.entrants {
      for lap in entrant.laps where lap.number > 1 && lap.timeSource == .timing {
        times[LapName(driver: entrant.code, lap: lap.number)] = lap.timeMilliseconds
      }
    }
    return times
  }
}
