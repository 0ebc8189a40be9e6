import Testing

@testable import Racing

@Suite struct `Repairs of a race` {
  private let record = SyntheticRace.generate(seed: 41)

  private func data(_ change: (inout RaceRecord) -> Void) throws -> RaceData {
    var record = record
    change(&record)
    return try RaceData(record, constants: .shipped)
  }

  @Test func `a generated lap and an uncounted lap end the known race`() throws {
    #expect(try data { $0.entrants[2].laps[30].isGenerated = true }.drivers[2].lastLap == 30)
    #expect(try data { $0.entrants[2].laps[30].isCounted = false }.drivers[2].lastLap == 30)
  }

  @Test func `a missing end of lap follows from the lap time, and the other way round`() throws {
    let whole = try data { _ in }
    let noEnd = try data { $0.entrants[3].laps[9].elapsedMilliseconds = nil }
    #expect(noEnd.drivers[3].laps[10] == whole.drivers[3].laps[10])
    let noTime = try data { $0.entrants[3].laps[9].timeMilliseconds = nil }
    #expect(noTime.drivers[3].laps[10].lapTime == whole.drivers[3].laps[10].lapTime)
    #expect(!noTime.drivers[3].laps[10].isMeasured)
    let neither = try data {
      $0.entrants[3].laps[9].timeMilliseconds = nil
      $0.entrants[3].laps[9].elapsedMilliseconds = nil
    }
    #expect(neither.drivers[3].lastLap == 9)
  }

  @Test func `a crossing that was missed is shared between two laps`() throws {
    let whole = try data { _ in }
    let merged = try data { $0.entrants[3].laps[8].elapsedMilliseconds = $0.entrants[3].laps[9].elapsedMilliseconds }
    let facts = merged.drivers[3].laps
    #expect(facts[10].elapsed == whole.drivers[3].laps[10].elapsed)
    #expect(facts[9].duration + facts[10].duration == facts[10].elapsed - facts[8].elapsed)
    #expect(abs(facts[9].duration - facts[10].duration) <= 1)
    #expect(!facts[9].isMeasured)
  }

  @Test func `a lap that ends before it begins is refused`() {
    #expect(throws: ModelError.refused(.inconsistent(reason: "DVO ends lap 10 before it begins"))) {
      try data { $0.entrants[3].laps[9].elapsedMilliseconds = 5_000 }
    }
  }

  @Test func `tyres are filled from their stint`() throws {
    let whole = try data { _ in }
    let holes = try data { record in
      for lap in record.entrants[3].laps.indices where lap % 3 != 0 {
        record.entrants[3].laps[lap].compound = nil
        record.entrants[3].laps[lap].tyreLife = nil
      }
    }
    #expect(holes.drivers[3].laps.map(\.life) == whole.drivers[3].laps.map(\.life))
    #expect(holes.drivers[3].laps.map(\.compound) == whole.drivers[3].laps.map(\.compound))
    #expect(holes.drivers[3].stints == whole.drivers[3].stints)
  }

  @Test func `ages of a set without any are counted from new, and said to be`() throws {
    let assumed = try data { record in
      for lap in record.entrants[3].laps.indices { record.entrants[3].laps[lap].tyreLife = nil }
    }
    #expect(assumed.drivers[3].hasAssumedAge)
    #expect(assumed.drivers[3].laps[5].life == 5)
  }

  @Test func `a stint without a compound makes a ghost`() throws {
    var changed = record
    for lap in changed.entrants[3].laps.indices { changed.entrants[3].laps[lap].compound = nil }
    let artefact = try RaceArtefact.build(from: changed)
    #expect(artefact.paces[3] == nil)
    #expect(!artefact.cars[3].isPlayable)
    #expect(artefact.cars[3].elapsed == (try RaceArtefact.build(from: record)).cars[3].elapsed)
  }

  @Test func `a pass through the lane on the same tyres is no stop`() throws {
    let driver = record.entrants[3]
    let lap = try #require(
      (5..<driver.laps.count - 2).first { lap in !driver.pitStops.contains { abs($0.lap - lap) < 3 } })
    let led = try data { record in
      record.entrants[3].laps[lap - 1].pitInElapsedMilliseconds = record.entrants[3].laps[lap - 1].elapsedMilliseconds
      record.entrants[3].laps[lap].pitOutElapsedMilliseconds =
        record.entrants[3].laps[lap - 1].elapsedMilliseconds.map { $0 + 15_000 }
      record.entrants[3].pitStops.append(PitStop(lap: lap, laneMilliseconds: 15_000, tyresChanged: true))
    }
    let whole = try data { _ in }
    #expect(led.drivers[3].stints == whole.drivers[3].stints)
    #expect(led.drivers[3].tyreStops.count == whole.drivers[3].tyreStops.count)
    #expect(led.drivers[3].laps[lap].isIn)
  }

  @Test func `slow laps wear less`() throws {
    let whole = try data { _ in }
    for driver in whole.drivers {
      for stint in driver.stints {
        var wear = 4 * stint.ageAtStart
        for lap in stint.laps {
          switch driver.laps[lap].kind {
          case .green, .yellow: wear += 4
          case .virtualSafetyCar: wear += 2
          case .safetyCar: wear += 1
          case .red: break
          }
          #expect(driver.laps[lap].wear == wear)
        }
      }
    }
  }

  @Test func `a clock too far from the official time is left alone`() throws {
    let far = try data { record in
      let winner = record.entrants.firstIndex { $0.result.position == 1 } ?? 0
      record.entrants[winner].result.timeMilliseconds? += 1_001
    }
    #expect(far.isAnchorSuspect)
    #expect(far.anchorMilliseconds == 0)
    let near = try data { record in
      let winner = record.entrants.firstIndex { $0.result.position == 1 } ?? 0
      record.entrants[winner].result.timeMilliseconds? += 5_300
      record.entrants[winner].result.penaltyMilliseconds = 5_000
    }
    #expect(!near.isAnchorSuspect)
    #expect(near.anchorMilliseconds == 300)
  }

  @Test func `road gaps are to the car that crossed last`() throws {
    let whole = try data { _ in }
    let all = whole.drivers.flatMap { $0.laps.dropFirst().map(\.elapsed) }
    for driver in whole.drivers {
      for lap in driver.laps.indices.dropFirst(2) {
        let start = driver.laps[lap - 1].elapsed
        let last = all.filter { $0 < start }.max()
        #expect(driver.laps[lap].gap == last.map { Double(start - $0) / 1000 })
      }
    }
  }

  @Test(
    arguments: [
      ("1", .green), ("", .green), ("11", .green), ("12", .yellow), ("2", .yellow), ("671", .virtualSafetyCar),
      ("7", .virtualSafetyCar), ("124", .safetyCar), ("64", .safetyCar), ("45", .red), ("5", .red),
    ] as [(String, LapKind)])
  func `the gravest status names the lap`(status: String, kind: LapKind) {
    #expect(LapKind(trackStatus: status) == kind)
  }
}
