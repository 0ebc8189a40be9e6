import Testing
import Timing

@_spi(Measurement) @testable import Racing

@Suite(.enabled(if: RealRaces.directory != nil, RealRaces.missing)) struct `A real race` {
  @Test(arguments: ["2023-01-bahrain", "2024-11-austria", "2024-06-miami"])
  func `leaves residuals of a few tenths when it is dry`(id: String) throws {
    let model = try RealRaces.model(id)
    #expect((0.2...0.4).contains(model.fit.scale))
    #expect(!model.data.isWet)
    #expect((-0.12...0).contains(model.fit.parameters[model.fit.layout.fuel]))
    let artefact = model.artefact()
    #expect(try RaceArtefact(encoded: artefact.encoded()) == artefact)
    for car in artefact.cars where car.position.map({ $0 <= 10 }) ?? false { #expect(car.isPlayable) }
  }

  @Test func `predicts stints it was not shown`() throws {
    let race = try HeldOutLaps(RealRaces.record("2024-11-austria"))
    #expect(race.stints.count > 1_000)
    #expect(meanSize(race.stints) < 0.27)
    #expect(meanSize(race.evenLaps) < meanSize(race.stints))
    #expect(meanSize(race.stints) < meanSize(race.withoutLapEffect))
    #expect(meanSize(race.withoutLapEffect) < meanSize(race.driverTrend))
    #expect(meanSize(race.driverTrend) < meanSize(race.driverMean))
  }

  @Test func `that changes from wet to dry and back keeps each class inside its window`() throws {
    let model = try RealRaces.model("2019-11-germany")
    #expect(model.data.isWet)
    let clean = model.cleanLaps.filter { model.data.facts($0).compound?.tyreClass == .slick }.map(\.lap)
    let first = try #require(clean.min())
    let table = try #require(model.paceTable(driver: model.hasPace.firstIndex(of: true) ?? 0))
    for (slot, compound) in table.compounds.enumerated() where compound.tyreClass == .slick {
      for lap in 2..<first - 2 { #expect(table.milliseconds(slot: slot, wear: 8, lap: lap) > 120_000) }
    }
  }

  @Test func `behind a safety car in the pit lane counts no stop`() throws {
    let model = try RealRaces.model("2023-09-austria")
    let changed = model.data.drivers.filter { driver in driver.stints.contains { $0.laps.lowerBound == 3 } }
    #expect(changed.map(\.entrant.code.description) == ["MAG"])
    #expect(model.crew.median - model.crew.best < 2_000)
  }

  @Test func `whose crossing was missed is repaired, and one of poor quality is refused`() throws {
    let styria = try RealRaces.model("2021-08-styria").artefact()
    #expect(styria.cars.first { $0.code.description == "STR" }?.isPlayable == true)
    let error = #expect(throws: ModelError.self) { try RealRaces.model("2021-12-belgium") }
    guard case .refused(.poorQuality)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  private func meanSize(_ errors: [Double]) -> Double { errors.reduce(0) { $0 + abs($1) } / Double(errors.count) }
}
