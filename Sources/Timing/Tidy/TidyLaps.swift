import Racing

/// `laps/<race>.csv.gz`: every lap of one race, by driver.
struct TidyLaps {
  /// One driver's laps and what every row repeats of him.
  struct Driver {
    let code: DriverCode
    let number: Int?
    let driverID: String
    let team: String
    var laps: [Lap] = []
    var impossibleTyreLives = 0
    var lines: [Int: Int] = [:]
  }

  let provenance: Provenance
  /// In the order in which they first appear.
  private(set) var drivers: [Driver] = []

  private let columns: TidyLapColumns
  private let start: Int64
  private var indices: [DriverCode: Int] = [:]

  /// Reads the file; `start` is the session clock at the start of the race.
  init(_ file: InputFile, key: RaceKey, start: Int64, limits: ReadingLimits) throws(TimingError) {
    provenance = file.provenance(part: "laps", source: tidySource)
    var reader = try CSVReader(file, limits: limits)
    columns = try TidyLapColumns(reader)
    self.start = start
    while try reader.next() { try read(reader, key: key) }
    if drivers.isEmpty { throw .noLaps(source: file.path) }
  }

  private mutating func read(_ reader: CSVReader, key: RaceKey) throws(TimingError) {
    guard try reader.raceKey(columns.season, columns.round) == key else {
      throw reader.bad(columns.round, "round \(key.round) of season \(key.season), as the file's name says")
    }
    let index = try index(reader)
    let lap = try columns.lap(reader, start: start)
    if let first = drivers[index].lines.updateValue(reader.line, forKey: lap.number) {
      throw .duplicateLap(
        reader.place(columns.lap), driver: "\(drivers[index].code)", lap: lap.number, firstLine: first)
    }
    drivers[index].laps.append(lap)
    if lap.tyreLife == nil, !reader.isEmpty(columns.tyreLife) { drivers[index].impossibleTyreLives += 1 }
  }

  /// What was put right in the rows.
  var notes: [ImportNote] {
    drivers.filter { $0.impossibleTyreLives > 0 }.map { impossibleTyreLife($0.code, laps: $0.impossibleTyreLives) }
  }

  private mutating func index(_ reader: CSVReader) throws(TimingError) -> Int {
    let code = try reader.driver(columns.driver)
    if let known = indices[code] { return known }
    indices[code] = drivers.count
    drivers.append(
      Driver(
        code: code, number: try reader.count(columns.number), driverID: reader.text(columns.driverID),
        team: reader.text(columns.team)))
    return drivers.count - 1
  }
}
