import Foundation
import Timing

/// A3 and A3b: every cell against FastF1's.
func cellFigures(_ data: TimingData) -> [TimingFigure] {
  cellFigures("a3.raw", data.raw, data) + cellFigures("a3.stage1", data.intermediate, data)
}

private func cellFigures(_ name: String, _ sessions: [TimingData.Session], _ data: TimingData) -> [TimingFigure] {
  guard !sessions.isEmpty else { return [] }
  var equal = 0
  var cells = 0
  var notes: [String] = []
  var figures: [TimingFigure] = []
  var explained = 0
  for session in sessions {
    guard let comparison = CellComparison(session, data) else {
      notes.append("\(session.name) cannot be read")
      continue
    }
    cells += comparison.cells
    if comparison.compat.isEmpty { equal += 1 } else { notes.append("\(session.name): \(comparison.compat.summary)") }
    if comparison.unexplained.isEmpty {
      explained += 1
    } else {
      notes.append("\(session.name) without a rule: \(comparison.unexplained.prefix(3).joined(separator: " "))")
    }
    let short = session.name.lowercased()
    figures.append(
      TimingFigure(
        "a3b.changed.\(short)", Double(comparison.corrected.count), "cells", n: comparison.cells,
        note: comparison.corrected.summary))
  }
  let head = [
    TimingFigure.all(
      "\(name).sessions_equal", equal, of: sessions.count, "sessions", note: notes.joined(separator: "; ")),
    TimingFigure("\(name).cells", Double(cells), "cells", n: sessions.count),
    TimingFigure.all(
      name.replacing("a3", with: "a3b") + ".sessions_explained", explained, of: sessions.count, "sessions",
      note: "every changed cell has its rule, every rule its cell"),
  ]
  return head + figures
}

/// Our laps of a session beside FastF1's.
struct CellComparison {
  /// Cells that differ, by column.
  struct Differences {
    var byColumn: [String: Int] = [:]
    var cells: Set<LapProvenance.Cell> = []

    var count: Int { byColumn.values.reduce(0, +) }
    var isEmpty: Bool { byColumn.isEmpty }
    var summary: String {
      byColumn.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
  }

  let compat: Differences
  let corrected: Differences
  let cells: Int
  /// Cells that changed without a rule, or have a rule and did not change.
  let unexplained: [String]

  /// Nil where the session cannot be read.
  init?(_ session: TimingData.Session, _ data: TimingData) {
    guard let reference = session.reference else { return nil }
    // What FastF1 has no cell for, and deletions it does not read, are compared elsewhere.
    let corrections = LapCorrections.all.subtracting([.deletions])
    let plain: [[SessionLap]]
    let better: [[SessionLap]]
    let rules: LapProvenance
    if session.isRaw {
      guard let live = try? LiveSession(directory: session.path) else { return nil }
      (plain, better, rules) = (live.laps([]), live.laps(corrections), live.provenance(corrections))
    } else {
      guard let tables = try? data.tables(session) else { return nil }
      (plain, better, rules) = (tables.laps([]), tables.laps(corrections), tables.provenance(corrections))
    }
    compat = CellComparison.differences(plain, reference, unknownFreshness: plain)
    corrected = CellComparison.differences(better, reference, unknownFreshness: plain)
    cells = reference.rows.count * LapCells.columns.count
    let changed = corrected.cells
    let ruled = Set(rules.rules.keys.filter { $0.field != .tyreSet })
    unexplained =
      changed.subtracting(ruled).map { "\($0.number)/\($0.lap) \($0.field.rawValue)" }
      + ruled.subtracting(changed).map { "\($0.number)/\($0.lap) \($0.field.rawValue) (rule only)" }
  }

  /// FastF1 prints True or False for an unknown FreshTyre: such a cell says nothing.
  private static func differences(
    _ cars: [[SessionLap]], _ reference: CSVTable, unknownFreshness plain: [[SessionLap]]
  ) -> Differences {
    var found = Differences()
    var laps: [String: SessionLap] = [:]
    for lap in cars.joined() { laps["\(lap.number)/\(lap.lap)"] = lap }
    let unknown = Set(plain.joined().filter { $0.isFreshTyre == nil }.map { "\($0.number)/\($0.lap)" })
    for row in reference.rows {
      let key = "\(reference.value("DriverNumber", row))/\(Int(Double(reference.value("LapNumber", row)) ?? 0))"
      guard let lap = laps.removeValue(forKey: key) else {
        found.byColumn["missing lap", default: 0] += 1
        continue
      }
      for column in LapCells.columns where reference.has(column.name) {
        let theirs = LapCells.normal(reference.value(column.name, row), column)
        var isEqual = theirs == column.text(lap)
        // An unknown value that a correction made known has changed, whatever FastF1 printed in its place.
        if column.name == "FreshTyre", unknown.contains(key) { isEqual = lap.isFreshTyre == nil }
        if isEqual { continue }
        found.byColumn[column.name, default: 0] += 1
        if let field = column.field {
          found.cells.insert(LapProvenance.Cell(number: lap.number, lap: lap.lap, field: field))
        }
      }
    }
    if !laps.isEmpty { found.byColumn["additional lap"] = laps.count }
    return found
  }
}
