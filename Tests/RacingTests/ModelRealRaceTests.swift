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
    let race = try LapForecasts(RealRaces.record("2024-11-austria"))
    var sum = 0.0
    var count = 0.0
    for fold in 0..<4 {
      let held = race.laps.map { isHeld($0, race, fold: fold) }
      let forecast = try race.forecast(without: held)
      for index in held.indices where held[index] {
        sum += abs(race.laps[index].seconds - forecast[index])
        count += 1
      }
    }
    #expect(count > 1_000)
    #expect(sum / count < 0.27)
  }

  @Test func `forecasts a held lap without reading its time`() throws {
    let record = try RealRaces.record("2024-11-austria")
    let model = try LapForecasts(record)
    let slow = try #require(model.laps.indices.first { model.laps[$0].driver == 3 && model.laps[$0].number == 30 })
    let held = model.laps.indices.map { model.laps[$0].driver == 3 && model.laps[$0].number >= 30 }
    var changed = record
    let code = record.entrants.map(\.code).sorted()[3]
    let entrant = try #require(changed.entrants.firstIndex { $0.code == code })
    let lap = try #require(changed.entrants[entrant].laps.firstIndex { $0.number == 30 })
    changed.entrants[entrant].laps[lap].timeMilliseconds? += 700
    for later in changed.entrants[entrant].laps.indices where later >= lap {
      changed.entrants[entrant].laps[later].elapsedMilliseconds? += 700
    }
    let other = try LapForecasts(changed)
    try #require(other.laps.map(\.number) == model.laps.map(\.number))
    let before = try model.forecast(without: held)[slow]
    let after = try other.forecast(without: held)[slow]
    // The cars behind see another gap, which moves their traffic terms and hence the fit by next to nothing.
    #expect(abs(before - after) < 0.02)
    #expect(abs(other.laps[slow].seconds - model.laps[slow].seconds - 0.7) < 1e-9)
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

  private func isHeld(_ lap: LapForecasts.Lap, _ race: LapForecasts, fold: Int) -> Bool {
    let sizes = Dictionary(grouping: race.laps.filter { $0.driver == lap.driver }, by: \.stint).mapValues(\.count)
    guard sizes[lap.stint, default: 0] >= 5, sizes.values.count(where: { $0 >= 5 }) >= 2 else { return false }
    return (lap.stint + lap.driver) % 4 == fold
  }
}
