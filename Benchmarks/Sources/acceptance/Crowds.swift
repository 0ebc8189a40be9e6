@_spi(Measurement) import Projections
import Racing

/// Windows against reality: the winner's stops in windows made of the stops of the others in the first ten with as many.
func crowdRows(_ races: Races) async throws -> [Row] {
  var rows: [Row] = []
  for percent in [50, 60, 70, 80, 90] {
    var covered: [Double] = []
    var widths: [Double] = []
    for race in races("DRY") {
      guard let artefact = try artefact(race) else { continue }
      for window in windows(artefact, mass: Double(percent) / 100) {
        covered.append(window.laps.contains(window.stop) ? 1 : 0)
        widths.append(Double(window.laps.count))
      }
    }
    let sample = Sample(covered)
    let distance = sample.mean.map { 100 * $0 - Double(percent) }
    rows.append(
      Row(
        "winners' stops in \(percent) % windows, less nominal", distance, "points",
        percent == 70 ? .within(-5, 5) : .none,
        on: "DRY", sample: sample.count, detail: "windows \(Report.number(Sample(widths).mean ?? 0)) laps wide"))
  }
  return rows
}

private func windows(_ artefact: RaceArtefact, mass: Double) -> [(laps: ClosedRange<Int>, stop: Int)] {
  func stops(_ car: RaceArtefact.Car) -> [Int] { car.stints.dropFirst().filter { !$0.isFree }.map { $0.firstLap - 1 } }
  let leaders = artefact.cars.filter { ($0.position ?? 99) <= 10 }
  guard let winner = leaders.first(where: { $0.position == 1 }) else { return [] }
  let own = stops(winner)
  let others = leaders.filter { $0.position != 1 }.map(stops).filter { $0.count == own.count }
  guard others.count >= 3 else { return [] }
  return own.indices.compactMap { index in
    WindowCoverage.window(ofStops: others.map { $0[index] }, lapCount: artefact.lapCount, mass: mass)
      .map { ($0, own[index]) }
  }
}
