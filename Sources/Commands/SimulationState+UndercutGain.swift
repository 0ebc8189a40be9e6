internal import Racing

extension SimulationState {
  /// What an undercut won, ms; nil when none was tried.
  ///
  /// A try is a stop on a green lap less than five seconds behind a rival who makes his own stop on a green lap one
  /// to five laps later. It wins the gap before minus the gap at the end of the rival's out-lap, so both stops are
  /// inside. The first stop with such a rival counts, and the nearest of them.
  var undercutGain: Int64? {
    for stop in ownStops where world.kinds[stop.lap] == .green {
      let tries = world.rivals.compactMap { undercut(of: $0, byStopOn: stop.lap) }
      if let nearest = tries.min(by: { $0.before < $1.before }) { return nearest.before - nearest.after }
    }
    return nil
  }

  /// Gap to a rival the lap before the stop, and at the end of his out-lap.
  private func undercut(of rival: RaceArtefact.Car, byStopOn lap: Int) -> (before: Int64, after: Int64)? {
    guard lap - 1 <= rival.lastLap, rival.elapsed[lap - 1] >= 0 else { return nil }
    let before = car.path[lap - 1] - rival.elapsed[lap - 1]
    let window = (lap + 1)...(lap + Self.undercutLaps)
    guard (1..<Self.undercutReach).contains(before),
      let answer = window.first(where: { $0 < rival.lastLap && rival.inLaps[$0] && rival.kinds[$0] == .green }),
      answer + 1 < car.path.count, rival.elapsed[answer + 1] >= 0
    else { return nil }
    return (before, car.path[answer + 1] - rival.elapsed[answer + 1])
  }

  /// A rival further ahead is not attacked, ms.
  private static let undercutReach: Int64 = 5_000
  /// A rival who stops later than this many laps after does not answer the attack.
  private static let undercutLaps = 5
}
