/// Who was near whom: everything the fit needs to know of traffic.
extension RaceData {
  private struct Crossing {
    let elapsed: Int64
    let driver: Int
    let lap: Int
  }

  /// The gap to the last car over the line before each lap, lapped cars included, and who comes past on it. In the wet
  /// a car is passed because its tyres are wrong, so there being passed is no reason of a slow lap and is not counted.
  /// - Complexity: O(laps · cars · log laps).
  static func measureTraffic(_ drivers: inout [Driver], isWet: Bool) {
    let crossings = drivers.enumerated().flatMap { index, driver in
      driver.laps.indices.dropFirst().map { Crossing(elapsed: driver.laps[$0].elapsed, driver: index, lap: $0) }
    }.sorted { ($0.elapsed, $0.driver) < ($1.elapsed, $1.driver) }
    let known = drivers
    for driver in drivers.indices {
      for lap in drivers[driver].laps.indices.dropFirst(2) {
        let start = known[driver].laps[lap - 1].elapsed
        let before = crossings.partitionPoint { $0.elapsed >= start }
        if before > 0 {
          let ahead = crossings[before - 1]
          drivers[driver].laps[lap].gap = Double(start - ahead.elapsed) / 1000
          if ahead.lap == lap - 1, known[ahead.driver].lastLap >= lap {
            drivers[driver].laps[lap].carAhead = ahead.driver
            drivers[driver].laps[lap].followsRunner = !known[ahead.driver].laps[lap].isIn
          }
        }
        guard !isWet else { continue }
        let end = known[driver].laps[lap].elapsed
        drivers[driver].laps[lap].lappedBy = lappers(of: driver, lap: lap, end: end, known)
        drivers[driver].laps[lap].passedBy = passers(of: driver, lap: lap, end: end, known)
      }
    }
  }

  /// A car that laps another is given way this long before it arrives, ms.
  private static let blueFlagReach: Int64 = 500
  /// More cars than this cost no more time.
  private static let lapperLimit = 3
  private static let passerLimit = 2

  /// Cars further in the race that catch a driver on a lap he would end at `end`.
  package static func lappers(of driver: Int, lap: Int, end: Int64, _ drivers: [Driver]) -> Int {
    let start = drivers[driver].laps[lap - 1].elapsed
    var count = 0
    for (other, rival) in drivers.enumerated() where other != driver && rival.lastLap > lap {
      let first = rival.laps.partitionPoint { $0.elapsed >= start }
      var next = max(first, lap) + 1
      while next <= rival.lastLap, rival.laps[next].elapsed < end + blueFlagReach {
        count += 1
        next += 1
      }
    }
    return min(count, lapperLimit)
  }

  /// Cars on the same lap that come past a driver who would end it at `end`.
  package static func passers(of driver: Int, lap: Int, end: Int64, _ drivers: [Driver]) -> Int {
    let start = drivers[driver].laps[lap - 1].elapsed
    let count = drivers.enumerated().count { other, rival in
      other != driver && rival.lastLap >= lap && rival.laps[lap - 1].elapsed > start && rival.laps[lap].elapsed < end
    }
    return min(count, passerLimit)
  }
}
