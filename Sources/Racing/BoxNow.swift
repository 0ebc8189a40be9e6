/// Where a car comes out if it stops at the end of the next lap, estimated from the laps driven so far and nothing else.
///
/// Rivals are taken to stay out for those two laps.
public struct BoxNow: Sendable, Hashable {
  /// A rival next to the car as it comes out.
  public struct Neighbour: Sendable, Hashable {
    /// The rival.
    public let driver: DriverCode
    /// Time between the two at the line, ms.
    public let gap: Int64
  }

  /// How likely a rival is to be behind once both have stopped.
  public struct Rival: Sendable, Hashable {
    /// The rival.
    public let driver: DriverCode
    /// It still has its first stop before it, which is counted.
    public let hasStopToCome: Bool
    /// Chance to be ahead of it, millionths.
    public let aheadMillionths: Int64
  }

  /// The estimate for one price of a stop.
  public struct Rejoin: Sendable, Hashable {
    /// Elapsed ms at the end of the out-lap.
    public let elapsed: Int64
    /// The place there.
    public let place: Int
    /// The places between which it lies nine times out of ten.
    public let places: ClosedRange<Int>
    /// The nearest car ahead; nil for the leader.
    public let ahead: Neighbour?
    /// The nearest car behind; nil for the last.
    public let behind: Neighbour?
    /// Everybody whose pace is known, by code ascending.
    public let rivals: [Rival]
  }

  /// The lap at whose end the car would stop.
  public let lap: Int
  /// The estimate at racing speed.
  public let green: Rejoin
  /// The estimate under a virtual safety car.
  public let virtualSafetyCar: Rejoin
  /// The estimate behind a safety car.
  public let safetyCar: Rejoin
  /// Rivals as they were projected to the end of the out-lap, by code ascending.
  public let projected: [ProjectedRival]
  /// Nine times out of ten the car comes out no further than this from `Rejoin.elapsed`, ms.
  public let reach: Int64

  /// The estimate for a lap of that kind; nil under a red flag, when tyres are free.
  public func rejoin(_ kind: LapKind) -> Rejoin? {
    switch kind {
    case .green, .yellow: green
    case .virtualSafetyCar: virtualSafetyCar
    case .safetyCar: safetyCar
    case .red: nil
    }
  }
}

/// The laps of one car up to now.
struct PastLaps {
  /// Elapsed ms by lap; index 0 is 0.
  let elapsed: ArraySlice<Int64>
  let kinds: ArraySlice<LapKind>
  /// The lap ended in the pit lane.
  let inLaps: ArraySlice<Bool>

  /// Laps of which the pace is the median.
  private static let sampleSize = 3

  var hasStopped: Bool { inLaps.contains(true) }

  /// The median of the last three green laps that neither began nor ended in the pit lane; nil when there is none.
  var recentLap: Int64? { recentLap(from: 1) }

  /// The same on the set that is fitted now; nil when it has no such lap yet.
  var recentLapOnSet: Int64? { recentLap(from: (inLaps.lastIndex(of: true) ?? 0) + 1) }

  private func recentLap(from first: Int) -> Int64? {
    var durations: [Int64] = []
    for lap in stride(from: elapsed.count - 1, through: first, by: -1) where durations.count < Self.sampleSize {
      if isClean(lap) { durations.append(elapsed[lap] - elapsed[lap - 1]) }
    }
    return median(durations)
  }

  private func isClean(_ lap: Int) -> Bool {
    guard kinds[lap] == .green, !inLaps[lap], elapsed[lap] >= 0, elapsed[lap - 1] >= 0 else { return false }
    return lap == 1 || !inLaps[lap - 1]
  }
}
