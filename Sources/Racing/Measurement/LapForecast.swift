/// What a lap takes, told from the fit, the lap's circumstances and the real drive of everybody else.
///
/// Used to measure how well the model knows laps it was not shown. Nothing of the lap's own time is used but its start.
struct LapForecast {
  let data: RaceData
  let cleanLaps: [RaceData.CleanLap]
  let fit: LapFit
  let design: LapDesign
  let follow: ModelConstants.Follow
  /// Advantage at which a pass comes off within a lap, seconds.
  let passAdvantage: Double

  /// Forecasts for the clean laps of a race from a fit of some of them.
  init(
    _ data: RaceData, cleanLaps: [RaceData.CleanLap], fit: LapFit, constants: ModelConstants, circuit: String
  ) {
    self.data = data
    self.cleanLaps = cleanLaps
    self.fit = fit
    design = LapDesign(data, cleanLaps, fit.layout, constants.fit)
    follow = constants.follow
    passAdvantage = Double(constants.circuit(circuit).passAdvantageMilliseconds) / 1000
  }

  /// The lap time of a clean lap, seconds.
  func seconds(_ index: Int) -> Double {
    let lap = cleanLaps[index]
    let layout = fit.layout
    let alone =
      fit.level
      + design.predicted(index, fit.parameters) { column in
        column != layout.lapped && column != layout.passed && !(layout.traffic(0)...layout.traffic(2)).contains(column)
      }
    let start = data.drivers[lap.driver].laps[lap.lap - 1].elapsed
    let end = start + milliseconds(alone)
    let lapped = Double(RaceData.lappers(of: lap.driver, lap: lap.lap, end: end, data.drivers))
    let passed = Double(RaceData.passers(of: lap.driver, lap: lap.lap, end: end, data.drivers))
    return followed(alone, lap: lap, start: start) + lapped * fit.parameters[layout.lapped]
      + passed * fit.parameters[layout.passed]
  }

  /// The lap behind the car ahead, by the follow map for one lap.
  private func followed(_ alone: Double, lap: RaceData.CleanLap, start: Int64) -> Double {
    let facts = data.facts(lap)
    guard facts.followsRunner, let ahead = facts.carAhead else { return alone }
    let rival = data.drivers[ahead].laps[lap.lap]
    let rivalTime = Double(rival.elapsed - start) / 1000
    let advantage = alone - rivalTime
    if advantage <= -passAdvantage { return rival.isOut ? alone : max(alone, min(alone + 0.4, rivalTime - 0.2)) }
    guard 1000 * advantage < Double(follow.rangeMilliseconds) else { return alone }
    return max(alone, rivalTime + gap(1000 * advantage) / 1000)
  }

  private func gap(_ advantage: Double) -> Double {
    let knots = follow.knotDeltas.map(Double.init)
    let gaps = follow.oneLapGaps.map(Double.init)
    guard let upper = knots.firstIndex(where: { $0 > advantage }) else { return advantage }
    guard upper > 0 else { return gaps[0] }
    let share = (advantage - knots[upper - 1]) / (knots[upper] - knots[upper - 1])
    return gaps[upper - 1] + share * (gaps[upper] - gaps[upper - 1])
  }
}
