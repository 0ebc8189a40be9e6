/// The cells of one row of a FastF1 laps file.
struct FastF1Cells {
  let table: LooseTable
  let row: [String]
  /// Cells that say something unreadable.
  private(set) var odd = 0

  init(table: LooseTable, row: [String]) {
    self.table = table
    self.row = row
  }

  /// The cell; nil where there is none, or it says so.
  func text(_ column: String) -> String? {
    guard let text = table.text(column, row) else { return nil }
    return isFastF1Null(text.utf8Span.span) ? nil : text
  }

  /// Milliseconds of a duration in any spelling.
  mutating func duration(_ column: String) -> Int? {
    read(column) { fastF1Milliseconds($0.utf8Span.span).map { Int($0) } }
  }

  /// `12` or `12.0`.
  mutating func whole(_ column: String) -> Int? {
    read(column) { text in
      if let whole = Int(text) { return whole }
      guard let value = Double(text), abs(value) < 1e9, value == value.rounded() else { return nil }
      return Int(value)
    }
  }

  /// A truth value in any spelling.
  mutating func truth(_ column: String) -> Bool? {
    read(column) { text in
      switch text {
      case "True", "true", "TRUE", "1", "1.0": true
      case "False", "false", "FALSE", "0", "0.0": false
      default: nil
      }
    }
  }

  /// The row as a lap.
  mutating func lap(number: Int, lap: Int, code: String) -> SessionLap {
    var own = SessionLap(number: number, lap: lap)
    own.code = code
    own.team = text("Team") ?? ""
    (own.start, own.end, own.time) = (duration("LapStartTime"), duration("Time"), duration("LapTime"))
    (own.sector1, own.sector2, own.sector3) = (
      duration("Sector1Time"), duration("Sector2Time"), duration("Sector3Time")
    )
    own.sector1End = duration("Sector1SessionTime")
    own.sector2End = duration("Sector2SessionTime")
    own.sector3End = duration("Sector3SessionTime")
    (own.speedI1, own.speedI2) = (whole("SpeedI1"), whole("SpeedI2"))
    (own.speedFL, own.speedST) = (whole("SpeedFL"), whole("SpeedST"))
    (own.pitIn, own.pitOut) = (duration("PitInTime"), duration("PitOutTime"))
    own.stint = whole("Stint")
    own.compound = text("Compound").flatMap { ["UNKNOWN", "TEST_UNKNOWN"].contains($0) ? nil : $0 }
    own.tyreLife = whole("TyreLife")
    own.isFreshTyre = truth("FreshTyre")
    own.trackStatus = trackStatus
    own.position = whole("Position")
    own.isPersonalBest = truth("IsPersonalBest")
    own.isDeleted = truth("Deleted")
    own.deletionReason = text("DeletedReason") ?? ""
    own.isGenerated = truth("FastF1Generated") ?? false
    own.isAccurate = truth("IsAccurate") ?? false
    return own
  }

  /// `124`, also as `124.0`.
  private var trackStatus: String {
    let text = text("TrackStatus") ?? ""
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private mutating func read<Value>(_ column: String, _ parse: (String) -> Value?) -> Value? {
    guard let text = text(column) else { return nil }
    let value = parse(text)
    if value == nil { odd += 1 }
    return value
  }
}
