/// What the field shows lap by lap where the race was not green. Arrays by lap, index 0 unused.
package struct FieldFigures: Sendable, Equatable {
  /// The commonest kind of the lap; the lower index when two are as common.
  package let kinds: [LapKind]
  /// Multiplier of pace under the virtual safety car.
  package let virtualSafetyCar: [Double]
  /// Multiplier of pace on a yellow lap.
  package let yellow: [Double]
  /// Pace behind the safety car, ms.
  package let safetyCar: [Int64]
  /// Earliest end of the lap, ms.
  package let floor: [Int64]
  /// Median duration over cars that neither enter nor leave the pits, ms.
  package let duration: [Int64]

  /// Measures the field. O(laps · cars · log cars).
  package init(_ data: RaceData, pace: PaceModel, hasPace: [Bool], constants: ModelConstants) {
    let laps = (0...data.lapCount).map { FieldLapSample(lap: $0, data: data, pace: pace, hasPace: hasPace) }
    let rules = constants.lapKinds
    kinds = laps.map(\.commonestKind)
    virtualSafetyCar = laps.map { lap in
      guard lap.running.count >= rules.minimumCars, let ratio = lap.ratio else { return rules.virtualSafetyCarDefault }
      return max(ratio, 1)
    }
    yellow = laps.map { $0.ratio.map { clamp($0, 1, rules.yellowLimit) } ?? 1 }
    safetyCar = laps.map { $0.safetyCarPace(rules) }
    floor = laps.map { $0.all.map(\.elapsed).min() ?? 0 }
    duration = laps.map { lap in median((lap.running.isEmpty ? lap.all : lap.running).map(\.duration)) ?? 0 }
  }

  /// What multiplies pace on a lap of that kind.
  package func multiplier(lap: Int, kind: LapKind) -> Double {
    switch kind {
    case .virtualSafetyCar: virtualSafetyCar[lap]
    case .yellow: yellow[lap]
    case .green, .safetyCar, .red: 1
    }
  }
}

/// All cars on one lap.
private struct FieldLapSample {
  /// Everybody who drove the lap.
  let all: [RaceData.Facts]
  /// Those who neither entered nor left the pits, from lap 2 on.
  let running: [RaceData.Facts]
  /// Predicted clean-air times of everybody with a pace.
  let predicted: [Double]
  /// Median of lap time over prediction among those running.
  let ratio: Double?

  init(lap: Int, data: RaceData, pace: PaceModel, hasPace: [Bool]) {
    var all: [RaceData.Facts] = []
    var running: [RaceData.Facts] = []
    var predicted: [Double] = []
    var ratios: [Double] = []
    for (index, driver) in data.drivers.enumerated() where lap > 0 && lap <= driver.lastLap {
      let facts = driver.laps[lap]
      all.append(facts)
      let isRunning = lap > 1 && !facts.isIn && !facts.isOut
      if isRunning { running.append(facts) }
      guard hasPace[index], let compound = facts.compound,
        let clean = pace.lapTime(driver: index, lap: lap, compound: compound, wear: facts.wear)
      else { continue }
      predicted.append(clean)
      if isRunning { ratios.append(Double(facts.lapTime) / 1000 / (clean + (data.isWet ? 0 : pace.heldUp(facts)))) }
    }
    self.all = all
    self.running = running
    self.predicted = predicted
    ratio = median(ratios)
  }

  var commonestKind: LapKind {
    let counts = LapKind.allCases.map { kind in all.count { $0.kind == kind } }
    let most = counts.max() ?? 0
    return LapKind.allCases.first { counts[Int($0.rawValue)] == most } ?? .green
  }

  func safetyCarPace(_ rules: ModelConstants.LapKinds) -> Int64 {
    let behind = running.filter { $0.kind == .safetyCar }
    let sample = behind.count >= rules.minimumCars ? behind : running
    if sample.count >= rules.minimumCars, let pace = quantile(rules.safetyCarQuantile, sample.map(\.lapTime)) {
      return pace
    }
    return median(predicted).map { milliseconds(rules.safetyCarDefault * $0) } ?? 0
  }
}
