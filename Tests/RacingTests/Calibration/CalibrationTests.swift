import Testing

@_spi(Measurement) @testable import Racing

@Suite struct `A calibration` {
  private static let races = ([1, 2, 3] as [UInt64]).map { seed in
    var record = SyntheticRace.generate(
      seed: seed, key: RaceKey(season: 2023, round: Int16(seed)), slug: "made-\(seed)")
    record.circuit = "monza"
    return record
  }

  /// Two constants are searched for: one by laps, one by races.
  private static func calibrate(_ start: String = ModelConstants.shippedText) async throws -> Calibration {
    try await Calibration(races, from: start, laps: [Knob.ofLaps[1]], races: [Knob.ofRaces[0]])
  }

  @Test func `gives the same constants on every run, and they can be used`() async throws {
    let found = try await Self.calibrate()
    #expect(try await Self.calibrate().text == found.text)
    let constants = try ModelConstants(json: found.text)
    #expect(constants.version != ModelConstants.shipped.version)
    #expect(constants.circuits.count == ModelConstants.shipped.circuits.count)
    #expect(throws: Never.self) { try RaceModel(Self.races[0], constants: constants) }
    #expect(found.changes.contains { $0.name == "monza: stop, ms" })
  }

  @Test func `stays where it is when it begins with what it found`() async throws {
    let found = try await Self.calibrate()
    let again = try await Self.calibrate(found.text)
    #expect(again.text == found.text)
    #expect(again.changes.isEmpty)
  }

  @Test func `tells the races no worse than before`() async throws {
    let misfit = try #require(try await Self.calibrate().misfit)
    // What was measured directly may cost a little; what is searched for never does.
    #expect(misfit.after.weight <= misfit.before.weight + 0.1)
  }

  @Test func `moves a constant to where the races are told better`() async throws {
    var sheet = try ConstantsSheet(ModelConstants.shippedText)
    let knob = Knob.ofRaces[0]
    knob.set(570, in: &sheet)
    let wrong = try await ConstantSearch(Self.races, from: sheet) { _ in }
    var search = wrong
    let hasMoved = try await search.run(laps: [], races: [knob])
    #expect(hasMoved)
    #expect(search.misfit.weight < wrong.misfit.weight)
    #expect(knob.value(in: search.sheet) != 570)
  }

  @Test(arguments: [(0.35, 2, "0.35"), (-0.05, 3, "-0.050"), (-0.2, 1, "-0.2"), (1.999_6, 3, "2.000"), (62, 0, "62")])
  func `spells decimals`(value: Double, places: Int, text: String) {
    #expect(decimal(value, places: places) == text)
  }

  @Test func `puts a number where its path leads and nowhere else`() throws {
    var sheet = try ConstantsSheet(#"{"a": {"b": [1, 2, 3]}, "c": "0.5"}"#)
    sheet[["a", "b", "1"]] = 7
    #expect(sheet.number(["a", "b", "1"]) == 7)
    #expect(sheet.number(["a", "b", "0"]) == 1)
    #expect(sheet.number(["c"]) == 0.5)
    #expect(sheet.number(["a", "b", "9"]) == nil)
    #expect(throws: ModelError.self) { try ConstantsSheet("[1]") }
    #expect(throws: ModelError.self) { try ConstantsSheet("{") }
  }

  @Test func `finds how slow laps under flags were`() {
    let found = LapRatioCalibration(virtualSafetyCar: [1.3, 1.42, 1.5], safetyCar: [])
    #expect(found.virtualSafetyCar == 1_420 && found.safetyCar == nil)
  }

  @Test func `finds the share of a stop that counts under the virtual safety car`() {
    #expect(FlagShare([Double](repeating: 0.66, count: 19)) == nil)
    let found = FlagShare([Double](repeating: 0.66, count: 30) + [1.9, 1.9, -0.4])
    #expect(found?.percent == 66 && found?.stops == 33)
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
