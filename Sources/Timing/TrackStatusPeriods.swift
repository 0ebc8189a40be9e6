import Racing

/// Turns a race's track-status changes into safety cars, virtual safety cars and red flags.
///
/// A period lasts while the status names it (7, the end of a virtual safety car, belongs to it) and ends at the winner's
/// finish at the latest; what begins before the start or after the finish is not of the race.
struct TrackStatusPeriods {
  /// A change of the status, on the session clock.
  struct Change: Sendable {
    let time: Int64
    let status: UInt8
  }

  /// The session clock at the start.
  let start: Int64
  /// The session clock at the winner's finish; nil when unknown.
  let finish: Int64?
  /// When the first car ended each lap, ascending: index 0 is lap 1.
  let firstCrossings: [Int64]

  /// The periods of the changes, which must ascend.
  func periods(_ changes: [Change]) -> [Neutralisation] {
    var periods: [Neutralisation] = []
    var open: (kind: Neutralisation.Kind, since: Int64)?
    for change in changes {
      let kind = TrackStatusPeriods.kind(change.status)
      guard kind != open?.kind else { continue }
      if let open { append(&periods, open, until: change.time) }
      open = kind.map { ($0, change.time) }
    }
    if let open { append(&periods, open, until: nil) }
    return periods
  }

  private func append(
    _ periods: inout [Neutralisation], _ open: (kind: Neutralisation.Kind, since: Int64), until end: Int64?
  ) {
    guard open.since >= start, finish.map({ open.since < $0 }) ?? true else { return }
    let last = [end, finish].compactMap { $0 }.min()
    periods.append(
      Neutralisation(
        kind: open.kind, startElapsedMilliseconds: open.since - start,
        endElapsedMilliseconds: last.map { $0 - start }, startLap: leaderLap(open.since),
        endLap: last.map(leaderLap)))
  }

  /// The lap the leader is on.
  private func leaderLap(_ time: Int64) -> Int {
    min(firstCrossings.count, 1 + firstCrossings.count { $0 <= time })
  }

  private static func kind(_ status: UInt8) -> Neutralisation.Kind? {
    switch status {
    case 4: .safetyCar
    case 5: .redFlag
    case 6, 7: .virtualSafetyCar
    default: nil
    }
  }
}
