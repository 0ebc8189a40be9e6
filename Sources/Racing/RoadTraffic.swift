/// Who was where on the road: every crossing of the line, in order.
package struct RoadTraffic: Sendable {
  /// One lap of one car.
  package struct Crossing: Sendable, Equatable {
    /// Index into the race's drivers.
    package let driver: Int
    /// Lap number.
    package let lap: Int
    /// Start of the lap, ms since the start of the race.
    package let start: Int64
    /// End of the lap.
    package let end: Int64
  }

  /// Cars met during a lap.
  package struct Meetings: Sendable, Equatable {
    /// Cars a lap or more ahead that came past.
    package var lapping = 0
    /// Cars on the same lap that came past.
    package var passing = 0
  }

  /// By end of lap, driver, lap.
  private let crossings: [Crossing]
  /// A lapping car is let by when it would cross the line this soon behind.
  private let yieldMilliseconds: Int64
  /// More cars than these count as these.
  private let most: Meetings

  /// Every known lap of the drivers. O(laps · log laps).
  init(_ drivers: [RaceData.Driver], _ fit: ModelConstants.Fit) {
    yieldMilliseconds = fit.yieldMilliseconds
    most = Meetings(lapping: fit.lappingLimit, passing: fit.passingLimit)
    crossings = drivers.indices.flatMap { driver in
      let laps = drivers[driver].laps
      return laps.indices.dropFirst().map { lap in
        Crossing(driver: driver, lap: lap, start: laps[lap - 1].elapsed, end: laps[lap].elapsed)
      }
    }.sorted { ($0.end, $0.driver, $0.lap) < ($1.end, $1.driver, $1.lap) }
  }

  /// The last crossing strictly before an instant; nil when there was none. O(log laps).
  package func last(before instant: Int64) -> Crossing? {
    let place = crossings.partitionPoint { $0.end >= instant }
    return place > 0 ? crossings[place - 1] : nil
  }

  /// Cars that come past a car between the start and the end of its lap: they began theirs later. Only their own times
  /// are read, so that the end may be a forecast. O(log laps + cars).
  package func meetings(lap: Int, from start: Int64, to end: Int64) -> Meetings {
    var met = Meetings()
    var place = crossings.partitionPoint { $0.end > start }
    while place < crossings.count, crossings[place].end < end + yieldMilliseconds {
      let other = crossings[place]
      if other.lap > lap && other.start >= start { met.lapping += 1 }
      if other.lap == lap && other.start > start && other.end < end { met.passing += 1 }
      place += 1
    }
    return Meetings(lapping: min(met.lapping, most.lapping), passing: min(met.passing, most.passing))
  }
}

extension RaceData {
  /// Fills in what each lap's driver met: the car ahead at its start, and the cars that came past.
  /// In a wet race the cars that come past are left out: there a car is passed because its tyres are wrong for the
  /// track or it made a mistake, so being passed follows from the slow lap instead of explaining it.
  static func measureTraffic(_ drivers: inout [Driver], _ road: RoadTraffic, isWet: Bool) {
    for driver in drivers.indices {
      for lap in drivers[driver].laps.indices.dropFirst(2) {
        let start = drivers[driver].laps[lap - 1].elapsed
        let last = road.last(before: start)
        drivers[driver].laps[lap].gap = last.map { Double(start - $0.end) / 1000 }
        drivers[driver].laps[lap].followed = last.flatMap { $0.lap + 1 == lap ? $0.driver : nil }
          .flatMap { $0 != driver && drivers[$0].lastLap >= lap && !drivers[$0].laps[lap].isIn ? $0 : nil }
        if isWet { continue }
        drivers[driver].laps[lap].met = road.meetings(
          lap: lap, from: start, to: drivers[driver].laps[lap].elapsed)
      }
    }
  }
}
