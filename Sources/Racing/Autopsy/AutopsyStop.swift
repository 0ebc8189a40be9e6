/// One stop for tyres and where its time in the lane went. Milliseconds.
public struct AutopsyStop: Sendable, Equatable {
  /// The lap at whose end the car came in.
  public let lap: Int
  /// What was fitted.
  public let compound: Compound
  /// From lane entry to lane exit; the race's median where it is unknown.
  public let lane: Int64
  /// Of that, a penalty served in front of the box.
  public let penaltyServed: Int64
  /// The crew's own time: without the penalty, and the race's median when the car was repaired.
  public let crew: Int64
  /// The lane time was not measured.
  public let isAssumed: Bool

  /// Time in the lane that is not the crew's.
  public var held: Int64 { lane - crew }
}

extension RaceModel {
  /// The stops for tyres of a plan really driven, from the given lap on.
  func autopsyStops(driver index: Int, plan: Plan, from first: Int) -> [AutopsyStop] {
    let driver = data.drivers[index]
    let lanes = driver.tyreStops
    let stops = plan.stops.filter { $0.lap >= first }
    var owed = driver.penaltyToServe
    return stops.map { stop in
      let measured = lanes.first { $0.lap == stop.lap }?.laneMilliseconds
      let lane = measured ?? crew.median
      var served: Int64 = 0
      if owed.milliseconds > 0, stop.lap > owed.lap {
        served = clamp(owed.milliseconds, 0, max(0, lane - crew.best))
        owed.milliseconds = 0
      }
      let own = lane - served
      let isRepair = own >= constants.pitLoss.laneLimitMilliseconds
      return AutopsyStop(
        lap: stop.lap, compound: stop.compound, lane: lane, penaltyServed: served,
        crew: isRepair || measured == nil ? crew.median : own, isAssumed: measured == nil)
    }
  }
}

extension RaceData.Driver {
  /// Seconds announced in the race and not added after it, and the lap of the first announcement.
  fileprivate var penaltyToServe: (lap: Int, milliseconds: Int64) {
    let announced = entrant.penalties.reduce(0) { $0 + $1.milliseconds } - entrant.result.penaltyMilliseconds
    return (entrant.penalties.map(\.lap).min() ?? 0, max(0, announced))
  }
}
