extension RaceData {
  /// Laps that show a car's pace: green throughout, neither in- nor out-lap, measured, on a known tyre of the right
  /// class, and not far slower than the field. Laps in traffic stay in; the robust loss handles outliers.
  /// - Complexity: O(laps · log laps).
  package func cleanLaps(_ limits: ModelConstants.Cleaning) -> [CleanLap] {
    var candidates: [CleanLap] = []
    for (index, driver) in drivers.enumerated() {
      for lap in driver.laps.indices.dropFirst(2) where isCandidate(driver.laps[lap]) {
        candidates.append(CleanLap(driver: index, lap: lap))
      }
    }
    let slowest = isWet ? slowestByLap(candidates, limits) : slowestOverall(candidates, limits)
    return candidates.filter { Double(facts($0).lapTime) <= slowest[$0.lap] }
  }

  /// The facts of a clean lap.
  package func facts(_ lap: CleanLap) -> Facts { drivers[lap.driver].laps[lap.lap] }

  private func isCandidate(_ facts: Facts) -> Bool {
    guard let compound = facts.compound, facts.life > 0 else { return false }
    return !facts.isIn && !facts.isOut && facts.isClear && facts.isMeasured
      && (isWet || compound.tyreClass == .slick)
  }

  private func slowestOverall(_ laps: [CleanLap], _ limits: ModelConstants.Cleaning) -> [Double] {
    let fast = quantile(limits.dryQuantile, laps.map { Double(facts($0).lapTime) }) ?? 0
    return [Double](repeating: limits.dryFactor * fast, count: lapCount + 1)
  }

  private func slowestByLap(_ laps: [CleanLap], _ limits: ModelConstants.Cleaning) -> [Double] {
    var times = [[Double]](repeating: [], count: lapCount + 1)
    for lap in laps { times[lap.lap].append(Double(facts(lap).lapTime)) }
    return times.map { limits.wetFactor * (median($0) ?? 0) }
  }
}
