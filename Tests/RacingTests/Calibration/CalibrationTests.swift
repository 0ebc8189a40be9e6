import Testing

@_spi(Measurement) @testable import Racing

@Suite struct `A calibration` {
  private static let races = ([1, 2, 3] as [UInt64]).map { seed in
    var record = SyntheticRace.generate(
      seed: seed, key: RaceKey(season: 2023, round: Int16(seed)), slug: "made-\(seed)")
    record.circuit = "monza"
    return record
  }

  @Test func `gives the same constants on every run, and they can be used`() throws {
    let text = try Calibration(Self.races).text()
    #expect(try Calibration(Self.races).text() == text)
    let constants = try ModelConstants(json: text)
    #expect(constants.version != ModelConstants.shipped.version)
    #expect(constants.circuits.count == ModelConstants.shipped.circuits.count)
    #expect(throws: Never.self) { try RaceModel(Self.races[0], constants: constants) }
  }

  @Test func `finds what a stop costs where it is known`() {
    var draw = SplitMix(seed: 8)
    let stops = (0..<400).map { _ in StopLoss(onInLap: 3 + 0.2 * draw.normal(), onOutLap: 19 + 0.4 * draw.normal()) }
    let found = PitLossCalibration([("monza", stops)]).circuits["monza"]
    #expect(abs((found?.onInLap ?? 0) - 3_000) < 60 && abs((found?.onOutLap ?? 0) - 19_000) < 120)
    #expect(found?.stops == 400)
    // A median of 400 with that spread has a standard error of about 28 ms.
    #expect((15...45).contains(found?.error ?? 0))
  }

  @Test func `shrinks a circuit with few stops to the others but leaves the line where it is`() {
    let many = [StopLoss](repeating: StopLoss(onInLap: 4, onOutLap: 18), count: 95)
    let few = [StopLoss](repeating: StopLoss(onInLap: 20, onOutLap: 7), count: 5)
    let found = PitLossCalibration([("monza", many), ("paul-ricard", few)]).circuits["paul-ricard"]
    #expect(found?.onInLap == 20_000)
    #expect(found?.onOutLap == 4_500)
  }

  @Test(arguments: [0.8, 1.5, 2.5])
  func `finds the advantage at which half of the cars pass`(truth: Double) throws {
    var draw = SplitMix(seed: 3)
    let trials = (0..<20_000).map { _ -> PassingCalibration.Trial in
      let advantage = -1 + 5 * draw.uniform()
      let logit = 1.4 * (advantage - truth)
      return PassingCalibration.Trial(advantage: advantage, passed: draw.uniform() < 0.5 + 0.5 * tanh(logit))
    }
    #expect(abs(try #require(PassingCalibration.advantage(trials)) - truth) < 0.06)
  }

  @Test func `never uses the seasons on which forecasts are judged`() {
    for season in [2019, 2021, 2022, 2025, 2026] {
      #expect(!Calibration.uses(season: season).contains(.scores))
    }
    #expect(Calibration.uses(season: 2025).isEmpty)
  }

  /// The hyperbolic tangent from exponentials of squares, so that no other module is needed.
  private func tanh(_ value: Double) -> Double {
    let (term, steps) = (value / 64, 6)
    var result = term - term * term * term / 3
    for _ in 0..<steps { result = 2 * result / (1 + result * result) }
    return result
  }
}
