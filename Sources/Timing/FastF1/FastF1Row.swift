import Racing

/// One row of a FastF1 laps file: one lap of one car, on the session clock.
struct FastF1Row: Sendable {
  /// The line in the file.
  let line: Int
  /// Three-letter code; nil where the file names cars by number only.
  let code: DriverCode?
  let number: Int?
  let team: String
  let lapNumber: Int
  /// Session time at the end of the lap.
  let end: Int64?
  /// Session time at its beginning.
  let start: Int64?
  let lapTime: Int64?
  let sectors: [Int64?]
  let pitIn: Int64?
  let pitOut: Int64?
  let stint: Int?
  /// As the file names it; nil where it does not.
  let compoundName: String?
  /// Nil until the names of the whole event are known.
  var compound: Compound?
  let tyreLife: Int?
  let trackStatus: String
  let position: Int?
  let isGenerated: Bool
  let isDeleted: Bool
}

/// The columns of a FastF1 laps file that are used. Only `LapNumber`, `Time` and one of `Driver` and `DriverNumber` must
/// be there.
struct FastF1Columns {
  let round, event: CSVReader.Column
  let driver: CSVReader.Column
  let lapNumber: CSVReader.Column
  private let number, team, time, start, lapTime, pitIn, pitOut, stint, compound, tyreLife: CSVReader.Column
  private let sectors: [CSVReader.Column]
  private let status, position, generated, deleted: CSVReader.Column

  init(_ reader: CSVReader) throws(TimingError) {
    lapNumber = try reader.column("LapNumber")
    time = try reader.column("Time")
    number = reader.optionalColumn("DriverNumber")
    driver = number.isPresent ? reader.optionalColumn("Driver") : try reader.column("Driver")
    round = reader.optionalColumn("RoundNumber")
    event = reader.optionalColumn("EventName")
    team = reader.optionalColumn("Team")
    start = reader.optionalColumn("LapStartTime")
    lapTime = try reader.column("LapTime")
    sectors = ["Sector1Time", "Sector2Time", "Sector3Time"].map { reader.optionalColumn($0) }
    pitIn = try reader.column("PitInTime")
    pitOut = try reader.column("PitOutTime")
    stint = reader.optionalColumn("Stint")
    compound = try reader.column("Compound")
    tyreLife = try reader.column("TyreLife")
    status = reader.optionalColumn("TrackStatus")
    position = reader.optionalColumn("Position")
    generated = reader.optionalColumn("FastF1Generated")
    deleted = reader.optionalColumn("Deleted")
  }

  /// The current row.
  func row(_ reader: CSVReader) throws(TimingError) -> FastF1Row {
    guard let lap = try reader.wholeOrDecimal(lapNumber) else {
      throw .missingValue(reader.place(lapNumber), expected: "a lap number")
    }
    guard (0...mostLaps).contains(lap) else { throw reader.bad(lapNumber, "a lap from 1 to \(mostLaps)") }
    let code = reader.isNull(driver) ? nil : try reader.driver(driver)
    return FastF1Row(
      line: reader.line, code: code, number: try reader.wholeOrDecimal(number), team: reader.spelledText(team),
      lapNumber: lap, end: try reader.duration(time), start: try reader.duration(start),
      lapTime: try reader.duration(lapTime),
      sectors: [try reader.duration(sectors[0]), try reader.duration(sectors[1]), try reader.duration(sectors[2])],
      pitIn: try reader.duration(pitIn), pitOut: try reader.duration(pitOut),
      stint: try reader.wholeOrDecimal(stint), compoundName: try reader.spelledCompound(compound), compound: nil,
      tyreLife: try reader.wholeOrDecimal(tyreLife), trackStatus: try reader.spelledTrackStatus(status),
      position: try reader.wholeOrDecimal(position), isGenerated: try reader.spelledFlag(generated) ?? false,
      isDeleted: try reader.spelledFlag(deleted) ?? false)
  }
}
