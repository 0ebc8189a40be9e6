import Foundation

/// At which advantage of clean pace half of the cars pass within a lap, by circuit.
///
/// A logistic regression of "passed within the lap" on the advantage over the car followed, with normal priors on both
/// coefficients; circuits are shrunk to all of them. Milliseconds.
@_spi(Measurement) public struct PassingCalibration: Sendable, Equatable {
  /// One circuit.
  public struct Figures: Sendable, Equatable {
    /// The advantage.
    public let advantage: Int64
    /// Laps on which a car followed.
    public let laps: Int
    /// Races they come from.
    public let races: Int
  }

  /// By circuit identifier.
  public let circuits: [String: Figures]
  /// Of all circuits.
  public let everywhere: Figures

  /// One lap behind another car: the advantage in seconds, and whether it was passed.
  struct Trial: Sendable, Equatable {
    let advantage: Double
    let passed: Bool
  }

  /// So many races weigh as much as all circuits.
  static let shrinkage = 8.0

  init(_ trials: [(circuit: String, trials: [Trial])]) {
    let all = Self.advantage(trials.flatMap(\.trials)) ?? 1.2
    everywhere = Figures(
      advantage: milliseconds(all), laps: trials.reduce(0) { $0 + $1.trials.count }, races: trials.count)
    var byCircuit: [String: (races: Int, trials: [Trial])] = [:]
    for (circuit, found) in trials {
      byCircuit[circuit, default: (0, [])].races += 1
      byCircuit[circuit, default: (0, [])].trials += found
    }
    circuits = byCircuit.mapValues { races, trials in
      let weight = Double(races) / (Double(races) + Self.shrinkage)
      let own = Self.advantage(trials) ?? all
      return Figures(
        advantage: milliseconds(weight * clamp(own, 0.3, 6) + (1 - weight) * all), laps: trials.count, races: races)
    }
  }

  /// The advantage with an even chance; nil when it cannot be told. Newton's method on the penalised likelihood.
  static func advantage(_ trials: [Trial]) -> Double? {
    guard trials.count >= 20 else { return nil }
    let (meanIntercept, varianceIntercept, meanSlope, varianceSlope) = (-2.2, 2.25, 1.0, 0.25)
    var (intercept, slope) = (meanIntercept, meanSlope)
    for _ in 0..<30 {
      var (g0, g1) = (-(intercept - meanIntercept) / varianceIntercept, -(slope - meanSlope) / varianceSlope)
      var (h00, h01, h11) = (1 / varianceIntercept, 0.0, 1 / varianceSlope)
      for trial in trials {
        let chance = 1 / (1 + exp(-(intercept + slope * trial.advantage)))
        let error = (trial.passed ? 1 : 0) - chance
        let weight = chance * (1 - chance)
        g0 += error
        g1 += error * trial.advantage
        h00 += weight
        h01 += weight * trial.advantage
        h11 += weight * trial.advantage * trial.advantage
      }
      let determinant = h00 * h11 - h01 * h01
      guard determinant > 0 else { return nil }
      let (step0, step1) = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant)
      intercept += step0
      slope += step1
      if abs(step0) + abs(step1) < 1e-10 { break }
    }
    return slope > 0.05 ? -intercept / slope : nil
  }
}

extension RaceModel {
  /// Laps of a dry race on which a car followed another within three seconds, neither of them at the pits.
  var passingTrials: [PassingCalibration.Trial] {
    guard !data.isWet else { return [] }
    return cleanLaps.compactMap { lap in
      let facts = data.facts(lap)
      guard facts.followsRunner, let ahead = facts.carAhead, hasPace[lap.driver], hasPace[ahead],
        facts.gap.map({ $0 < 3 }) ?? false
      else { return nil }
      let rival = data.drivers[ahead].laps[lap.lap]
      guard rival.kind == .green, !rival.isOut, let compound = facts.compound, let other = rival.compound,
        let own = pace.lapTime(driver: lap.driver, lap: lap.lap, compound: compound, wear: facts.wear),
        let theirs = pace.lapTime(driver: ahead, lap: lap.lap, compound: other, wear: rival.wear)
      else { return nil }
      let advantage = theirs - own
      guard (-2...4).contains(advantage) else { return nil }
      return PassingCalibration.Trial(advantage: advantage, passed: facts.elapsed < rival.elapsed)
    }
  }
}
