/// A row of `stints`.
struct OpenF1Stint: Sendable, Equatable {
  var number: Int
  var stint: Int
  var first: Int
  var last: Int
  var compound: String?
  /// Laps that the set had before its first lap here.
  var age: Int?

  init?(_ row: [String: JSONValue]) {
    guard let number = row["driver_number"]?.whole, let stint = row["stint_number"]?.whole,
      let first = row["lap_start"]?.whole, let last = row["lap_end"]?.whole
    else { return nil }
    self.number = number
    self.stint = stint
    self.first = first
    self.last = last
    compound = row["compound"]?.string.flatMap { ["UNKNOWN", "TEST_UNKNOWN"].contains($0) ? nil : $0 }
    age = row["tyre_age_at_start"]?.wholeOrPointZero
  }
}

/// A row of `pit`. Its date is that of the exit.
struct OpenF1PitStop: Sendable, Equatable {
  var number: Int
  var lap: Int
  var exitUTC: Int?
  /// Milliseconds in the pit lane; nil where unknown or absurd.
  var lane: Int?
  /// Milliseconds at a standstill.
  var stationary: Int?

  /// Longer than any race may last: what practice reports of a car that stands in its garage is no stop.
  private static let longest = 4 * 3_600_000

  init?(_ row: [String: JSONValue]) {
    guard let number = row["driver_number"]?.whole, let lap = row["lap_number"]?.whole else { return nil }
    self.number = number
    self.lap = lap
    exitUTC = row["date"]?.string.flatMap(UTCText.instant)
    lane = (row["lane_duration"]?.milliseconds ?? row["pit_duration"]?.milliseconds).flatMap {
      (1...OpenF1PitStop.longest).contains($0) ? $0 : nil
    }
    stationary = row["stop_duration"]?.milliseconds
  }
}

/// A row of `position`: a change of a car's place.
struct OpenF1Position: Sendable, Equatable {
  var number: Int
  var utc: Int
  var place: Int

  init?(_ row: [String: JSONValue]) {
    guard let number = row["driver_number"]?.whole, let utc = row["date"]?.string.flatMap(UTCText.instant),
      let place = row["position"]?.whole
    else { return nil }
    self.number = number
    self.utc = utc
    self.place = place
  }
}

extension RaceControlMessage {
  /// A row of `race_control`.
  init?(openF1 row: [String: JSONValue], origin: Int) {
    guard let text = row["message"]?.string else { return nil }
    let utc = row["date"]?.string.flatMap(UTCText.instant)
    self.init(
      utcMilliseconds: utc, sessionMilliseconds: utc.map { $0 - origin }, lap: row["lap_number"]?.whole,
      category: row["category"]?.string ?? "", flag: row["flag"]?.string, scope: row["scope"]?.string,
      sector: row["sector"]?.whole, number: row["driver_number"]?.whole, text: text)
  }
}

extension WeatherSample {
  /// A row of `weather`.
  init?(openF1 row: [String: JSONValue], origin: Int) {
    guard let utc = row["date"]?.string.flatMap(UTCText.instant) else { return nil }
    self.init(utc - origin, .null)
    airTemperature = row["air_temperature"]?.decimal
    trackTemperature = row["track_temperature"]?.decimal
    humidity = row["humidity"]?.decimal
    pressure = row["pressure"]?.decimal
    isRaining = row["rainfall"]?.truth
    windDirection = row["wind_direction"]?.wholeOrPointZero
    windSpeed = row["wind_speed"]?.decimal
  }
}

extension OfficialResults.Row {
  /// A row of `session_result`. Gaps are times behind the leader, or laps.
  init?(openF1 row: [String: JSONValue], kind: SessionKind) {
    guard let number = row["driver_number"]?.whole else { return nil }
    self.init(number: number)
    position = row["position"]?.whole
    laps = row["number_of_laps"]?.whole
    pointsHundredths = row["points"]?.decimal.map { Int(($0 * 100).rounded()) }
    let flags = ["dsq", "dns", "dnf"].filter { row[$0]?.truth == true }
    status = ["dsq": "Disqualified", "dns": "Did not start", "dnf": "Retired"][flags.first ?? ""] ?? "Finished"
    positionText = flags.isEmpty ? position.map { "\($0)" } ?? "" : ["dsq": "D", "dns": "W"][flags[0]] ?? "R"
    if kind.isQualifyingLike {
      let parts = row["duration"]?.indexed.map(\.value.milliseconds) ?? []
      (qualifying1, qualifying2, qualifying3) = (parts.at(0), parts.at(1), parts.at(2))
    } else if kind.isRaceLike {
      time = row["duration"]?.milliseconds
    }
  }
}

extension [Int?] {
  fileprivate func at(_ index: Int) -> Int? { index < count ? self[index] : nil }
}
