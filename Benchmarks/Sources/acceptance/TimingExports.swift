import Foundation
import Racing
import Timing

/// A11: FastF1's laps in the spellings that users write.
func exportFigures(_ data: TimingData) -> [TimingFigure] {
  spellingFigures(data) + bahrainFigures(data) + canadaFigures(data) + monacoFigures(data)
}

/// Decimal seconds against pandas' own spelling.
private func spellingFigures(_ data: TimingData) -> [TimingFigure] {
  var equal = 0
  var count = 0
  var notes: [String] = []
  for session in data.sessions {
    guard let plain = try? FastF1SessionLaps(path: session.path + "/laps.csv"),
      let native = try? FastF1SessionLaps(path: session.path + "/laps_native.csv")
    else { continue }
    count += 1
    if plain.laps == native.laps, plain.oddCells + native.oddCells == 0, plain.report.skipped == 0 {
      equal += 1
    } else {
      notes.append(session.name)
    }
  }
  return count == 0
    ? [] : [.all("a11.spellings_equal", equal, of: count, "sessions", note: notes.joined(separator: ", "))]
}

/// The same race, exported by somebody else.
private func bahrainFigures(_ data: TimingData) -> [TimingFigure] {
  guard let session = data.sessions.first(where: { $0.name == "2024_Bahrain_Race" }),
    let own = try? FastF1SessionLaps(path: session.path + "/laps.csv"),
    let other = try? FastF1SessionLaps(path: data.native + "/fastf1-laps-csv/2024-01-bahrain.csv.gz")
  else { return [] }
  let known = Dictionary(other.laps.map { ($0.number * 1_000 + $0.lap, $0) }, uniquingKeysWith: { first, _ in first })
  var differences: [String: Int] = [:]
  var common = 0
  for lap in own.laps {
    guard let twin = known[lap.number * 1_000 + lap.lap] else { continue }
    common += 1
    if lap.isFreshTyre != twin.isFreshTyre { differences["FreshTyre", default: 0] += 1 }
    if lap.speedI1 != twin.speedI1 { differences["SpeedI1", default: 0] += 1 }
    if lap.speedST != twin.speedST { differences["SpeedST", default: 0] += 1 }
    if lap.trackStatus != twin.trackStatus { differences["TrackStatus", default: 0] += 1 }
    if lap.withoutDoubt != twin.withoutDoubt { differences["other", default: 0] += 1 }
  }
  return [
    .all("a11.bahrain.laps", common, of: own.laps.count, "laps"),
    TimingFigure("a11.bahrain.speed_i1_differ", Double(differences["SpeedI1"] ?? 0), "laps", .exactly, 300, n: common),
    TimingFigure("a11.bahrain.speed_st_differ", Double(differences["SpeedST"] ?? 0), "laps", .exactly, 170, n: common),
    TimingFigure(
      "a11.bahrain.track_status_differ", Double(differences["TrackStatus"] ?? 0), "laps", .exactly, 42, n: common),
    TimingFigure(
      "a11.bahrain.other_cells_differ", Double(differences["other"] ?? 0), "laps", .exactly, 0, n: common,
      note: "\(differences["FreshTyre"] ?? 0) differ in FreshTyre"),
  ]
}

extension SessionLap {
  /// The lap without the columns that are known to differ between the two exports.
  fileprivate var withoutDoubt: SessionLap {
    var lap = self
    (lap.isFreshTyre, lap.speedI1, lap.speedST, lap.trackStatus) = (nil, nil, nil, "")
    return lap
  }
}

private func canadaFigures(_ data: TimingData) -> [TimingFigure] {
  guard let export = try? FastF1SessionLaps(path: data.native + "/fastf1-laps-csv/2024-09-canada.csv.gz"),
    let reference = try? RaceReader().read(data.races + "/laps/2024-09-canada.csv.gz")
  else { return [] }
  var known: [String: Int64] = [:]
  for entrant in reference.record.entrants {
    for lap in entrant.laps { known["\(entrant.code) \(lap.number)"] = lap.timeMilliseconds }
  }
  let comparable = export.laps.filter { !$0.isGenerated && $0.time != nil && known["\($0.code) \($0.lap)"] != nil }
  let equal = comparable.count { $0.time.map { Int64($0) } == known["\($0.code) \($0.lap)"] }
  return [
    .all("a11.canada.lap_times", equal, of: 1_267, "laps", note: "\(comparable.count) laps have both")
  ]
}

/// An export whose lap numbers are one too low.
private func monacoFigures(_ data: TimingData) -> [TimingFigure] {
  let path = data.native + "/fastf1-laps-csv/2024-08-monaco.csv.gz"
  guard let reference = try? RaceReader().read(data.races + "/laps/2024-08-monaco.csv.gz"),
    FileManager.default.fileExists(atPath: path)
  else { return [] }
  let facts = RaceFacts(season: 2024, startSessionMilliseconds: 0)
  guard let export = try? RaceReader(facts: facts).read(path),
    let race = Reconciler([SourcedRace(export, source: .oldFastF1), SourcedRace(reference)]).reconciled()
  else { return [TimingFigure("a11.monaco.shift_found", 0, "laps", .exactly, 1, note: "not read")] }
  let shift = race.disagreements.first { $0.rule == "shift" }
  return [
    TimingFigure(
      "a11.monaco.shift_found", shift?.other == "-1" ? 1 : 0, "laps", .exactly, 1,
      note: shift.map { "\($0)" } ?? "none")
  ]
}
