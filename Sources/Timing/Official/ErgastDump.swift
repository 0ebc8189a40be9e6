/// The tables of the Ergast database as CSV files: one dump holds every season.
public struct ErgastDump: Sendable {
  /// Rows read and skipped, a report for each table.
  public private(set) var reports: [ReadingReport] = []

  private var tables: [String: LooseTable] = [:]

  private static let names = [
    "races", "results", "sprint_results", "qualifying", "pit_stops", "lap_times", "drivers", "constructors", "circuits",
    "status", "safety_cars", "red_flags",
  ]

  /// The tables in a directory, packed or not.
  ///
  /// - Throws: `notFound` where there is no `races.csv` with Ergast's columns; errors of reading a file.
  public init(directory: String, limits: ReadingLimits = ReadingLimits()) throws(TimingError) {
    let folder = Folder(path: directory, limits: limits)
    for name in ErgastDump.names {
      guard let file = try folder.optionalFile(name + ".csv") else { continue }
      take(name, LooseTable(file.bytes, input: file.path))
    }
    guard tables["races"]?.has("raceId") == true else {
      throw .notFound(path: directory, lookedFor: ["races.csv with raceId (the dump of Ergast)"])
    }
  }

  /// Tables that are in memory, by name without `.csv`.
  public init(tables files: [String: [UInt8]]) {
    for name in ErgastDump.names {
      if let bytes = files[name] { take(name, LooseTable(bytes, input: name)) }
    }
  }

  private mutating func take(_ name: String, _ table: LooseTable) {
    tables[name] = table
    reports.append(table.report)
  }

  /// The seasons that it lists.
  public var seasons: [Int] {
    guard let races = tables["races"] else { return [] }
    return Set(races.rows.compactMap { races.whole("year", $0) }).sorted()
  }

  /// The rounds of a season that it lists.
  public func rounds(season: Int) -> [Int] {
    guard let races = tables["races"] else { return [] }
    return races.rows.filter { races.whole("year", $0) == season }.compactMap { races.whole("round", $0) }.sorted()
  }

  /// What it says of one race; nil where it does not list it.
  public func results(season: Int, round: Int) -> OfficialResults? {
    guard let races = tables["races"],
      let race = races.rows.first(where: { races.whole("year", $0) == season && races.whole("round", $0) == round }),
      let raceID = races.text("raceId", race)
    else { return nil }
    var results = OfficialResults()
    (results.season, results.round) = (season, round)
    results.raceName = races.text("name", race)
    results.date = races.text("date", race)
    results.circuitID = races.text("circuitId", race).flatMap { reference("circuits", "circuitId", $0, "circuitRef") }
    for (name, list) in [
      ("results", OfficialResults.List.race), ("sprint_results", .sprint), ("qualifying", .qualifying),
    ] {
      guard let table = tables[name] else { continue }
      let rows = table.rows.filter { table.text("raceId", $0) == raceID }.compactMap { row($0, table) }
      if !rows.isEmpty { results.merge(rows, into: list) }
    }
    results.merge(stops(raceID))
    readLaps(raceID, &results)
    return results
  }

  /// Safety cars of a race by its name with the year in front, as laps on which each came out and went in.
  public func safetyCars(season: Int, name: String) -> [(deployed: Int, retreated: Int?)] {
    guard let table = tables["safety_cars"] else { return [] }
    return table.rows.filter { table.text("Race", $0) == "\(season) \(name)" }.compactMap { row in
      guard let deployed = table.text("Deployed", row).flatMap({ Double($0) }) else { return nil }
      return (Int(deployed), table.text("Retreated", row).flatMap { Double($0) }.map { Int($0) })
    }
  }

  private func row(_ cells: [String], _ table: LooseTable) -> OfficialResults.Row? {
    guard let number = table.whole("number", cells), let driver = table.text("driverId", cells) else { return nil }
    var row = OfficialResults.Row(number: number)
    row.driverID = reference("drivers", "driverId", driver, "driverRef") ?? ""
    row.code = reference("drivers", "driverId", driver, "code") ?? ""
    let names = [
      reference("drivers", "driverId", driver, "forename"), reference("drivers", "driverId", driver, "surname"),
    ]
    row.name = names.compactMap { $0 }.joined(separator: " ")
    if let constructor = table.text("constructorId", cells) {
      row.constructorID = reference("constructors", "constructorId", constructor, "constructorRef") ?? ""
      row.constructor = reference("constructors", "constructorId", constructor, "name") ?? ""
    }
    row.position = table.whole("positionOrder", cells) ?? table.whole("position", cells)
    row.positionText = table.text("positionText", cells) ?? ""
    row.grid = table.whole("grid", cells)
    row.laps = table.whole("laps", cells)
    row.status = table.text("statusId", cells).flatMap { reference("status", "statusId", $0, "status") } ?? ""
    row.pointsHundredths = table.text("points", cells).flatMap { Double($0) }.map { Int(($0 * 100).rounded()) }
    row.time = table.whole("milliseconds", cells)
    row.fastestLap = table.whole("fastestLap", cells)
    row.fastestLapTime = table.text("fastestLapTime", cells).flatMap { ClockText.duration($0) }
    let parts = ["q1", "q2", "q3"].map { table.text($0, cells).flatMap { ClockText.duration($0) } }
    (row.qualifying1, row.qualifying2, row.qualifying3) = (parts[0], parts[1], parts[2])
    return row
  }

  private func stops(_ raceID: String) -> [OfficialPitStop] {
    guard let table = tables["pit_stops"] else { return [] }
    return table.rows.filter { table.text("raceId", $0) == raceID }.compactMap { row in
      guard let driver = table.text("driverId", row), let lap = table.whole("lap", row),
        let stop = table.whole("stop", row)
      else { return nil }
      return OfficialPitStop(
        driverID: reference("drivers", "driverId", driver, "driverRef") ?? "", lap: lap, stop: stop,
        clock: table.text("time", row), lane: table.text("duration", row))
    }
  }

  private func readLaps(_ raceID: String, _ results: inout OfficialResults) {
    guard let table = tables["lap_times"] else { return }
    for row in table.rows where table.text("raceId", row) == raceID {
      guard let driver = table.text("driverId", row), let lap = table.whole("lap", row) else { continue }
      let name = reference("drivers", "driverId", driver, "driverRef") ?? ""
      if let time = table.whole("milliseconds", row) { results.lapTimes[lap, default: [:]][name] = time }
      if let place = table.whole("position", row) { results.lapPositions[lap, default: [:]][name] = place }
    }
  }

  /// A cell of the row with that identifier in another table.
  private func reference(_ name: String, _ key: String, _ identifier: String, _ column: String) -> String? {
    guard let table = tables[name], let row = table.rows.first(where: { table.text(key, $0) == identifier }) else {
      return nil
    }
    return table.text(column, row)
  }
}
