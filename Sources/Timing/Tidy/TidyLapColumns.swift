import Racing

/// The columns of a tidy laps file that are used.
struct TidyLapColumns {
  let season, round, driver, number, driverID, team, lap, time, timeSource: CSVReader.Column
  let sectors: [CSVReader.Column]
  let elapsed, position, stint, compound, tyreLife, pitIn, pitOut, status, deleted, generated, counted: CSVReader.Column

  init(_ reader: CSVReader) throws(TimingError) {
    season = try reader.column("season")
    round = try reader.column("round")
    driver = try reader.column("driver")
    number = reader.optionalColumn("driver_number")
    driverID = reader.optionalColumn("driver_id")
    team = try reader.column("team")
    lap = try reader.column("lap")
    time = try reader.column("lap_time_ms")
    timeSource = try reader.column("lap_time_src")
    sectors = ["s1_ms", "s2_ms", "s3_ms"].map { reader.optionalColumn($0) }
    elapsed = try reader.column("elapsed_ms")
    position = try reader.column("position")
    stint = reader.optionalColumn("stint")
    compound = try reader.column("compound")
    tyreLife = try reader.column("tyre_life")
    pitIn = try reader.column("pit_in_ms")
    pitOut = try reader.column("pit_out_ms")
    status = try reader.column("track_status")
    deleted = reader.optionalColumn("deleted")
    generated = reader.optionalColumn("generated")
    counted = try reader.column("counted")
  }

  /// The lap of the current row.
  func lap(_ reader: CSVReader, start: Int64) throws(TimingError) -> Lap {
    let lapNumber = try reader.requiredCount(lap)
    guard (1...mostLaps).contains(lapNumber) else { throw reader.bad(lap, "a lap from 1 to \(mostLaps)") }
    return Lap(
      number: lapNumber, timeMilliseconds: try reader.integer(time), timeSource: try source(reader),
      sectorMilliseconds: try sectorTimes(reader), elapsedMilliseconds: try reader.integer(elapsed),
      compound: try reader.compound(compound), tyreLife: try reader.tyreLife(tyreLife), stint: try reader.count(stint),
      pitInElapsedMilliseconds: try reader.integer(pitIn).map { $0 - start },
      pitOutElapsedMilliseconds: try reader.integer(pitOut).map { $0 - start }, trackStatus: try digits(reader),
      position: try reader.count(position), isGenerated: try reader.flag(generated) ?? false,
      isCounted: try reader.flag(counted) ?? true, isDeleted: try reader.flag(deleted) ?? false)
  }

  private func sectorTimes(_ reader: CSVReader) throws(TimingError) -> [Int64?] {
    [try reader.integer(sectors[0]), try reader.integer(sectors[1]), try reader.integer(sectors[2])]
  }

  private func source(_ reader: CSVReader) throws(TimingError) -> Lap.TimeSource {
    switch reader.text(timeSource) {
    case "", "timing": .timing
    case "ergast": .official
    case "derived": .derived
    default: throw reader.bad(timeSource, "timing, ergast or derived")
    }
  }

  private func digits(_ reader: CSVReader) throws(TimingError) -> String {
    guard let text = reader.trackStatusDigits(status) else { throw reader.bad(status, "track-status digits 1 to 7") }
    return text
  }
}

/// The note on ages below 0, which some feeds give after a set was named twice.
func impossibleTyreLife(_ driver: DriverCode, laps: Int) -> ImportNote {
  ImportNote(.repair, driver: driver, "a tyre age below 0 on \(laps) laps was taken as unknown")
}

extension CSVReader {
  /// The age of a set in laps; nil where it is empty or below 0.
  func tyreLife(_ column: Column) throws(TimingError) -> Int? {
    guard let age = try integer(column), age >= 0 else { return nil }
    return try count(column)
  }

  /// Track-status digits as they stand in the cell; nil when it holds anything else.
  func trackStatusDigits(_ column: Column) -> String? {
    let isValid = withBytes(column) { bytes in
      (0..<bytes.count).allSatisfy { (UInt8(ascii: "1")...UInt8(ascii: "7")).contains(bytes[$0]) }
    }
    return isValid ? text(column) : nil
  }
}
