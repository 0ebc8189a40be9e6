/// How well the lap-time model knows laps it was not shown. Errors are seconds, observed less forecast.
@_spi(Measurement) public struct HeldOutLaps: Sendable {
  /// Whole stints left out, every eligible lap once.
  public let stints: [Double]
  /// Even laps of the race from its odd ones.
  public let evenLaps: [Double]
  /// The same stints by the driver's mean.
  public let driverMean: [Double]
  /// The same stints by the driver's mean and the trend over the race.
  public let driverTrend: [Double]
  /// The same stints by least squares without an effect of the single lap.
  public let withoutLapEffect: [Double]

  /// Measures one race: four fits without a quarter of the stints each, and one of the odd laps.
  ///
  /// A stint counts with at least five clean laps of a driver who has two such; its fold is (stint + driver) mod 4.
  /// - Throws: `ModelError` when the race has no model.
  public init(_ record: RaceRecord, constants: ModelConstants = .shipped) throws(ModelError) {
    let model = try RaceModel(record, constants: constants)
    let folds = Self.folds(model)
    stints = try Self.stintErrors(model, folds)
    var mean: [Double] = []
    var trend: [Double] = []
    var plain: [Double] = []
    for fold in 0..<4 where folds.contains(fold) {
      let isHeld = folds.map { $0 == fold }
      let baselines = Baselines(model, isHeld: isHeld)
      mean += baselines.driverMean()
      trend += baselines.driverTrend()
      plain += try baselines.withoutLapEffect()
    }
    driverMean = mean
    driverTrend = trend
    withoutLapEffect = plain
    evenLaps = try Self.errors(model, isHeld: model.cleanLaps.map { $0.lap.isMultiple(of: 2) })
  }

  /// The errors of `stints` alone.
  /// - Throws: `ModelError` when the race has no model.
  static func stintErrors(_ record: RaceRecord, constants: ModelConstants) throws(ModelError) -> [Double] {
    let model = try RaceModel(record, constants: constants)
    return try stintErrors(model, folds(model))
  }

  private static func stintErrors(_ model: RaceModel, _ folds: [Int?]) throws(ModelError) -> [Double] {
    var errors: [Double] = []
    for fold in 0..<4 where folds.contains(fold) {
      errors += try Self.errors(model, isHeld: folds.map { $0 == fold })
    }
    return errors
  }

  /// Errors of the laps held out of a fit of the others.
  private static func errors(_ model: RaceModel, isHeld: [Bool]) throws(ModelError) -> [Double] {
    let weights = isHeld.map { $0 ? 0.0 : 1.0 }
    let fit = try LapFit(model.data, cleanLaps: model.cleanLaps, constants: model.constants, external: weights)
    let forecast = LapForecast(
      model.data, cleanLaps: model.cleanLaps, fit: fit, constants: model.constants, circuit: model.record.circuit)
    return isHeld.indices.filter { isHeld[$0] }.map { forecast.design.observed[$0] - forecast.seconds($0) }
  }

  /// The fold of each clean lap; nil for laps of stints that are too short to be held out.
  private static func folds(_ model: RaceModel) -> [Int?] {
    let places = model.cleanLaps.map { lap in
      model.data.drivers[lap.driver].stints.firstIndex { $0.laps.contains(lap.lap) } ?? 0
    }
    var counts = model.data.drivers.map { [Int](repeating: 0, count: $0.stints.count + 1) }
    for (lap, stint) in zip(model.cleanLaps, places) { counts[lap.driver][stint] += 1 }
    return zip(model.cleanLaps, places).map { lap, stint in
      let eligible = counts[lap.driver].count { $0 >= 5 }
      return counts[lap.driver][stint] >= 5 && eligible >= 2 ? (stint + lap.driver) % 4 : nil
    }
  }
}
