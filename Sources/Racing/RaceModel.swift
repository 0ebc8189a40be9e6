/// A race with its fitted model: everything that the published artefact and an autopsy are cut from.
package struct RaceModel: Sendable {
  /// The record it was made from.
  package let record: RaceRecord
  /// The constants it was made with.
  package let constants: ModelConstants
  /// The repaired race.
  package let data: RaceData
  /// Laps the fit used.
  package let cleanLaps: [RaceData.CleanLap]
  /// Parameters, residuals and scale.
  package let fit: LapFit
  /// Clean-air predictions.
  package let pace: PaceModel
  /// By driver: has a clean lap on a known tyre, hence a pace.
  package let hasPace: [Bool]
  /// The field lap by lap.
  package let field: FieldFigures
  /// Lane times.
  package let crew: CrewFigures
  /// Stint caps.
  package let caps: StintCaps
  /// Class windows.
  package let windows: ClassWindows

  /// Repairs the race, fits it and measures the field.
  /// - Throws: `ModelError.refused` with the reason when the race is not fit to be modelled,
  ///   `ModelError.notPositiveDefinite` when the fit has no solution.
  package init(_ record: RaceRecord, constants: ModelConstants = .shipped) throws(ModelError) {
    try self.init(record, data: RaceData(record, constants: constants), constants: constants)
  }

  /// Fits a race that was repaired before.
  init(_ record: RaceRecord, data: RaceData, constants: ModelConstants) throws(ModelError) {
    self.record = record
    self.constants = constants
    self.data = data
    cleanLaps = data.cleanLaps(constants.cleaning)
    try Self.refuseUnfit(record, data, cleanLaps: cleanLaps.count, limits: constants.cleaning)
    fit = try LapFit(data, cleanLaps: cleanLaps, constants: constants)
    let smear = try Self.smear(data, cleanLaps, fit, constants.fit)
    caps = StintCaps(data, rules: constants.tables)
    let wearLimit = 4 * (caps.largest + constants.tables.spareLaps)
    pace = PaceModel(fit, data: data, smear: smear, wearLimit: wearLimit, constants: constants)
    let counts = Self.cleanCounts(cleanLaps, drivers: data.drivers.count)
    hasPace = zip(data.drivers, counts).map { driver, count in count > 0 && !driver.lacksCompound }
    field = FieldFigures(data, pace: pace, hasPace: hasPace, constants: constants)
    crew = CrewFigures(data, circuit: constants.circuit(record.circuit), rules: constants.pitLoss)
    windows = ClassWindows(data, cleanLaps: cleanLaps, margin: constants.tables.windowMargin)
  }

  /// The same race with other weights of its clean laps, fitted on from this model's weights.
  ///
  /// - Throws: `ModelError.notPositiveDefinite` when the fit has no solution.
  package func refitted(external: [Double]) throws(ModelError) -> RaceModel {
    let fit = try LapFit(data, cleanLaps: cleanLaps, constants: constants, external: external, from: self.fit)
    return try RaceModel(self, fit: fit)
  }

  private init(_ model: RaceModel, fit: LapFit) throws(ModelError) {
    record = model.record
    constants = model.constants
    data = model.data
    cleanLaps = model.cleanLaps
    self.fit = fit
    hasPace = model.hasPace
    crew = model.crew
    caps = model.caps
    windows = model.windows
    let smear = try Self.smear(data, cleanLaps, fit, constants.fit)
    let wearLimit = 4 * (caps.largest + constants.tables.spareLaps)
    pace = PaceModel(fit, data: data, smear: smear, wearLimit: wearLimit, constants: constants)
    field = FieldFigures(data, pace: pace, hasPace: hasPace, constants: constants)
  }

  /// Smallest pace offset among entrants with enough clean laps, seconds; nil when nobody has.
  package var referenceOffset: Double? { referenceDriver.map { pace.offset(driver: $0) } }

  /// The entrant with that offset; the first by code of equal ones.
  package var referenceDriver: Int? {
    let counts = Self.cleanCounts(cleanLaps, drivers: data.drivers.count)
    let needed = max(Double(constants.fit.referenceLaps), constants.fit.referenceShare * Double(data.lapCount))
    let eligible = data.drivers.indices.filter { Double(counts[$0]) >= needed }
    return eligible.min { pace.offset(driver: $0) < pace.offset(driver: $1) }
  }

  private static func cleanCounts(_ laps: [RaceData.CleanLap], drivers: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: drivers)
    for lap in laps { counts[lap.driver] += 1 }
    return counts
  }

  private static func refuseUnfit(
    _ record: RaceRecord, _ data: RaceData, cleanLaps: Int, limits: ModelConstants.Cleaning
  ) throws(ModelError) {
    if record.quality == .c { throw .refused(.poorQuality(note: record.qualityNote)) }
    if record.lapCount < limits.minimumLaps {
      throw .refused(.tooShort(laps: record.lapCount, needed: limits.minimumLaps))
    }
    let driven = data.drivers.map(\.lastLap).max() ?? 0
    if driven != record.lapCount { throw .refused(.distanceDiffers(official: record.lapCount, driven: driven)) }
    if cleanLaps < limits.minimumCleanLaps {
      throw .refused(.tooFewCleanLaps(found: cleanLaps, needed: limits.minimumCleanLaps))
    }
  }

  /// A robust fit estimates medians but race times are sums: the mean residual in clear air, outliers held. What being
  /// passed, cold tyres and restarts cost is part of it, because no simulation adds it; laps under blue flags are not.
  private static func smear(
    _ data: RaceData, _ laps: [RaceData.CleanLap], _ fit: LapFit, _ rules: ModelConstants.Fit
  ) throws(ModelError) -> Double {
    let residuals = fit.clearAirResiduals(data, laps, rules)
    var sum = 0.0
    var count = 0
    for (index, lap) in laps.enumerated()
    where data.facts(lap).lappedBy == 0 && data.facts(lap).gap.map({ $0 > rules.smearGap }) ?? true {
      sum += clamp(residuals[index], -rules.smearLimit, rules.smearLimit)
      count += 1
    }
    guard count > 0 else { throw .refused(.inconsistent(reason: "no clean lap was driven in clear air")) }
    return sum / Double(count)
  }
}
