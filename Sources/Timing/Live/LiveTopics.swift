/// What a feed has said so far, topic by topic. Lines may come from files or from a recording, one at a time.
struct LiveTopics: Sendable {
  /// Later lists name the cars of other series: everything but a car's line is fixed from then on.
  static let driverListFreeze = 3_600_000

  /// The topics that are read.
  static let names = [
    "SessionInfo", "DriverList", "SessionStatus", "TrackStatus", "RaceControlMessages", "LapCount", "TimingData",
    "TimingDataF1", "TimingAppData", "WeatherData", "SessionData", "Heartbeat", "PitLaneTimeCollection",
  ]

  /// TimingData's cars.
  var timing = TimingDataTopic()
  /// Tyre messages by car number.
  private(set) var tyres: [Int: [TyrePatch]] = [:]
  /// The set on each car when a recording began in mid-session.
  private(set) var firstSets: [Int: Int] = [:]
  /// Grid slots by car number.
  private(set) var grid: [Int: Int] = [:]
  private(set) var info: JSONValue = .null
  private(set) var driverList: JSONValue = .null
  var statuses: [(time: Int, status: String)] = []
  var trackStatuses: [(time: Int, code: String)] = []
  /// Messages by the feed's index; nil until there is one.
  private(set) var messages: [Int: RaceControlMessage]?
  private(set) var weather: [WeatherSample] = []
  private(set) var lapCounts: [(time: Int, current: Int?, total: Int?)] = []
  private(set) var sessionData: JSONValue = .null
  /// The largest difference of UTC and session time over heartbeats.
  private(set) var heartbeatOrigin: Int?
  /// Official times in the pit lane.
  private(set) var pitLaneTimes: [PitLaneTime] = []

  /// Reads one line of a topic; false where it is malformed. Unknown topics are accepted and ignored.
  mutating func read(_ topic: String, _ time: Int, _ object: inout JSONScanner) -> Bool {
    if topic == "TimingData" || topic == "TimingDataF1" { return timing.read(time, &object) }
    guard LiveTopics.names.contains(topic) else {
      object.skipValue()
      return object.isAtEnd()
    }
    let value = object.value()
    guard object.isAtEnd(), case .object = value else { return false }
    take(topic, time, value)
    return true
  }

  private mutating func take(_ topic: String, _ time: Int, _ value: JSONValue) {
    switch topic {
    case "SessionInfo": info.merge(value)
    case "DriverList": takeDrivers(time, value)
    case "SessionStatus": if let status = value["Status"]?.string { statuses.append((time, status)) }
    case "TrackStatus": if let code = value["Status"]?.string { trackStatuses.append((time, code)) }
    case "RaceControlMessages": takeMessages(time, value)
    case "LapCount": lapCounts.append((time, value["CurrentLap"]?.whole, value["TotalLaps"]?.whole))
    case "TimingAppData": takeTyres(time, value)
    case "WeatherData": weather.append(WeatherSample(time, value))
    case "SessionData": sessionData.merge(value)
    case "Heartbeat":
      if let utc = value["Utc"]?.string.flatMap(UTCText.instant) {
        heartbeatOrigin = max(heartbeatOrigin ?? .min, utc - time)
      }
    case "PitLaneTimeCollection": takePitLaneTimes(time, value)
    default: break
    }
  }

  private mutating func takeDrivers(_ time: Int, _ value: JSONValue) {
    guard time >= Self.driverListFreeze, case .object = driverList else {
      driverList.merge(value)
      return
    }
    for (number, change) in value.members where driverList[number] != nil {
      guard let line = change["Line"] else { continue }
      driverList.merge(.object([number: .object(["Line": line])]))
    }
  }

  private mutating func takeMessages(_ time: Int, _ value: JSONValue) {
    guard let list = value["Messages"] else { return }
    for (index, message) in list.indexed {
      guard let text = message["Message"]?.string else { continue }
      messages = messages ?? [:]
      messages?[index] = RaceControlMessage(
        utcMilliseconds: message["Utc"]?.string.flatMap(UTCText.instant), sessionMilliseconds: time,
        lap: message["Lap"]?.whole, category: message["Category"]?.string ?? "", flag: message["Flag"]?.string,
        scope: message["Scope"]?.string, sector: message["Sector"]?.whole, number: message["RacingNumber"]?.whole,
        status: message["Status"]?.string, mode: message["Mode"]?.string, text: text)
    }
  }

  /// Of the sets that a state lists only the one on the car counts: the laps on the others are over.
  mutating func keepCurrentSets() {
    for (number, patches) in tyres {
      guard let current = patches.last?.key else { continue }
      tyres[number] = patches.filter { $0.key == current }
      firstSets[number] = current
    }
  }

  private mutating func takeTyres(_ time: Int, _ value: JSONValue) {
    for (key, line) in value["Lines"]?.members ?? [:] {
      guard let number = Int(key) else { continue }
      if let slot = line["GridPos"]?.whole { grid[number] = slot }
      for (index, stint) in line["Stints"]?.indexed ?? [] {
        tyres[number, default: []].append(
          TyrePatch(
            time: time, key: index, compound: stint["Compound"]?.string, startLaps: stint["StartLaps"]?.whole,
            isNew: stint["New"]?.truth, isUnchanged: stint["TyresNotChanged"]?.truth,
            totalLaps: stint["TotalLaps"]?.whole))
      }
    }
  }

  private mutating func takePitLaneTimes(_ time: Int, _ value: JSONValue) {
    for (key, entry) in value["PitTimes"]?.members ?? [:] {
      guard let number = Int(key), let duration = entry["Duration"]?.string.flatMap({ ClockText.duration($0) }) else {
        continue
      }
      pitLaneTimes.append(PitLaneTime(time: time, number: number, lap: entry["Lap"]?.whole, duration: duration))
    }
    pitLaneTimes.sort { ($0.time, $0.number) < ($1.time, $1.number) }
  }
}

/// A car's official time in the pit lane.
struct PitLaneTime: Sendable, Equatable {
  var time: Int
  var number: Int
  var lap: Int?
  var duration: Int
}

/// The weather at a moment. Nil is unknown.
public struct WeatherSample: Sendable, Equatable {
  /// Session time in milliseconds.
  public var sessionMilliseconds: Int
  /// Degrees Celsius.
  public var airTemperature, trackTemperature: Double?
  /// Percent.
  public var humidity: Double?
  /// Hectopascal.
  public var pressure: Double?
  /// It rains.
  public var isRaining: Bool?
  /// Degrees.
  public var windDirection: Int?
  /// Metres a second.
  public var windSpeed: Double?

  init(_ time: Int, _ value: JSONValue) {
    sessionMilliseconds = time
    airTemperature = value["AirTemp"]?.decimal
    trackTemperature = value["TrackTemp"]?.decimal
    humidity = value["Humidity"]?.decimal
    pressure = value["Pressure"]?.decimal
    isRaining = value["Rainfall"]?.truth
    windDirection = value["WindDirection"]?.whole
    windSpeed = value["WindSpeed"]?.decimal
  }
}
