#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What stopping at the end of the next lap would lead to: an estimate from laps already driven, for a run under way.
///
/// Nothing of the lap-time model goes in, because it has seen the whole race.
public struct BoxNow: Sendable, Hashable {
  /// A rival after the stop.
  public struct Rival: Sendable, Hashable {
    /// Who it is.
    public var code: DriverCode
    /// Projected gap at the end of the out-lap, ms; below 0 when the rival is ahead.
    public var gap: Int64
    /// It has made a stop already.
    public var hasStopped: Bool
    /// Percent chance to be ahead of it once both have made a stop.
    public var chanceAhead: Int
  }

  /// How the track is taken to be: green, under the virtual safety car, or behind the safety car.
  public var kind: LapKind
  /// The lap at whose end the stop is.
  public var lap: Int
  /// Projected time at the end of the out-lap, ms since the start of the race.
  public var rejoin: Int64
  /// The projected place then.
  public var place: Int
  /// Places that nine estimates in ten lie within.
  public var places: ClosedRange<Int>
  /// Everybody with an estimate, by projected time.
  public var rivals: [Rival]

  /// The next car ahead after the stop.
  public var ahead: Rival? { rivals.last { $0.gap < 0 } }
  /// The next car behind after the stop.
  public var behind: Rival? { rivals.first { $0.gap >= 0 } }

  /// Half of the range that nine estimates in ten lie within, in standard errors, thousandths.
  private static let rangeThousandths: Int64 = 1645

  init(lap: Int, kind: LapKind, rejoin: Int64, projections: [Projection], stopLoss: Int64) {
    let error = ModelConstants.shipped.boxNow.errorMilliseconds
    let spread = Self.rangeThousandths * error / 1000
    func place(_ elapsed: Int64) -> Int { 1 + projections.count { $0.elapsed < elapsed } }
    self.kind = kind
    self.lap = lap
    self.rejoin = rejoin
    self.place = place(rejoin)
    places = place(rejoin - spread)...place(rejoin + spread)
    rivals = projections.sorted { ($0.elapsed, $0.code) < ($1.elapsed, $1.code) }.map { rival in
      let lead = rival.elapsed + (rival.hasStopped ? 0 : stopLoss) - rejoin
      return Rival(
        code: rival.code, gap: rival.elapsed - rejoin, hasStopped: rival.hasStopped,
        chanceAhead: Self.percent(Double(lead) / Double(error)))
    }
  }

  /// The share of a normal distribution below a number of standard errors, in percent.
  private static func percent(_ deviations: Double) -> Int {
    Int((50 * erfc(-deviations / 2.0.squareRoot())).rounded())
  }

  /// Where a rival is expected two laps on when it does not stop.
  struct Projection {
    var code: DriverCode
    var elapsed: Int64
    var hasStopped: Bool
  }
}

extension Simulation {
  /// Estimates for a stop at the end of the next lap: on a green track, under the virtual safety car and behind the
  /// safety car, in this order. Empty when no stop is possible then, or the car has not driven a green lap yet.
  ///
  /// - Complexity: O(cars × (laps + log cars)).
  public func boxNow() -> [BoxNow] {
    let lap = state.lap + 1
    guard lap >= 2, lap < world.lapCount, let pace = medianOfLastGreenLaps else { return [] }
    let projections = world.rivals.compactMap { BoxNow.Projection($0, after: state.lap) }
    let fresh = ModelConstants.shipped.boxNow.freshMilliseconds
    return [LapKind.green, .virtualSafetyCar, .safetyCar].map { kind in
      let loss = kind.pitPart(world.pitLoss.inMilliseconds) + kind.pitPart(world.pitLoss.outMilliseconds)
      return BoxNow(
        lap: lap, kind: kind, rejoin: state.elapsed + 2 * pace - fresh + loss, projections: projections,
        stopLoss: loss)
    }
  }

  private var medianOfLastGreenLaps: Int64? {
    let given = world.realPlan.stops.map(\.lap).filter { $0 <= start.lap }
    let stops = given + plan.stops.map(\.lap)
    return medianOfLastThree(upTo: state.lap, elapsed: path) { lap in
      world.kinds[lap] == .green && !stops.contains(lap) && !stops.contains(lap - 1)
    }
  }
}

extension BoxNow.Projection {
  /// A rival that ended the lap, with its own pace of late; nil without one.
  init?(_ rival: RaceArtefact.Car, after lap: Int) {
    guard lap <= rival.lastLap, rival.elapsed[lap] >= 0 else { return nil }
    let pace = medianOfLastThree(upTo: lap, elapsed: rival.elapsed) { lap in
      rival.kinds[lap] == .green && !rival.inLaps[lap] && !rival.outLaps[lap] && rival.elapsed[lap] >= 0
        && rival.elapsed[lap - 1] >= 0
    }
    guard let pace else { return nil }
    self.init(
      code: rival.code, elapsed: rival.elapsed[lap] + 2 * pace, hasStopped: rival.inLaps[1...lap].contains(true))
  }
}

/// The median duration of the last three laps that count, lap 1 left out; of fewer when there are no more.
private func medianOfLastThree(upTo lap: Int, elapsed: [Int64], counts: (Int) -> Bool) -> Int64? {
  guard lap >= 2 else { return nil }
  return median((2...lap).reversed().lazy.filter(counts).prefix(3).map { elapsed[$0] - elapsed[$0 - 1] })
}
