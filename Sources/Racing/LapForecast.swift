/// Predicts laps from the model and the traffic they were driven in: what the fit would have said of a lap that it was
/// not shown. It reads the lap's start and everything about the other cars, nothing of the lap's own time.
///
/// The lap in clear air comes from the model. Behind a car on the same lap that does not stop, the one-lap follow map
/// decides: a lap that would end a pass threshold before the rival's passes, any other ends at the map's gap behind.
/// Cars that come past on the way to that end cost their fitted losses.
struct LapForecast {
  private let data: RaceData
  private let fit: LapFit
  private let rules: ModelConstants.Fit
  private let follow: FollowTable
  /// The parameters without what the forecast adds itself.
  private let clear: [Double]

  /// - Throws: `ModelError.malformedConstants` when the follow map would not be monotone.
  init(_ fit: LapFit, data: RaceData, circuit: ModelConstants.Circuit, constants: ModelConstants) throws(ModelError) {
    self.data = data
    self.fit = fit
    rules = constants.fit
    let map = RaceArtefact.FollowMap(
      thetaMilliseconds: circuit.passAdvantageMilliseconds, knotDeltas: constants.follow.knotDeltas,
      knotGaps: constants.follow.oneLapGaps)
    guard let table = FollowTable(map) else {
      throw .malformedConstants(reason: "the one-lap follow map is not monotone")
    }
    follow = table
    var parameters = fit.parameters
    for column in fit.layout.ownTraffic { parameters[column] = 0 }
    clear = parameters
  }

  /// Predicted lap times in seconds, parallel to the laps. O(laps · log laps).
  func lapTimes(_ laps: [RaceData.CleanLap]) -> [Double] {
    let design = LapDesign(data, laps, fit.layout, rules)
    return laps.indices.map { row in
      let alone = fit.level + design.predicted(row, clear)
      let start = data.drivers[laps[row].driver].laps[laps[row].lap - 1].elapsed
      let free = start + milliseconds(alone)
      let met = data.road.meetings(lap: laps[row].lap, from: start, to: free)
      return Double(end(of: laps[row], start: start, clear: free) - start) / 1000
        + fit.lappingLoss(met) + fit.passingLoss(met)
    }
  }

  /// The end of the lap behind the one car it follows.
  private func end(of lap: RaceData.CleanLap, start: Int64, clear: Int64) -> Int64 {
    guard let followed = data.facts(lap).followed else { return clear }
    let rival = data.drivers[followed].laps[lap.lap]
    let advantage = clear - rival.elapsed
    if advantage >= follow.range { return clear }
    if advantage > -follow.theta { return max(clear, rival.elapsed + follow.gap(advantage)) }
    return rival.isOut ? clear : max(clear, min(clear + Course.passCost, rival.elapsed - Course.passMargin))
  }
}
