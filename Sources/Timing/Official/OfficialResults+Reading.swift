extension OfficialResults {
  /// Takes one answer of the service in. Pages may come in any order: laps that are split over two are merged.
  /// Returns false where the answer has no races.
  @discardableResult
  mutating func read(_ answer: JSONValue) -> Bool {
    guard case .array(let races) = answer["MRData"]?["RaceTable"]?["Races"], !races.isEmpty else { return false }
    for race in races { readRace(race) }
    return true
  }

  /// Takes one race of an answer in, whatever it lists.
  mutating func readRace(_ race: JSONValue) {
    season = race["season"]?.whole ?? season
    round = race["round"]?.whole ?? round
    raceName = race["raceName"]?.string ?? raceName
    circuitID = race["Circuit"]?["circuitId"]?.string ?? circuitID
    date = race["date"]?.string ?? date
    for list in List.allCases {
      guard case .array(let entries) = race[list.rawValue] else { continue }
      merge(entries.compactMap(OfficialResults.row), into: list)
    }
    for (_, lap) in race["Laps"]?.indexed ?? [] { readLap(lap) }
    merge((race["PitStops"]?.indexed ?? []).compactMap { OfficialPitStop($0.value) })
  }

  mutating func merge(_ rows: [Row], into list: List) {
    var merged = lists[list] ?? []
    for row in rows {
      if let index = merged.firstIndex(where: { $0.number == row.number && $0.driverID == row.driverID }) {
        merged[index] = row
      } else {
        merged.append(row)
      }
    }
    lists[list] = merged.sorted { ($0.position ?? .max, $0.number) < ($1.position ?? .max, $1.number) }
  }

  mutating func merge(_ stops: [OfficialPitStop]) {
    for stop in stops {
      pitStops.removeAll { $0.driverID == stop.driverID && $0.stop == stop.stop }
      pitStops.append(stop)
    }
    pitStops.sort { ($0.driverID, $0.stop) < ($1.driverID, $1.stop) }
  }

  private mutating func readLap(_ lap: JSONValue) {
    guard let number = lap["number"]?.whole, case .array(let timings) = lap["Timings"] else { return }
    for timing in timings {
      guard let driver = timing["driverId"]?.string else { continue }
      if let time = timing["time"]?.string.flatMap({ ClockText.duration($0) }) {
        lapTimes[number, default: [:]][driver] = time
      }
      if let place = timing["position"]?.whole { lapPositions[number, default: [:]][driver] = place }
    }
  }

  private static func row(_ entry: JSONValue) -> Row? {
    guard let number = entry["number"]?.whole else { return nil }
    var row = Row(number: number)
    let driver = entry["Driver"]
    row.driverID = driver?["driverId"]?.string ?? ""
    row.code = driver?["code"]?.string ?? ""
    row.name = [driver?["givenName"]?.string, driver?["familyName"]?.string].compactMap { $0 }.joined(separator: " ")
    row.constructorID = entry["Constructor"]?["constructorId"]?.string ?? ""
    row.constructor = entry["Constructor"]?["name"]?.string ?? ""
    row.position = entry["position"]?.whole
    row.positionText = entry["positionText"]?.string ?? ""
    row.permanentNumber = driver?["permanentNumber"]?.whole
    row.fastestLap = entry["FastestLap"]?["lap"]?.whole
    row.fastestLapTime = entry["FastestLap"]?["Time"]?["time"]?.string.flatMap { ClockText.duration($0) }
    row.grid = entry["grid"]?.whole
    row.laps = entry["laps"]?.whole
    row.status = entry["status"]?.string ?? ""
    row.pointsHundredths = entry["points"]?.decimal.map { Int(($0 * 100).rounded()) }
    row.time = entry["Time"]?["millis"]?.whole
    row.qualifying1 = entry["Q1"]?.string.flatMap { ClockText.duration($0) }
    row.qualifying2 = entry["Q2"]?.string.flatMap { ClockText.duration($0) }
    row.qualifying3 = entry["Q3"]?.string.flatMap { ClockText.duration($0) }
    return row
  }
}

extension OfficialResults {
  /// Takes one page in, whatever it lists. Returns false where the bytes are no answer of the service or hold no races:
  /// both are ordinary, and nothing changes.
  @discardableResult
  public mutating func read(page: [UInt8]) -> Bool {
    JSONValue(page).map { read($0) } ?? false
  }
}
