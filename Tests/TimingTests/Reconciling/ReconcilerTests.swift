import Racing
import Testing

@testable import Timing

/// One race out of several sources.
@Suite struct ReconcilerTests {
  private let first = DriverCode("AAA")!

  private func reconciled(_ sources: [SourcedRace]) throws -> ImportedRace {
    try #require(Reconciler(sources).reconciled())
  }

  @Test func `sources that agree are one race without a word`() throws {
    let race = try reconciled([MadeUpRace.source(.openF1), MadeUpRace.source(.liveTiming), MadeUpRace.source(.fastF1)])
    #expect(race.disagreements == [])
    #expect(race.record.entrants == MadeUpRace.record().entrants)
    #expect(race.fieldProvenance?.main == "livetiming")
  }

  @Test func `the more trusted source wins, and the other value is listed`() throws {
    let other = MadeUpRace.source(.openF1) {
      $0.entrants[1].laps[3].timeMilliseconds! += 108
      $0.entrants[2].laps[4].sectorMilliseconds[1]! += 1
      $0.entrants[3].laps[2].compound = .hard
    }
    let race = try reconciled([other, MadeUpRace.source(.liveTiming)])
    #expect(
      race.disagreements == [
        Disagreement(
          driver: DriverCode("BBB"), lap: 4, field: "lap_time_ms", kept: "90104", by: "livetiming", other: "90212",
          by: "openf1"),
        Disagreement(
          driver: DriverCode("DDD"), lap: 3, field: "compound", kept: "medium", by: "livetiming", other: "hard",
          by: "openf1"),
      ])
    #expect(race.record.entrants == MadeUpRace.record().entrants)
  }

  @Test func `what one source lacks comes from the next, and its provenance says so`() throws {
    let main = MadeUpRace.source(.liveTiming) {
      $0.entrants[0].laps[2].timeMilliseconds = nil
      $0.entrants[0].laps[0].timeMilliseconds = nil
      $0.entrants[0].laps.remove(at: 4)
      $0.entrants[0].grid = nil
    }
    let official = MadeUpRace.source(.official) { record in
      for car in record.entrants.indices {
        for lap in record.entrants[car].laps.indices {
          record.entrants[car].laps[lap].sectorMilliseconds = []
          record.entrants[car].laps[lap].compound = nil
        }
      }
    }
    let race = try reconciled([main, official])
    #expect(
      race.record.entrants[0].laps.map(\.timeMilliseconds)
        == MadeUpRace.record().entrants[0].laps.map(\.timeMilliseconds))
    #expect(race.record.entrants[0].laps.map(\.number) == [1, 2, 3, 4, 5, 6])
    #expect(race.record.entrants[0].grid == .slot(1))
    let provenance = try #require(race.fieldProvenance)
    #expect(provenance.source(of: .init(driver: first, lap: 3, name: "lap_time_ms")) == "jolpica")
    #expect(provenance.source(of: .init(driver: first, lap: 2, name: "lap_time_ms")) == "livetiming")
    #expect(provenance.source(of: .init(driver: first, lap: 1, name: "lap_time_ms")) == "jolpica")
    #expect(provenance.source(of: .init(driver: first, name: "grid")) == "jolpica")
    #expect(provenance.entries(of: first).first?.key == "_")
    #expect(provenance.entries(of: first).contains { $0.key == "lap_time_ms@3" && $0.source == "jolpica" })
  }

  @Test func `clocks that count from another moment do not disagree`() throws {
    let late = MadeUpRace.source(.fastF1) { record in
      for car in record.entrants.indices {
        for lap in record.entrants[car].laps.indices {
          record.entrants[car].laps[lap].elapsedMilliseconds! += 23
        }
      }
      record.entrants[4].laps[3].elapsedMilliseconds! += 50
    }
    let race = try reconciled([MadeUpRace.source(.liveTiming), late])
    #expect(race.disagreements.map(\.field) == ["lap_end_ms"])
    #expect(race.disagreements.first?.driver == DriverCode("EEE"))
  }

  /// Input 32: lap numbers that are one too low.
  @Test func `lap numbers shifted by one are found and put right`() throws {
    let shifted = MadeUpRace.source(.oldFastF1) { record in
      for car in record.entrants.indices {
        record.entrants[car].laps.removeFirst()
        for lap in record.entrants[car].laps.indices { record.entrants[car].laps[lap].number -= 1 }
      }
    }
    let race = try reconciled([MadeUpRace.source(.liveTiming), shifted])
    #expect(race.disagreements.map(\.rule) == ["shift"])
    #expect(race.disagreements.first?.other == "-1")
    #expect(race.record.entrants == MadeUpRace.record().entrants)
  }

  /// Input 26: a gap to the car ahead instead of to the leader.
  @Test func `a gap to the car ahead is found by the sums alone`() throws {
    let leader = MadeUpRace.record().entrants[0].result.timeMilliseconds!
    let wrong = MadeUpRace.source(.official) { record in
      let ahead = record.entrants[2].result.timeMilliseconds!
      let own = record.entrants[3].result.timeMilliseconds!
      record.entrants[3].result.timeMilliseconds = leader + own - ahead
      record.entrants[5].result.timeMilliseconds! += 5_000
    }
    let live = MadeUpRace.source(.liveTiming) { record in
      for car in record.entrants.indices { record.entrants[car].result.timeMilliseconds = nil }
    }
    let race = try reconciled([wrong, live])
    #expect(race.disagreements.map(\.rule) == ["sum"])
    #expect(race.disagreements.first?.driver == DriverCode("DDD"))
    #expect(race.disagreements.first?.severity == .error)
    #expect(race.record.entrants[3].result.timeMilliseconds == MadeUpRace.record().entrants[3].result.timeMilliseconds)
    #expect(race.record.entrants[5].result.penaltyMilliseconds == 5_000)
  }

  @Test func `the order in which sources are given does not matter`() throws {
    let sources = [
      MadeUpRace.source(.liveTiming) { $0.entrants[0].laps[1].timeMilliseconds = nil },
      MadeUpRace.source(.openF1) { $0.entrants[0].laps[1].timeMilliseconds! += 7 },
      MadeUpRace.source(.fastF1) { $0.entrants[1].laps[1].tyreLife = 9 },
      MadeUpRace.source(.official) { $0.entrants[2].grid = .pitLane },
    ]
    let one = try reconciled(sources)
    let other = try reconciled(sources.reversed())
    #expect(one.record.digest == other.record.digest)
    #expect(one.disagreements == other.disagreements)
    #expect(one.fieldProvenance == other.fieldProvenance)
  }
}
