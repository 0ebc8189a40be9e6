/// What a feed has said so far, topic by topic. Lines may come from files or from a recording, one at a time.
struct LiveTopics: Sendable {
  /// Later lists name the cars of other series: everything but a car's line is fixed from then on.
  static let driverListFreeze = 3_600_000

  /// The topics that are read.
  static let names = [
    "SessionInfo", "DriverList", "SessionStatus", "TrackStatus", "RaceControlMessages", "LapCount", "TimingData",
    "TimingDataF1", "TimingAppData", "WeatherData", "SessionData", "Heartbeat", "PitLaneTimeCollection",
    "PitStop", "PitStopSeries",
  ]

  /// Topics whose absence takes nothing away: TimingData has two names, and stops are timed since late 2024 only.
  static let optional: Set = ["TimingData", "TimingDataF1", "PitStop", "PitStopSeries"]

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
  /// Stops with the time at a standstill, late 2024 on.
  private(set) var stops: [TimedStop] = []
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
    case "PitStop": takeStop(time, value)
    case "PitStopSeries":
      for list in (value["PitTimes"]?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
        for (_, entry) in list.value.indexed { if let stop = entry["PitStop"] { takeStop(time, stop) } }
      }
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
      tyres[number] = patches.filter { $0.key == current }.map { patch in
        var joined = patch
        // Laps on the set when the recording began, instead of when it was fitted.
        joined.startLaps = patch.totalLaps ?? patch.startLaps
        return joined
      }
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

  /// A stop is told by two topics; what says nothing new is the same stop.
  private mutating func takeStop(_ time: Int, _ value: JSONValue) {
    guard let number = value["RacingNumber"]?.whole, let lap = value["Lap"]?.whole else { return }
    let stop = TimedStop(
      time: time, number: number, lap: lap, lane: value["PitLaneTime"]?.milliseconds,
      stationary: value["PitStopTime"]?.milliseconds)
    if let index = stops.firstIndex(where: { $0.number == number && $0.lap == lap }) {
      stops[index].lane = stop.lane ?? stops[index].lane
      stops[index].stationary = stop.stationary ?? stops[index].stationary
    } else {
      stops.append(stop)
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
