import Testing

@_spi(Measurement) @testable import Racing

@Suite struct `A lap held out of the fit` {
  @Test func `is forecast without reading its time`() throws {
    let record = SyntheticRace.generate(seed: 5)
    let model = try RaceModel(record)
    let isHeld = model.cleanLaps.map { $0.driver == 3 && $0.lap >= 20 }
    let changed = try RaceModel(slowed(record, driver: 3, lap: 30, by: 700))
    try #require(changed.cleanLaps == model.cleanLaps)
    let index = try #require(model.cleanLaps.firstIndex(of: RaceData.CleanLap(driver: 3, lap: 30)))
    let fit = try LapFit(
      model.data, cleanLaps: model.cleanLaps, constants: .shipped, external: isHeld.map { $0 ? 0 : 1 })
    let before = forecast(model, fit)
    let after = forecast(changed, fit)
    #expect(after.seconds(index) == before.seconds(index))
    #expect(abs(after.design.observed[index] - before.design.observed[index] - 0.7) < 1e-9)
    #expect(after.seconds(index + 1) != before.seconds(index + 1), "the next lap starts later, in other traffic")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `is in exactly one fold when its stint and driver have enough laps`(seed: UInt64) throws {
    let record = SyntheticRace.generate(seed: seed)
    let model = try RaceModel(record)
    var expected = 0
    for (index, driver) in model.data.drivers.enumerated() {
      let own = model.cleanLaps.filter { $0.driver == index }.map(\.lap)
      let sizes = driver.stints.map { stint in own.count { stint.laps.contains($0) } }.filter { $0 >= 5 }
      expected += sizes.count >= 2 ? sizes.reduce(0, +) : 0
    }
    let held = try HeldOutLaps(record)
    #expect(held.stints.count == expected)
    #expect(held.driverMean.count == expected)
    #expect(held.driverTrend.count == expected)
    #expect(held.withoutLapEffect.count == expected)
    #expect(held.evenLaps.count == model.cleanLaps.count { $0.lap.isMultiple(of: 2) })
  }

  private func forecast(_ model: RaceModel, _ fit: LapFit) -> LapForecast {
    LapForecast(
      model.data, cleanLaps: model.cleanLaps, fit: fit, constants: .shipped, circuit: model.record.circuit)
  }

  /// The race with one lap of a driver slower, and everything after it later.
  private func slowed(_ record: RaceRecord, driver: Int, lap: Int, by milliseconds: Int64) throws -> RaceRecord {
    var changed = record
    let code = record.entrants.map(\.code).sorted()[driver]
    let entrant = try #require(changed.entrants.firstIndex { $0.code == code })
    for index in changed.entrants[entrant].laps.indices {
      let number = changed.entrants[entrant].laps[index].number
      if number == lap { changed.entrants[entrant].laps[index].timeMilliseconds? += milliseconds }
      if number >= lap { changed.entrants[entrant].laps[index].elapsedMilliseconds? += milliseconds }
    }
    return changed
  }
}
