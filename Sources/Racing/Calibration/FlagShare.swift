/// How much of a stop's loss on a green lap is lost under the virtual safety car: the median over stops.
///
/// Behind the safety car it cannot be measured so: who stops there loses time to cars that then wait for him in the queue, and
/// the share is searched for by whole races.
@_spi(Measurement) public struct FlagShare: Sendable, Equatable {
  /// Of the loss on green laps.
  public let percent: Int64
  /// Stops it comes from.
  public let stops: Int

  /// The fewest stops that tell a share.
  static let minimumStops = 20

  /// Takes what stops showed, one share a stop; nil when they are too few.
  init?(_ shares: [Double]) {
    guard shares.count >= Self.minimumStops, let middle = median(shares) else { return nil }
    percent = Int64((100 * clamp(middle, 0, 1)).rounded())
    stops = shares.count
  }
}

extension RaceModel {
  /// For every stop of a dry race with its in-lap or its out-lap under the virtual safety car and the other one there or on a
  /// green track: what it lost beyond what the laps cost without it, as a share of what the part under the flag costs on a
  /// green lap.
  var flagShares: [Double] {
    guard !data.isWet else { return [] }
    return data.drivers.indices.flatMap { index -> [Double] in
      guard hasPace[index] else { return [] }
      return data.drivers[index].tyreStops.compactMap { flagShare($0, driver: index) }
    }
  }

  /// Less of a stop under the flag, in seconds, tells nothing of it.
  private static let leastPart = 5.0

  private func flagShare(_ stop: PitStop, driver index: Int) -> Double? {
    let driver = data.drivers[index]
    guard stop.lap > 1, stop.lap < driver.lastLap, let lane = stop.laneMilliseconds, lane < 40_000 else { return nil }
    let circuit = constants.circuit(record.circuit)
    let parts = [
      (lap: stop.lap, loss: Double(circuit.inMilliseconds) / 1000),
      (lap: stop.lap + 1, loss: Double(circuit.outMilliseconds) / 1000),
    ]
    var (lost, flagged) = (0.0, 0.0)
    for part in parts {
      let facts = driver.laps[part.lap]
      guard facts.kind == .virtualSafetyCar || facts.kind == .green, let compound = facts.compound,
        let alone = pace.lapTime(driver: index, lap: part.lap, compound: compound, wear: facts.wear)
      else { return nil }
      lost += Double(facts.lapTime) / 1000 - alone * field.multiplier(lap: part.lap, kind: facts.kind)
      if facts.kind == .virtualSafetyCar { flagged += part.loss } else { lost -= part.loss }
    }
    guard flagged >= Self.leastPart else { return nil }
    let share = lost / flagged
    return (-0.5...2).contains(share) ? share : nil
  }
}
