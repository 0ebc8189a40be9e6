import Timing

/// A13: tyres of every race-like session, by the feed's own count.
func tyreFigures(_ data: TimingData) -> [TimingFigure] {
  data.raw.flatMap { session -> [TimingFigure] in
    guard let live = try? LiveSession(directory: session.path), live.kind == .race else { return [] }
    let laps = live.laps()
    let driven = laps.joined().filter { !$0.isGenerated }
    let complete = driven.count { $0.stint != nil && $0.compound?.isEmpty == false && $0.tyreLife != nil }
    let (agreed, comparable) = agreement(live, laps)
    let short = session.name.lowercased()
    var figures = [
      TimingFigure.all("a13.\(short).laps_with_tyres", complete, of: driven.count, "laps"),
      TimingFigure(
        "a13.\(short).feed_count_agrees", Double(agreed), "laps", .atLeast,
        session.name == "2018_Azerbaijan_Race" ? 701 : (0.89 * Double(comparable)).rounded(.down), n: comparable),
    ]
    if session.name == "2018_Azerbaijan_Race" {
      let car = laps.first { $0.first?.number == 7 } ?? []
      let life = car.filter { (41...51).contains($0.lap) }.map(\.tyreLife)
      figures.append(
        TimingFigure.all("a13.\(short).refitted_set", life == (1...11).map { $0 } ? 11 : 0, of: 11, "laps"))
    }
    return figures
  } + stopFigures(data)
}

private func stopFigures(_ data: TimingData) -> [TimingFigure] {
  guard let session = data.intermediate.first(where: { $0.name == "2023_Monaco_Race" }),
    let car = (try? data.tables(session))?.laps().first(where: { $0.first?.number == 1 }),
    let entry = car.first(where: { $0.lap == 55 })?.pitIn, let exit = car.first(where: { $0.lap == 56 })?.pitOut
  else { return [] }
  return [TimingFigure("a13.2023_monaco_race.lane_time", Double(exit - entry), "ms", .exactly, 24_484)]
}

/// Laps that did not end in the pits and are followed by a real one: our tyre life against the feed's, a second before
/// the next lap ends.
private func agreement(_ live: LiveSession, _ laps: [[SessionLap]]) -> (agreed: Int, comparable: Int) {
  var agreed = 0
  var comparable = 0
  for car in laps {
    for (lap, next) in zip(car, car.dropFirst()) where lap.pitIn == nil && !next.isGenerated {
      guard let end = next.end, let told = live.announcedTyreLife(number: lap.number, at: end - 1_000) else { continue }
      comparable += 1
      if told == lap.tyreLife { agreed += 1 }
    }
  }
  return (agreed, comparable)
}
