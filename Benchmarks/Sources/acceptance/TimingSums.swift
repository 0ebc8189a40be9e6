import Foundation
import Timing

/// A1 and A2: laps add up to official times, and the finish line is one constant away.
func sumFigures(_ data: TimingData) -> [TimingFigure] {
  checks(data).flatMap { name, check, firstLaps -> [TimingFigure] in
    let short = name.lowercased()
    guard let offset = check.offset else {
      return [TimingFigure("a2.\(short).offset_found", 0, "", .exactly, 1)]
    }
    let settled = check.cars.filter { car in
      switch car.verdict {
      case .consistent: car.lapSum == car.time
      case .penalty(let time): car.lapSum == car.time - time
      case .gapToCarAhead: car.lapSum == car.time
      case .unexplained: false
      }
    }
    let notes = check.cars.filter { $0.verdict != .consistent }.map { "car \($0.number) \($0.verdict)" }
    var figures = [
      TimingFigure("a2.\(short).offset", Double(offset), "ms", n: check.cars.count),
      TimingFigure.all(
        "a1.\(short).sums_equal", settled.count, of: check.cars.count, "cars", note: notes.joined(separator: ", ")),
    ]
    if !firstLaps.isEmpty {
      let equal = check.cars.count { car in firstLaps[car.number] == nil || firstLaps[car.number] == car.firstLap }
      figures.append(.all("a1.\(short).first_laps_equal", equal, of: check.cars.count, "cars", note: "official lap 1"))
    }
    return figures
  }
}

/// A4: what the sums find out without being told.
func reconcileFigures(_ data: TimingData) -> [TimingFigure] {
  var figures: [TimingFigure] = []
  for (name, check, _) in checks(data) {
    let wrongGaps = check.cars.filter { if case .gapToCarAhead = $0.verdict { true } else { false } }
    let unexplained = check.cars.count { if case .unexplained = $0.verdict { true } else { false } }
    let penalties = check.cars.count { if case .penalty = $0.verdict { true } else { false } }
    let winner = check.cars.first?.time ?? 0
    let short = name.lowercased()
    if name == "2023_Azerbaijan_Sprint" {
      let found = Dictionary(wrongGaps.map { ($0.number, $0.time - winner) }, uniquingKeysWith: { first, _ in first })
      let right = found == [63: 8_532, 44: 16_503]
      figures.append(
        TimingFigure.all("a4.\(short).wrong_gaps_found", right ? 2 : 0, of: 2, "gaps", note: "\(found)"))
    }
    figures.append(
      TimingFigure("a4.\(short).wrong_gaps", Double(wrongGaps.count), "cars", n: check.cars.count))
    figures.append(TimingFigure("a4.\(short).penalties", Double(penalties), "cars", n: check.cars.count))
    figures.append(
      TimingFigure("a4.\(short).unexplained", Double(unexplained), "cars", .atMost, 0, n: check.cars.count))
  }
  return figures
}

private func checks(_ data: TimingData) -> [(name: String, check: SumCheck, firstLaps: [Int: Int])] {
  var checks: [(String, SumCheck, [Int: Int])] = []
  for session in data.raw {
    guard let live = try? LiveSession(directory: session.path), let check = live.sumCheck(live.laps()) else { continue }
    checks.append((session.name, check, live.kind == .race ? live.officialFirstLaps : [:]))
  }
  for session in data.intermediate {
    let official = data.official(session)
    guard let tables = try? data.tables(session), tables.kind.isRaceLike, let started = tables.announcedStart,
      !official.rows(tables.kind).isEmpty
    else { continue }
    let check = SumCheck(laps: tables.laps(), results: official.rows(tables.kind), started: started)
    checks.append((session.name, check, official.firstLapTimes))
  }
  return checks
}
