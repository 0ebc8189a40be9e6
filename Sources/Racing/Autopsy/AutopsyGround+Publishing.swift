/// From runs and figures to what is published.
extension AutopsyGround {
  func autopsy(_ runs: AutopsyRuns, _ figures: AutopsyFigures, calls: [ExAnteCall]) -> Autopsy {
    let driver = model.data.drivers[runs.driver]
    let flagged = flaggedLaps(runs)
    return Autopsy(
      race: model.record.key, driver: driver.entrant.code, team: driver.entrant.team,
      modelVersion: model.constants.version, recordDigest: model.record.digest, outcome: outcome(runs),
      lapCount: runs.last, realTime: runs.realTotal, idealTime: runs.total(runs.ideal),
      totalLoss: figures.totalLoss, costs: figures.costs, strategy: figures.strategy, incident: figures.incident,
      gridLoss: runs.gridLoss, teamPace: teamPace(runs), gapToWinner: gapToWinner(runs), flags: flags(runs),
      stops: runs.stops, laneBest: model.crew.best, realPlan: runs.planned.plan, idealPlan: runs.ideal.plan,
      bestPlan: runs.best.plan, calls: calls, laps: lapRows(runs, flagged: flagged), intervals: nil, draws: [],
      blame: nil,
      verdict: "")
  }

  private func lapRows(_ runs: AutopsyRuns, flagged: [Bool]) -> [Autopsy.LapRow] {
    runs.countedLaps.map { lap in
      Autopsy.LapRow(
        lap: lap, kind: runs.kinds[lap], real: runs.realDuration(lap: lap),
        simulated: runs.duration(runs.simulated, lap: lap), ideal: runs.duration(runs.ideal, lap: lap),
        traffic: runs.trafficLoss(lap: lap), isFlagged: flagged[lap])
    }
  }

  private func outcome(_ runs: AutopsyRuns) -> Autopsy.Outcome {
    let result = model.data.drivers[runs.driver].entrant.result
    if runs.isRetired { return .retired(lap: runs.last, reason: result.status) }
    guard let place = result.position else { return .disqualified(reason: result.status) }
    return .classified(place: place, lapsDown: max(0, model.data.lapCount - runs.last))
  }

  private func gapToWinner(_ runs: AutopsyRuns) -> Int64? {
    guard runs.last == model.data.lapCount, let winner = cars.first(where: { $0.position == 1 }),
      winner.lastLap == runs.last
    else { return nil }
    return runs.real[runs.last] - winner.elapsed[runs.last]
  }

  /// The team's offset from the reference's team, over the accounted laps.
  func teamPace(_ runs: AutopsyRuns) -> Int64 {
    guard let reference = model.referenceDriver else { return 0 }
    let offset = model.pace.teamOffset(driver: runs.driver) - model.pace.teamOffset(driver: reference)
    return Int64((1000 * offset * Double(runs.countedLaps.count)).rounded(.toNearestOrAwayFromZero))
  }

  private func flags(_ runs: AutopsyRuns) -> [Autopsy.Flag] {
    let driver = model.data.drivers[runs.driver]
    let record = model.record
    let isShort = record.scheduledLapCount.map { record.lapCount < $0 } ?? false
    let holds: [(Autopsy.Flag, Bool)] = [
      (.gridUnknown, driver.entrant.grid == nil), (.laneAssumed, runs.stops.contains(where: \.isAssumed)),
      (.ageAssumed, driver.hasAssumedAge), (.anchorSuspect, model.data.isAnchorSuspect),
      (.redFlag, runs.kinds[1...].contains(.red)), (.irregular, !runs.isRetired && !runs.isRegular),
      (.wet, model.data.isWet), (.shortened, isShort), (.pitLaneStart, driver.entrant.grid == .pitLane),
      (.disqualified, !runs.isRetired && driver.entrant.result.position == nil),
    ]
    return holds.filter(\.1).map(\.0)
  }
}
