/// Reads the CSV files of FastF1's intermediate tables.
enum IntermediateReading {
  /// `timing_laps.csv`: the cars in the order of the file.
  static func laps(_ file: InputFile, limits: ReadingLimits) throws(TimingError) -> [CarLaps] {
    var reader = try CSVReader(file, limits: limits)
    let columns = try IntermediateLapColumns(reader)
    var cars: [CarLaps] = []
    var indexes: [Int: Int] = [:]
    while try reader.next() {
      guard let number = try reader.wholeOrDecimal(columns.driver) else { continue }
      let index = indexes[number] ?? cars.count
      if index == cars.count {
        cars.append(CarLaps(number: number))
        indexes[number] = index
      }
      cars[index].laps.append(try columns.lap(reader))
    }
    return cars
  }

  /// `timing_app_data.csv`. Old FastF1 wrote a missing `New` as False and spoiled `TyresNotChanged`: the former is
  /// believed beside a compound only, the latter never.
  static func tyres(_ file: InputFile, limits: ReadingLimits) throws(TimingError) -> [Int: [TyrePatch]] {
    var reader = try CSVReader(file, limits: limits)
    let driver = try reader.column("Driver")
    let (time, stint) = (try reader.column("Time"), try reader.column("Stint"))
    let compound = reader.optionalColumn("Compound")
    let (isNew, startLaps) = (reader.optionalColumn("New"), reader.optionalColumn("StartLaps"))
    let totalLaps = reader.optionalColumn("TotalLaps")
    var tyres: [Int: [TyrePatch]] = [:]
    while try reader.next() {
      guard let number = try reader.wholeOrDecimal(driver), let key = try reader.wholeOrDecimal(stint),
        let at = try reader.duration(time)
      else { continue }
      let name = reader.spelledText(compound).nonEmpty
      tyres[number, default: []].append(
        TyrePatch(
          time: Int(at), key: key, compound: name, startLaps: try reader.wholeOrDecimal(startLaps),
          isNew: try reader.spelledFlag(isNew), totalLaps: try reader.wholeOrDecimal(totalLaps)))
    }
    return tyres
  }

  /// `Time` and `Status` of `session_status_data.csv` and `track_status_data.csv`.
  static func announcements(
    _ file: InputFile, limits: ReadingLimits
  ) throws(TimingError) -> [(time: Int, text: String)] {
    var reader = try CSVReader(file, limits: limits)
    let time = try reader.column("Time")
    let status = try reader.column("Status")
    var announcements: [(time: Int, text: String)] = []
    while try reader.next() {
      guard let at = try reader.duration(time), let text = reader.spelledText(status).nonEmpty else { continue }
      announcements.append((Int(at), text))
    }
    return announcements
  }

  /// `race_control_messages.csv`.
  static func messages(_ file: InputFile, limits: ReadingLimits) throws(TimingError) -> [RaceControlMessage] {
    var reader = try CSVReader(file, limits: limits)
    let text = try reader.column("Message")
    let time = reader.optionalColumn("Time")
    let lap = reader.optionalColumn("Lap")
    let category = reader.optionalColumn("Category")
    let number = reader.optionalColumn("RacingNumber")
    var messages: [RaceControlMessage] = []
    while try reader.next() {
      messages.append(
        RaceControlMessage(
          utcMilliseconds: UTCText.instant(reader.text(time)), lap: try reader.wholeOrDecimal(lap),
          category: reader.spelledText(category), number: try reader.wholeOrDecimal(number), text: reader.text(text)))
    }
    return messages
  }

  /// The last `TotalLaps` of `lap_count.csv`.
  static func totalLaps(_ file: InputFile, limits: ReadingLimits) throws(TimingError) -> Int? {
    var reader = try CSVReader(file, limits: limits)
    let total = try reader.column("TotalLaps")
    var latest: Int?
    while try reader.next() { latest = try reader.wholeOrDecimal(total) ?? latest }
    return latest
  }
}

/// The columns of `timing_laps.csv`.
struct IntermediateLapColumns {
  let driver: CSVReader.Column
  private let time, lapTime, number, stops, pitOut, pitIn, best: CSVReader.Column
  private let sectors, sectorEnds, speeds: [CSVReader.Column]

  init(_ reader: CSVReader) throws(TimingError) {
    driver = try reader.column("Driver")
    time = try reader.column("Time")
    lapTime = try reader.column("LapTime")
    number = try reader.column("NumberOfLaps")
    stops = reader.optionalColumn("NumberOfPitStops")
    pitOut = try reader.column("PitOutTime")
    pitIn = try reader.column("PitInTime")
    best = reader.optionalColumn("IsPersonalBest")
    sectors = ["Sector1Time", "Sector2Time", "Sector3Time"].map { reader.optionalColumn($0) }
    sectorEnds = ["Sector1SessionTime", "Sector2SessionTime", "Sector3SessionTime"].map { reader.optionalColumn($0) }
    speeds = ["SpeedI1", "SpeedI2", "SpeedFL", "SpeedST"].map { reader.optionalColumn($0) }
  }

  /// The current row.
  func lap(_ reader: CSVReader) throws(TimingError) -> TimedLap {
    var lap = TimedLap()
    lap.end = try reader.duration(time).map { Int($0) }
    lap.number = try reader.wholeOrDecimal(number) ?? 0
    lap.stops = try reader.wholeOrDecimal(stops) ?? 0
    lap.time = try reader.duration(lapTime).map { .value(Int($0)) } ?? .unset
    for index in 0..<3 {
      lap.sectors[index] = try reader.duration(sectors[index]).map { Int($0) }
      lap.sectorEnds[index] = try reader.duration(sectorEnds[index]).map { Int($0) }
    }
    lap.speedI1 = try reader.wholeOrDecimal(speeds[0])
    lap.speedI2 = try reader.wholeOrDecimal(speeds[1])
    lap.speedFL = try reader.wholeOrDecimal(speeds[2])
    lap.speedST = try reader.wholeOrDecimal(speeds[3])
    lap.pitIn = try reader.duration(pitIn).map { Int($0) }
    lap.pitOut = try reader.duration(pitOut).map { Int($0) }
    lap.isPersonalBest = try reader.spelledFlag(best) ?? false
    return lap
  }
}
