import Foundation

/// Constants of the model measured anew on races, and the JSON text that holds them.
@_spi(Measurement) public struct Calibration: Sendable {
  /// What a stop costs.
  public let pitLoss: PitLossCalibration
  /// How hard passing is.
  public let passing: PassingCalibration
  /// How often races are neutralised.
  public let neutralisation: NeutralisationCalibration
  /// Median raw scores of random and of real plans, hundredths; nil without a race for them.
  public let scores: (random: Int32, real: Int32)?
  /// Races used, by season and round, with what they were used for.
  public let races: [(key: RaceKey, slug: String, uses: [Use])]
  /// Races without a model, with the reason.
  public let refused: [(key: RaceKey, reason: String)]

  /// What a race may be used for.
  public enum Use: String, Sendable, CaseIterable {
    case pitLoss, passing, neutralisation, scores
  }

  /// Which races are used for what. Races on which forecasts are judged are never used for what forecasts rest on.
  public static func uses(season: Int) -> [Use] {
    switch season {
    case 2018, 2020: [.neutralisation]
    case 2019, 2021: [.neutralisation]
    case 2022: [.pitLoss, .passing, .neutralisation]
    case 2023, 2024: Use.allCases
    default: []
    }
  }

  /// Measures everything.
  ///
  /// - Parameter progress: Called with the races done.
  /// - Complexity: a fit a race, and some twenty runs for the scores.
  public init(
    _ records: [RaceRecord], constants: ModelConstants = .shipped, progress: (Int) -> Void = { _ in }
  ) {
    var losses: [(circuit: String, stops: [StopLoss])] = []
    var trials: [(circuit: String, trials: [PassingCalibration.Trial])] = []
    var random: [Int32] = []
    var real: [Int32] = []
    var used: [(key: RaceKey, slug: String, uses: [Use])] = []
    var refused: [(key: RaceKey, reason: String)] = []
    for (index, record) in records.enumerated() {
      let uses = Self.uses(season: Int(record.key.season))
      if !uses.isEmpty { used.append((record.key, record.slug, uses)) }
      if uses.contains(.pitLoss) || uses.contains(.scores) {
        do {
          let model = try RaceModel(record, constants: constants)
          if uses.contains(.pitLoss) { losses.append((record.circuit, model.stopLosses)) }
          if uses.contains(.passing) { trials.append((record.circuit, model.passingTrials)) }
          if uses.contains(.scores), !model.data.isWet {
            let plans = try PlanScores(model.artefact())
            random += plans.random.map(\.raw)
            real += plans.real.map(\.raw)
          }
        } catch { refused.append((record.key, "\(error)")) }
      }
      progress(index + 1)
    }
    pitLoss = PitLossCalibration(losses)
    passing = PassingCalibration(trials)
    neutralisation = NeutralisationCalibration(
      records.filter { Self.uses(season: Int($0.key.season)).contains(.neutralisation) })
    scores = Self.middle(random).flatMap { random in Self.middle(real).map { (random, $0) } }
    races = used
    self.refused = refused
  }

  private static func middle(_ values: [Int32]) -> Int32? {
    values.isEmpty ? nil : median(values.map(Double.init)).map { Int32($0.rounded()) }
  }
}
