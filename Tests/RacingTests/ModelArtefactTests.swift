import Testing

@testable import Racing

@Suite struct `A race artefact` {
  static let dry = SyntheticRace.generate(seed: 21)
  static let rain = SyntheticRace.generate(seed: 22, rainFrom: 28)

  @Test(arguments: [dry, rain])
  func `is the same on every build and survives storage`(record: RaceRecord) throws {
    let artefact = try RaceArtefact.build(from: record)
    let again = try RaceArtefact.build(from: RaceRecord(canonicalBytes: record.canonicalBytes))
    #expect(again == artefact)
    #expect(again.hash == artefact.hash)
    let stored = try RaceArtefact(encoded: artefact.encoded())
    #expect(stored == artefact)
    #expect(stored.encoded() == artefact.encoded())
    #expect(artefact.recordDigest == record.digest)
    #expect(artefact.modelVersion == ModelConstants.shipped.version)
  }

  @Test func `has the hash it always had, in debug and release builds`() throws {
    let (dry, rain) = (try RaceArtefact.build(from: Self.dry).hash, try RaceArtefact.build(from: Self.rain).hash)
    #expect(dry == "f491905752d43b61c03d2d364cf9cfbbfb570203d28500956e197c2090936997")
    #expect(rain == "b727e3148e6878bc52ef625968c5635b4c089ea635dfe1117bdb771598765bba")
  }

  @Test(arguments: [62, 71] as [Int64])
  func `is written in the first format where that says all`(share: Int64) throws {
    var sheet = try ConstantsSheet(ModelConstants.shippedText)
    sheet[["pitLoss", "safetyCarPercent"]] = share
    sheet[["pitLoss", "virtualSafetyCarPercent"]] = 80
    let artefact = try RaceModel(Self.dry, constants: sheet.constants()).artefact()
    let bytes = artefact.encoded()
    #expect(String(decoding: bytes.prefix(20), as: UTF8.self).contains("BLAME-ARTEFACT-\(share == 62 ? 1 : 2)"))
    let stored = try RaceArtefact(encoded: bytes)
    #expect(stored == artefact && stored.pitLoss.shares.safetyCarPercent == share)
    // The second format never says what the first one says.
    if share == 62, let digit = bytes.firstIndex(of: UInt8(ascii: "1")) {
      var twin = bytes
      twin[digit] = UInt8(ascii: "2")
      #expect(throws: ModelError.self) { try RaceArtefact(encoded: twin) }
    }
  }

  @Test func `ignores a constant on the clock`() throws {
    var moved = Self.dry
    for entrant in moved.entrants.indices {
      for lap in moved.entrants[entrant].laps.indices {
        moved.entrants[entrant].laps[lap].elapsedMilliseconds? += 437
        moved.entrants[entrant].laps[lap].pitInElapsedMilliseconds? += 437
        moved.entrants[entrant].laps[lap].pitOutElapsedMilliseconds? += 437
      }
    }
    try expectSameFigures(moved, Self.dry)
  }

  @Test func `ignores the order of rows`() throws {
    var shuffled = Self.dry
    var random = SplitMix(seed: 31)
    shuffled.entrants.shuffle(using: &random)
    for index in shuffled.entrants.indices { shuffled.entrants[index].laps.shuffle(using: &random) }
    #expect(try RaceArtefact.build(from: shuffled) == RaceArtefact.build(from: Self.dry))
  }

  @Test func `ignores what drivers are called`() throws {
    var renamed = Self.dry
    for index in renamed.entrants.indices {
      renamed.entrants[index].code = try #require(DriverCode("Q" + (index < 10 ? "A" : "B") + "\(index % 10)"))
    }
    let new = try RaceArtefact.build(from: renamed)
    let old = try RaceArtefact.build(from: Self.dry)
    #expect(new.paces == old.paces)
    #expect(new.laps == old.laps)
    #expect(new.cars.map(\.elapsed) == old.cars.map(\.elapsed))
    #expect(new.parameters.map(\.microseconds) == old.parameters.map(\.microseconds))
  }

  @Test(arguments: [dry, rain])
  func `has finite lap times that never fall with wear`(record: RaceRecord) throws {
    let artefact = try RaceArtefact.build(from: record)
    for table in artefact.paces.compactMap({ $0 }) {
      for slot in table.compounds.indices {
        for lap in 1...table.lapCount {
          var before: Int64 = 0
          for wear in 0..<table.wearCount {
            let time = table.milliseconds(slot: slot, wear: wear, lap: lap)
            #expect(time >= before)
            #expect((60_000...240_000).contains(time))
            before = time
          }
        }
      }
    }
  }

