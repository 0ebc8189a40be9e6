import Foundation
import Racing
import Timing

/// A8 and A9: OpenF1 against the reference laps, and its CSV against its JSON.
func openF1Figures(_ data: TimingData) -> [TimingFigure] {
  referenceFigures(data) + tableFigures(data)
}

private func referenceFigures(_ data: TimingData) -> [TimingFigure] {
  let path = data.native + "/openf1/2024-singapore-race-9606"
  guard let session = try? OpenF1Session(directory: path),
    let reference = try? RaceReader().read(data.races + "/laps/2024-18-singapore.csv.gz")
  else { return [] }
  var known: [String: Lap] = [:]
  for entrant in reference.record.entrants {
    for lap in entrant.laps { known["\(entrant.code) \(lap.number)"] = lap }
  }
  var equal = [0, 0, 0, 0]
  var missing = 0
  var common = 0
  var notes: [String] = []
  for lap in session.laps().joined() {
    guard let other = known["\(lap.code) \(lap.lap)"] else { continue }
    common += 1
    if lap.time.map({ Int64($0) }) == other.timeMilliseconds {
      equal[0] += 1
    } else {
      notes.append("\(lap.code) lap \(lap.lap): \(lap.time ?? 0) against \(other.timeMilliseconds ?? 0)")
    }
    for (index, sector) in [lap.sector1, lap.sector2, lap.sector3].enumerated() {
      if sector.map({ Int64($0) }) == other.sectorMilliseconds[index] { equal[index + 1] += 1 }
      if index == 0, sector == nil { missing += 1 }
    }
  }
  let isReported = session.defects.contains("lap 1 is missing for 20 cars")
  return [
    .all("a8.rows", session.rows.count, of: 1_159, "rows"), .all("a8.common_laps", common, of: 1_157, "laps"),
    .all("a8.lap_times_equal", equal[0], of: 1_156, "laps", note: notes.joined(separator: "; ")),
    .all("a8.sector_1_equal", equal[1], of: 1_155, "laps", note: "\(missing) unknown"),
    .all("a8.sector_2_equal", equal[2], of: 1_157, "laps"), .all("a8.sector_3_equal", equal[3], of: 1_157, "laps"),
    .all("a8.missing_first_laps_reported", isReported ? 20 : 0, of: 20, "cars"),
  ]
}

private func tableFigures(_ data: TimingData) -> [TimingFigure] {
  let table = data.native + "/openf1-csv/2023-singapore-fp1-9161"
  let answers = data.native + "/openf1/2023-mixed-sessions"
  guard let flat = try? OpenF1Session(directory: table, kind: .fp1),
    let rows = try? OpenF1Session(directory: answers, sessionKey: 9_161, kind: .fp1).rows
  else { return [] }
  var known: [Int: OpenF1Lap] = [:]
  for row in rows { known[row.number * 1_000 + row.lap] = row }
  let equal = flat.rows.count { row in
    guard var other = known[row.number * 1_000 + row.lap] else { return false }
    other.segmentCounts = row.segmentCounts
    return other == row
  }
  return [
    .all("a9.rows", flat.rows.count, of: rows.count, "laps"), .all("a9.laps_equal", equal, of: 297, "laps"),
  ]
}
