import Racing
import Testing

@testable import Timing

@Suite(.enabled(if: RaceData.isPresent, RaceData.missing))
struct TidyTablesTests {
  private static let tables = Result { try TidyTables(directory: RaceData.races) }

  @Test func `every race loads, and its record keeps the promises of the contract`() throws {
    let tables = try Self.tables.get()
    try #require(tables.races.count >= 140)
    for listing in tables.races {
      let record = try tables.race(listing.id).record
      #expect(record.key == listing.key && record.lapCount == listing.lapCount, "\(listing.id)")
      #expect(record.entrants.map(\.code) == record.entrants.map(\.code).sorted(), "\(listing.id)")
      #expect(record.entrants.count >= 18 && record.entrants.contains { $0.result.position == 1 }, "\(listing.id)")
      for entrant in record.entrants {
        let numbers = entrant.laps.map(\.number)
        #expect(numbers == Array(1..<(numbers.count + 1)), "\(listing.id) \(entrant.code)")
        #expect(entrant.laps.allSatisfy { $0.sectorMilliseconds.count == 3 })
      }
    }
  }

  @Test func `Monaco 2023 is what everybody saw`() throws {
    let record = try Self.tables.get().race("2023-06-monaco").record
    #expect(record.slug == "monaco" && record.circuit == "monaco" && record.date == "2023-05-28")
    #expect(record.lapCount == 78 && record.scheduledLapCount == 78 && record.quality == .a)
    #expect(record.entrants.count == 20 && record.neutralisations.isEmpty)
    let verstappen = try #require(record.entrants.first { $0.code == DriverCode("VER") })
    #expect(verstappen.name == "Max Verstappen" && verstappen.team == "Red Bull Racing" && verstappen.number == 1)
    #expect(verstappen.grid == .slot(1) && verstappen.result.position == 1)
    #expect(verstappen.pitStops == [PitStop(lap: 55, laneMilliseconds: 24_484, tyresChanged: true)])
    #expect(verstappen.laps[77].elapsedMilliseconds == 6_531_980)
    #expect(verstappen.result.timeMilliseconds == 6_531_980)
    #expect(verstappen.laps[54].compound == .medium && verstappen.laps[55].compound == .intermediate)
    let hulkenberg = try #require(record.entrants.first { $0.code == DriverCode("HUL") })
    #expect(hulkenberg.penalties == [Penalty(lap: 5, milliseconds: 5_000), Penalty(lap: 64, milliseconds: 10_000)])
  }

  @Test func `the winner's elapsed time is his official time in all but known races`() throws {
    let tables = try Self.tables.get()
    var near = 0
    for listing in tables.races where listing.quality != .c {
      let record = try tables.race(listing.id).record
      let winner = try #require(record.entrants.first { $0.result.position == 1 })
      guard let elapsed = winner.laps.first(where: { $0.number == record.lapCount })?.elapsedMilliseconds,
        let official = winner.result.timeMilliseconds
      else { continue }
      if abs(elapsed - official + winner.result.penaltyMilliseconds) <= 500 { near += 1 }
    }
    #expect(near >= tables.races.count - 5)
  }

  @Test func `files are named within their source, with the digest of what is on disk`() throws {
    let provenance = try Self.tables.get().race("2023-06-monaco").record.provenance
    let laps = try #require(provenance.first { $0.part == "laps" })
    #expect(laps.location == "laps/2023-06-monaco.csv.gz" && laps.source == "tidy")
    #expect(laps.digest == "fb91a04306125410c236b531839822f0810fddf664ef61482f24d96e6d6e7ccb")
  }

  @Test(arguments: [("2025-08-monaco", RaceRules(minimumStops: 2)), ("2023-06-monaco", RaceRules())])
  func `special rules come with the race`(id: String, rules: RaceRules) throws {
    #expect(try Self.tables.get().race(id).record.rules == rules)
  }

  @Test func `an unknown race is named with what is held`() throws {
    let tables = try Self.tables.get()
    #expect(
      timingError { _ = try tables.race("2023-99-nowhere") }
        == .unknownRace(source: RaceData.races, race: "2023-99-nowhere", held: tables.races.map(\.id)))
  }

  @Test func `periods made from status changes are the published ones`() throws {
    let tables = try Self.tables.get()
    let changes = try Self.statusChanges()
    var compared = 0
    // Where the feed itself disagrees with the published table: a race ended by a red flag after its official distance.
    for listing in tables.races where listing.id != "2021-12-belgium" {
      let record = try tables.race(listing.id).record
      let start = try #require(record.startSessionMilliseconds)
      let crossings = (1...record.lapCount).map { lap in
        record.entrants.compactMap { $0.laps.first { $0.number == lap }?.elapsedMilliseconds }.min().map { $0 + start }
      }
      guard let raceChanges = changes[listing.key], let last = crossings.last, let finish = last else { continue }
      let periods = TrackStatusPeriods(
        start: start, finish: finish, firstCrossings: crossings.map { $0 ?? .max })
      #expect(periods.periods(raceChanges) == record.neutralisations, "\(listing.id)")
      compared += 1
    }
    #expect(compared >= tables.races.count - 3)
  }

  private static func statusChanges() throws -> [RaceKey: [TrackStatusPeriods.Change]] {
    var reader = try CSVReader(InputFile(path: RaceData.races + "/track_status.csv.gz"))
    let (season, round) = (try reader.column("season"), try reader.column("round"))
    let (time, status) = (try reader.column("session_ms"), try reader.column("status"))
    var changes: [RaceKey: [TrackStatusPeriods.Change]] = [:]
    while try reader.next() {
      let change = TrackStatusPeriods.Change(
        time: try reader.requiredInteger(time), status: UInt8(try reader.requiredCount(status)))
      changes[try reader.raceKey(season, round), default: []].append(change)
    }
    return changes
  }
}
