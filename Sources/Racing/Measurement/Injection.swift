/// A known loss, put into one driver's real race. The road gaps of the fit stay as they were: the real laps were driven in
/// the old traffic.
@_spi(Measurement) public enum Injection: Sendable, Equatable {
  /// A tyre stop takes so much longer, ms.
  case slowStop(Int64)
  /// One green lap in the middle of a stint takes so much longer, ms.
  case oddLap(Int64)
  /// Every lap takes so much longer, ms.
  case slowCar(Int64)
}

extension RaceData {
  /// The race with a loss put in; nil where the driver has no lap or stop for it.
  func injected(_ injection: Injection, driver: Int) -> RaceData? {
    var data = self
    switch injection {
    case .slowStop(let loss):
      guard
        let stop = drivers[driver].tyreStops.first(where: { isPlain($0.lap, driver) && isPlain($0.lap + 1, driver) })
      else { return nil }
      data.drivers[driver].lengthenLane(after: stop.lap, by: loss)
      data.drivers[driver].lengthen(stop.lap + 1, by: loss)
    case .oddLap(let loss):
      guard let lap = oddLap(driver) else { return nil }
      data.drivers[driver].lengthen(lap, by: loss)
    case .slowCar(let loss):
      for lap in drivers[driver].laps.indices.dropFirst() { data.drivers[driver].lengthen(lap, by: loss) }
    }
    return data
  }

  private func isPlain(_ lap: Int, _ driver: Int) -> Bool {
    lap <= drivers[driver].lastLap && drivers[driver].laps[lap].kind == .green
  }

  /// The middle of the driver's longest stint, moved on to a green lap that touches no stop.
  private func oddLap(_ driver: Int) -> Int? {
    let car = drivers[driver]
    guard let stint = car.stints.max(by: { $0.laps.count < $1.laps.count }) else { return nil }
    let middle = (stint.laps.lowerBound + stint.laps.upperBound) / 2
    return stint.laps.filter {
      $0 >= middle && $0 > 1 && isPlain($0, driver) && !car.laps[$0].isIn && !car.laps[$0].isOut
    }
    .first
  }
}

extension RaceData.Driver {
  /// Makes a lap longer and everything after it later.
  fileprivate mutating func lengthen(_ lap: Int, by loss: Int64) {
    laps[lap].lapTime += loss
    laps[lap].duration += loss
    for later in lap...lastLap { laps[later].elapsed += loss }
  }

  fileprivate mutating func lengthenLane(after lap: Int, by loss: Int64) {
    for index in entrant.laps.indices where entrant.laps[index].number == lap + 1 {
      entrant.laps[index].pitOutElapsedMilliseconds? += loss
    }
    for index in entrant.pitStops.indices where entrant.pitStops[index].lap == lap {
      entrant.pitStops[index].laneMilliseconds? += loss
    }
  }
}
