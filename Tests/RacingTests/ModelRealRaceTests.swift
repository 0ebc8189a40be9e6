import Testing
import Timing

@testable import Racing

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
    let model = try RealRaces.model("2024-11-austria")
    var sum = 0.0
    var count = 0.0
    for fold in 0..<4 {
      let weights = model.cleanLaps.map { isHeld($0, model, fold: fold) ? 0.0 : 1.0 }
      let fit = try LapFit(model.data, cleanLaps: model.cleanLaps, constants: .shipped, external: weights)
      for index in weights.indices where weights[index] == 0 {
        sum += abs(fit.residuals[index])
        count += 1
      }
    }
    #expect(count > 1_000)
    #expect(sum / count < 0.30)
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

  private func isHeld(_ lap: RaceData.CleanLap, _ model: RaceModel, fold: Int) -> Bool {
    let stints = model.data.drivers[lap.driver].stints
    let sizes = stints.map { stint in
      model.cleanLaps.count { $0.driver == lap.driver && stint.laps.contains($0.lap) }
    }
    guard let stint = stints.firstIndex(where: { $0.laps.contains(lap.lap) }), sizes[stint] >= 5,
      sizes.count(where: { $0 >= 5 }) >= 2
    else { return false }
    return (stint + lap.driver) % 4 == fold
  }
}
