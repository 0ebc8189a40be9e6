#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension Simulation {
  /// Where the car comes out if it stops at the end of the next lap; nil when it may not stop there, or has no lap yet
  /// that tells its pace.
  ///
  /// Nothing that happens after the last lap driven has any influence.
  /// - Complexity: O(cars × (laps + log cars)).
  public func boxNow() -> BoxNow? { boxNow(ModelConstants.shipped.boxNow) }

  func boxNow(_ figures: ModelConstants.BoxNow) -> BoxNow? {
    world.boxNow(past, elapsed: state.elapsed, figures)
  }

  /// The laps of this run so far, with the real ones before it.
  private var past: PastLaps {
    let now = state.lap
    var inLaps = [Bool](repeating: false, count: now + 1)
    let given = world.realPlan.stops.filter { $0.lap <= start.lap }
    for stop in given + plan.stops where stop.lap <= now { inLaps[stop.lap] = true }
    return PastLaps(elapsed: path[0...now], kinds: world.kinds[0...now], inLaps: inLaps[...])
  }
}

/// A rival two laps from now, if it stays out.
public struct ProjectedRival: Sendable, Hashable {
  /// The rival.
  public let driver: DriverCode
  /// Elapsed ms at the end of the out-lap of the car that stops.
  public let elapsed: Int64
  /// It has made its first stop.
  public let hasStopped: Bool
}

extension SimulationWorld {
  /// The estimate for the real car at the end of a lap.
  func boxNow(atEndOf lap: Int) -> BoxNow? {
    var inLaps = [Bool](repeating: false, count: lap + 1)
    for stop in realPlan.stops where stop.lap <= lap { inLaps[stop.lap] = true }
    let past = PastLaps(elapsed: realElapsed[0...lap], kinds: kinds[0...lap], inLaps: inLaps[...])
    return boxNow(past, elapsed: realElapsed[lap], ModelConstants.shipped.boxNow)
  }

  func boxNow(_ past: PastLaps, elapsed: Int64, _ figures: ModelConstants.BoxNow) -> BoxNow? {
    let now = past.elapsed.count - 1
    guard now >= 1, now + 1 < lapCount, let pace = past.recentLap else { return nil }
    let field = projections(atEndOf: now, figures)
    func rejoin(_ kind: LapKind) -> BoxNow.Rejoin {
      let stop = pitLoss.onInLap(kind) + pitLoss.onOutLap(kind)
      return BoxNow.Rejoin(
        elapsed: elapsed + 2 * pace - figures.freshMilliseconds + stop, among: field,
        error: figures.errorMilliseconds, stopToCome: pitLoss.inMilliseconds + pitLoss.outMilliseconds)
    }
    return BoxNow(
      lap: now + 1, green: rejoin(.green), virtualSafetyCar: rejoin(.virtualSafetyCar), safetyCar: rejoin(.safetyCar),
      projected: field, reach: BoxNow.Rejoin.reach(figures.errorMilliseconds))
  }

  /// Every rival that ended the lap and whose pace is known, two laps later, by code ascending.
  fileprivate func projections(
    atEndOf lap: Int, _ figures: ModelConstants.BoxNow
  ) -> [ProjectedRival] {
    rivals.compactMap { rival in
      guard rival.elapsed[lap] >= 0 else { return nil }
      let past = PastLaps(
        elapsed: rival.elapsed[0...lap], kinds: rival.kinds[0...lap], inLaps: rival.inLaps[0...lap])
      // A rival that has just come in has the way out of the lane still before it.
      let isComingOut = past.inLaps.last ?? false
      let out = isComingOut ? pitLoss.onOutLap(rival.kinds[lap]) : 0
      guard let pace = past.recentLapOnSet ?? past.recentLap.map({ $0 - figures.freshMilliseconds / 2 }) else {
        return nil
      }
      return ProjectedRival(
        driver: rival.code, elapsed: rival.elapsed[lap] + out + 2 * pace, hasStopped: past.hasStopped)
    }
  }
}

extension BoxNow.Rejoin {
  /// Nine times out of ten a normal error is within so many thousandths of its standard deviation.
  private static let ninetyPercent: Int64 = 1645

  /// How far from the estimate the truth lies at most, nine times out of ten, ms.
  fileprivate static func reach(_ error: Int64) -> Int64 { ninetyPercent * error / 1000 }

  init(elapsed: Int64, among field: [ProjectedRival], error: Int64, stopToCome: Int64) {
    let ahead = field.filter { $0.elapsed < elapsed }
    let behind = field.filter { $0.elapsed >= elapsed }
    let reach = Self.reach(error)
    func place(_ time: Int64) -> Int { 1 + field.count { $0.elapsed < time } }
    self.init(
      elapsed: elapsed, place: 1 + ahead.count, places: place(elapsed - reach)...place(elapsed + reach),
      ahead: ahead.max { $0.elapsed < $1.elapsed }.map { .init(driver: $0.driver, gap: elapsed - $0.elapsed) },
      behind: behind.min { $0.elapsed < $1.elapsed }.map { .init(driver: $0.driver, gap: $0.elapsed - elapsed) },
      rivals: field.map { rival in
        let lead = rival.elapsed + (rival.hasStopped ? 0 : stopToCome) - elapsed
        return BoxNow.Rival(
          driver: rival.driver, hasStopToCome: !rival.hasStopped,
          aheadMillionths: Int64((1_000_000 * normalShare(below: Double(lead) / Double(error))).rounded()))
      })
  }
}

/// The share of a standard normal distribution below a value.
private func normalShare(below value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }
