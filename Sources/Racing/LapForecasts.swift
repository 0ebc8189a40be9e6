/// Forecasts of laps that the fit was not shown, for measuring how well the model predicts.
@_spi(Measurement) public struct LapForecasts: Sendable {
  /// A clean lap.
  public struct Lap: Sendable, Equatable {
    /// Index of the driver, codes ascending.
    public let driver: Int
    /// Index of the set among the driver's sets.
    public let stint: Int
    /// Lap number.
    public let number: Int
    /// The tyre.
    public let compound: Compound
    /// Effective age of the tyre at the end of the lap.
    public let age: Double
    /// What was driven, in seconds.
    public let seconds: Double
  }

  /// The clean laps, by driver and number.
  public let laps: [Lap]
  private let data: RaceData
  private let clean: [RaceData.CleanLap]
  private let circuit: ModelConstants.Circuit
  private let constants: ModelConstants

  /// Repairs the race and finds its clean laps.
  /// - Throws: `ModelError.refused` when the record contradicts itself.
  public init(_ record: RaceRecord, constants: ModelConstants = .shipped) throws(ModelError) {
    self.constants = constants
    circuit = constants.circuit(record.circuit)
    let data = try RaceData(record, constants: constants)
    let known = data.cleanLaps(constants.cleaning)
    self.data = data
    clean = known
    laps = known.compactMap { lap in
      let facts = data.facts(lap)
      let stint = data.drivers[lap.driver].stints.firstIndex { $0.laps.contains(lap.lap) }
      guard let stint, let compound = facts.compound else { return nil }
      return Lap(
        driver: lap.driver, stint: stint, number: lap.lap, compound: compound, age: Double(facts.wear) / 4,
        seconds: Double(facts.lapTime) / 1000)
    }
  }

  /// Fits the race without the laps marked as held and forecasts every lap, in seconds, parallel to `laps`.
  /// - Throws: `ModelError.notPositiveDefinite` when the fit has no solution.
  public func forecast(without held: [Bool]) throws(ModelError) -> [Double] {
    let weights = held.map { $0 ? 0.0 : 1.0 }
    let fit = try LapFit(data, cleanLaps: clean, constants: constants, external: weights)
    return try LapForecast(fit, data: data, circuit: circuit, constants: constants).lapTimes(clean)
  }
}