  @Test func `fines a class outside its window only`() throws {
    let model = try RaceModel(Self.rain)
    let table = try #require(model.paceTable(driver: 0))
    let slot = try #require(table.compounds.firstIndex(of: .intermediate))
    let clean = model.cleanLaps.filter { model.data.facts($0).compound == .intermediate }.map(\.lap)
    let first = try #require(clean.min()) - 2
    #expect(!model.windows.allows(.intermediate, lap: first - 1))
    #expect(model.windows.allows(.intermediate, lap: first))
    let step =
      table.milliseconds(slot: slot, wear: 4, lap: first - 1) - table.milliseconds(slot: slot, wear: 4, lap: first)
    #expect((50_000...70_000).contains(step))
  }

  @Test(arguments: [dry, rain])
  func `caps stints, but not below anybody's real one`(record: RaceRecord) throws {
    let model = try RaceModel(record)
    let artefact = model.artefact()
    let table = try #require(artefact.paces.compactMap { $0 }.first)
    for (index, car) in artefact.cars.enumerated() {
      for stint in car.stints {
        let end = stint.ageAtStart + stint.lastLap - stint.firstLap + 1
        #expect(end < model.caps.laps(stint.compound, driver: index))
        #expect(4 * (end + 2) < table.wearCount)
      }
      #expect(car.stints.first?.firstLap == 1)
      #expect(car.stints.last?.lastLap == car.lastLap)
    }
    for (compound, cap) in zip(artefact.compounds, artefact.stintCaps) {
      #expect(cap >= 8)
      #expect(cap == model.caps.laps(compound))
    }
  }

  @Test func `keeps the age of used sets`() throws {
    let artefact = try RaceArtefact.build(from: Self.dry)
    let used = artefact.cars.flatMap(\.stints).filter { $0.compound == .soft && $0.firstLap == 1 }
    #expect(!used.isEmpty)
    #expect(used.allSatisfy { $0.ageAtStart == 3 })
  }

  @Test func `tells its four tables apart`() throws {
    let model = try RaceModel(Self.dry)
    let field = try #require(model.paceTable(driver: 4))
    let own = try #require(model.paceTable(driver: 4, kind: .own))
    let green = try #require(model.paceTable(driver: 4, kind: .green))
    let first = try #require(model.paceTable(driver: 4, kind: .reference))
    let second = try #require(model.paceTable(driver: 5, kind: .reference))
    #expect(own != field)
    var slowest: Int64 = 0
    for (lap, kind) in (0...model.data.lapCount).map({ ($0, model.kind(driver: 4, lap: $0)) }) where lap > 0 {
      let difference =
        field.milliseconds(slot: 0, wear: 8, lap: lap) - green.milliseconds(slot: 0, wear: 8, lap: lap)
      if kind == .green, !model.kind(driver: 4, lap: lap - 1).isNeutralised { #expect(difference == 0) }
      slowest = max(slowest, kind == .virtualSafetyCar ? difference : 0)
    }
    #expect(slowest > 20_000)
    #expect(zip(first.values, field.values).allSatisfy { $0 <= $1 })
    #expect(first.values == second.values)
  }

  @Test func `refuses damaged bytes and never crashes on them`() throws {
    let bytes = try RaceArtefact.build(from: SyntheticRace.generate(seed: 5, laps: 34)).encoded()
    var random = SplitMix(seed: 8)
    for _ in 0..<40 {
      let length = random.integer(in: 0...bytes.count - 1)
      #expect(throws: ModelError.self, "length \(length)") { try RaceArtefact(encoded: Array(bytes.prefix(length))) }
    }
    for _ in 0..<200 {
      var damaged = bytes
      // The head holds the structure; the pace tables are most of the rest.
      damaged[random.integer(in: 0...min(bytes.count, 6_000) - 1)] = UInt8(random.integer(in: 0...255))
      if let read = try? RaceArtefact(encoded: damaged) {
        #expect(read.hash == RaceArtefact.hash(ofCanonicalBytes: damaged))
      }
    }
    #expect(throws: ModelError.self) { try RaceArtefact(encoded: bytes + [0]) }
  }

  private func expectSameFigures(_ left: RaceRecord, _ right: RaceRecord) throws {
    let left = try RaceArtefact.build(from: left)
    let right = try RaceArtefact.build(from: right)
    #expect(left.paces == right.paces)
    #expect(left.laps == right.laps)
    #expect(left.cars == right.cars)
    #expect(left.parameters == right.parameters)
    #expect(left.pitLoss == right.pitLoss)
  }
}
