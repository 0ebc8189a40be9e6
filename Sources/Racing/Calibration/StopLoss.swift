/// What one real stop cost beyond clean laps, split at the line. Seconds.
struct StopLoss: Sendable, Equatable {
  let onInLap: Double
  let onOutLap: Double

  var whole: Double { onInLap + onOutLap }
}

extension RaceModel {
  /// Stops for tyres on green laps of a dry race that are neither repairs nor data errors.
  ///
  /// - Complexity: O(stops).
  var stopLosses: [StopLoss] {
    guard !data.isWet else { return [] }
    return data.drivers.indices.flatMap { index -> [StopLoss] in
      guard hasPace[index] else { return [] }
      return data.drivers[index].tyreStops.compactMap { stopLoss($0, driver: index) }
    }
  }

  private func stopLoss(_ stop: PitStop, driver index: Int) -> StopLoss? {
    let driver = data.drivers[index]
    guard stop.lap > 1, stop.lap < driver.lastLap, let lane = stop.laneMilliseconds, lane < 40_000 else { return nil }
    let (before, after) = (driver.laps[stop.lap], driver.laps[stop.lap + 1])
    guard before.isClear, after.isClear, let onInLap = excess(before, lap: stop.lap, driver: index),
      let onOutLap = excess(after, lap: stop.lap + 1, driver: index)
    else { return nil }
    let loss = StopLoss(onInLap: onInLap, onOutLap: onOutLap)
    return (5...60).contains(loss.whole) ? loss : nil
  }

  private func excess(_ facts: RaceData.Facts, lap: Int, driver: Int) -> Double? {
    guard let compound = facts.compound else { return nil }
    return pace.lapTime(driver: driver, lap: lap, compound: compound, wear: facts.wear)
      .map { Double(facts.lapTime) / 1000 - $0 }
  }
}
