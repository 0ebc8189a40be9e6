import Racing

/// `results.csv`: the official result of everybody, by race.
struct TidyResults: Sendable {
  /// One driver's row.
  struct Row: Sendable {
    let driver: DriverCode
    let driverID: String
    let number: Int?
    let constructorID: String
    let classification: Classification
    let didStart: Bool
  }

  let provenance: Provenance
  private var rows: [RaceKey: [Row]] = [:]

  init(_ file: InputFile, limits: ReadingLimits) throws(TimingError) {
    provenance = file.provenance(part: "results", source: tidySource)
    var reader = try CSVReader(file, limits: limits)
    let columns = try Columns(reader)
    var lines: [RaceKey: [DriverCode: Int]] = [:]
    while try reader.next() {
      let key = try reader.raceKey(columns.season, columns.round)
      let row = try columns.row(reader)
      if let first = lines[key, default: [:]].updateValue(reader.line, forKey: row.driver) {
        throw .duplicateDriver(reader.place(columns.driver), driver: "\(row.driver)", firstLine: first)
      }
      rows[key, default: []].append(row)
    }
  }

  /// The rows of that race, in the order of the file.
  subscript(key: RaceKey) -> [Row] { rows[key] ?? [] }

  private struct Columns {
    let season, round, driver, driverID, number, constructor, position, positionText, laps: CSVReader.Column
    let time, penalty, status: CSVReader.Column

    init(_ reader: CSVReader) throws(TimingError) {
      season = try reader.column("season")
      round = try reader.column("round")
      driver = try reader.column("driver")
      driverID = reader.optionalColumn("driver_id")
      number = reader.optionalColumn("number")
      constructor = reader.optionalColumn("constructor_id")
      position = try reader.column("position")
      positionText = reader.optionalColumn("position_text")
      laps = try reader.column("laps")
      time = try reader.column("time_ms")
      penalty = try reader.column("time_penalty_ms")
      status = try reader.column("status")
    }

    func row(_ reader: CSVReader) throws(TimingError) -> Row {
      Row(
        driver: try reader.driver(driver), driverID: reader.text(driverID), number: try reader.count(number),
        constructorID: reader.text(constructor),
        classification: Classification(
          position: try reader.count(position), status: reader.text(status), laps: try reader.count(laps) ?? 0,
          timeMilliseconds: try reader.integer(time), penaltyMilliseconds: try reader.integer(penalty) ?? 0),
        didStart: reader.text(positionText) != "DNS")
    }
  }
}
