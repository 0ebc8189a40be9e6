import Foundation
import Timing

/// A lap's cells as FastF1 writes them.
enum LapCells {
  /// How a cell is spelled.
  enum Spelling { case seconds, number, text }

  /// One column of `laps.csv`.
  struct Column {
    let name: String
    let spelling: Spelling
    let field: LapField?
    let text: (SessionLap) -> String
  }

  static var columns: [Column] { all }

  private nonisolated(unsafe) static let all: [Column] = [
    seconds("Time", .lapEnd) { $0.end }, seconds("LapTime", .lapTime) { $0.time },
    seconds("LapStartTime", .lapStart) { $0.start }, seconds("PitInTime", nil) { $0.pitIn },
    seconds("PitOutTime", nil) { $0.pitOut }, seconds("Sector1Time", .sector1) { $0.sector1 },
    seconds("Sector2Time", .sector2) { $0.sector2 }, seconds("Sector3Time", .sector3) { $0.sector3 },
    seconds("Sector1SessionTime", .sector1End) { $0.sector1End },
    seconds("Sector2SessionTime", .sector2End) { $0.sector2End },
    seconds("Sector3SessionTime", .sector3End) { $0.sector3End },
    number("SpeedI1", nil) { $0.speedI1 }, number("SpeedI2", nil) { $0.speedI2 },
    number("SpeedFL", nil) { $0.speedFL }, number("SpeedST", nil) { $0.speedST },
    number("Stint", .stint) { $0.stint }, number("TyreLife", .tyreLife) { $0.tyreLife },
    number("Position", .position) { $0.position },
    text("Driver", nil) { $0.code }, text("Team", nil) { $0.team },
    text("Compound", .compound) { $0.compound ?? "nan" }, text("TrackStatus", .trackStatus) { $0.trackStatus },
    text("FreshTyre", .freshTyre) { flag($0.isFreshTyre) },
    text("IsPersonalBest", .personalBest) { flag($0.isPersonalBest) },
    text("Deleted", .deleted) { flag($0.isDeleted) },
    text("DeletedReason", .deletedReason) { $0.deletionReason },
    text("FastF1Generated", nil) { flag($0.isGenerated) }, text("IsAccurate", .accurate) { flag($0.isAccurate) },
  ]

  /// The cell in one spelling.
  static func normal(_ cell: String, _ column: Column) -> String {
    switch column.spelling {
    case .seconds: Double(cell).map { String(Int(($0 * 1_000).rounded())) } ?? ""
    case .number: Double(cell).map { String(Int($0)) } ?? ""
    case .text: cell
    }
  }

  private static func seconds(
    _ name: String, _ field: LapField?, _ value: @escaping (SessionLap) -> Int?
  ) -> Column {
    Column(name: name, spelling: .seconds, field: field) { value($0).map(String.init) ?? "" }
  }

  private static func number(_ name: String, _ field: LapField?, _ value: @escaping (SessionLap) -> Int?) -> Column {
    Column(name: name, spelling: .number, field: field) { value($0).map(String.init) ?? "" }
  }

  private static func text(_ name: String, _ field: LapField?, _ value: @escaping (SessionLap) -> String) -> Column {
    Column(name: name, spelling: .text, field: field, text: value)
  }

  private static func flag(_ value: Bool?) -> String {
    value.map { $0 ? "True" : "False" } ?? ""
  }
}
