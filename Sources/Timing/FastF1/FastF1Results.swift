import Racing

/// `results.csv` of a FastF1 session. An export made without the results service has names, teams and places only.
struct FastF1Results: Sendable {
  /// One driver's row.
  struct Row: Sendable {
    let code: DriverCode
    let number: Int?
    let name: String
    let team: String
    let teamColour: String?
    /// The place in the file, which may be the order on the road.
    let position: Int?
    /// `1`, `R`, `D`, …; empty when the export lacks it.
    let classified: String
    let grid: Entrant.GridSlot?
    let status: String
    let laps: Int?
    /// The winner's race time, the gap to it for everybody else.
    let time: Int64?
  }

  private(set) var rows: [Row] = []

  init(rows: [Row]) {
    self.rows = rows
  }

  init(_ file: InputFile, limits: ReadingLimits) throws(TimingError) {
    var reader = try CSVReader(file, limits: limits)
    let columns = try FastF1ResultColumns(reader)
    var lines: [DriverCode: Int] = [:]
    while try reader.next() {
      let row = try columns.row(reader)
      if let first = lines.updateValue(reader.line, forKey: row.code) {
        throw .duplicateDriver(reader.place(columns.code), driver: "\(row.code)", firstLine: first)
      }
      rows.append(row)
    }
  }

  /// The row of that driver.
  subscript(code: DriverCode) -> Row? { rows.first { $0.code == code } }

  /// Codes by car number.
  var codes: [Int: DriverCode] {
    Dictionary(rows.compactMap { row in row.number.map { ($0, row.code) } }) { first, _ in first }
  }

  /// The winner's row.
  var winner: Row? { rows.first { $0.position == 1 } }

  /// The official race time of a car on the lead lap.
  func time(of row: Row) -> Int64? {
    guard let time = row.time, let total = winner?.time else { return nil }
    // Older exports give everybody's total, newer ones the gap: no car on the lead lap is a whole race behind.
    return row.code == winner?.code || time > total / 2 ? time : total + time
  }
}

/// The columns of `results.csv` that are used.
struct FastF1ResultColumns {
  let code: CSVReader.Column
  private let number, name, team, colour, position, classified, grid, status, laps, time: CSVReader.Column

  init(_ reader: CSVReader) throws(TimingError) {
    code = try reader.column("Abbreviation")
    number = reader.optionalColumn("DriverNumber")
    name = reader.optionalColumn("FullName")
    team = reader.optionalColumn("TeamName")
    colour = reader.optionalColumn("TeamColor")
    position = try reader.column("Position")
    classified = reader.optionalColumn("ClassifiedPosition")
    grid = reader.optionalColumn("GridPosition")
    status = reader.optionalColumn("Status")
    laps = reader.optionalColumn("Laps")
    time = reader.optionalColumn("Time")
  }

  /// The current row.
  func row(_ reader: CSVReader) throws(TimingError) -> FastF1Results.Row {
    FastF1Results.Row(
      code: try reader.driver(code), number: try reader.wholeOrDecimal(number), name: reader.spelledText(name),
      team: reader.spelledText(team), teamColour: try colour(reader), position: try reader.wholeOrDecimal(position),
      classified: classified(reader), grid: try slot(reader), status: reader.spelledText(status),
      laps: try lapCount(reader), time: try reader.duration(time))
  }

  private func lapCount(_ reader: CSVReader) throws(TimingError) -> Int? {
    guard let count = try reader.wholeOrDecimal(laps) else { return nil }
    guard (0...mostLaps).contains(count) else { throw reader.bad(laps, "laps from 0 to \(mostLaps)") }
    return count
  }

  private func colour(_ reader: CSVReader) throws(TimingError) -> String? {
    let text = reader.spelledText(colour).uppercased()
    if text.isEmpty { return nil }
    guard text.utf8.count == 6, UInt32(text, radix: 16) != nil else { throw reader.bad(colour, "a colour, as 3671C6") }
    return text
  }

  private func classified(_ reader: CSVReader) -> String {
    let text = reader.spelledText(classified)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private func slot(_ reader: CSVReader) throws(TimingError) -> Entrant.GridSlot? {
    guard let number = try reader.wholeOrDecimal(grid) else { return nil }
    guard (0...99).contains(number) else { throw reader.bad(grid, "a slot from 1, or 0 for the pit lane") }
    return number == 0 ? .pitLane : .slot(number)
  }
}
