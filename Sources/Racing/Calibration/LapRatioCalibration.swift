/// How much slower than alone on a green track a lap under a flag is: medians over laps of the field's median, thousandths.
@_spi(Measurement) public struct LapRatioCalibration: Sendable, Equatable {
  /// Under the virtual safety car; nil without such a lap.
  public let virtualSafetyCar: Int64?
  /// Behind the safety car; nil without such a lap.
  public let safetyCar: Int64?
  /// Laps of a race they come from, by the same kinds.
  public let laps: (virtualSafetyCar: Int, safetyCar: Int)

  /// Takes what laps of a race showed, one number a lap.
  init(virtualSafetyCar: [Double], safetyCar: [Double]) {
    self.virtualSafetyCar = median(virtualSafetyCar).map { Int64((1000 * $0).rounded()) }
    self.safetyCar = median(safetyCar).map { Int64((1000 * $0).rounded()) }
    laps = (virtualSafetyCar.count, safetyCar.count)
  }

  /// The same figures from as many laps.
  public static func == (left: LapRatioCalibration, right: LapRatioCalibration) -> Bool {
    left.virtualSafetyCar == right.virtualSafetyCar && left.safetyCar == right.safetyCar && left.laps == right.laps
  }
}

extension RaceModel {
  /// For every lap of a dry race on which at least three cars ran under such a flag, and neither entered nor left the pits,
  /// the median of their lap time over what they drive alone.
  func lapRatios(_ kind: LapKind) -> [Double] {
    guard !data.isWet, data.lapCount >= 2 else { return [] }
    return (2...data.lapCount).compactMap { lap in
      let ratios = data.drivers.indices.compactMap { ratio(driver: $0, lap: lap, kind: kind) }
      return ratios.count >= constants.lapKinds.minimumCars ? median(ratios) : nil
    }
  }

  private func ratio(driver index: Int, lap: Int, kind: LapKind) -> Double? {
    let driver = data.drivers[index]
    guard hasPace[index], lap <= driver.lastLap else { return nil }
    let facts = driver.laps[lap]
    guard facts.kind == kind, !facts.isIn, !facts.isOut, let compound = facts.compound,
      let alone = pace.lapTime(driver: index, lap: lap, compound: compound, wear: facts.wear)
    else { return nil }
    return Double(facts.lapTime) / 1000 / alone
  }
}
