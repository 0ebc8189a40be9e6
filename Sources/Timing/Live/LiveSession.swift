/// A session as F1's live timing tells it, read from its files.
///
/// What is malformed costs itself alone: the report counts and names it, and everything else is read.
public struct LiveSession: Sendable {
  /// What was read and what was skipped, a report for each input.
  public internal(set) var reports: [ReadingReport] = []
  /// Topics that laps, tyres or status need and that are not there.
  public internal(set) var missingTopics: [String] = []

  var topics = LiveTopics()
  /// Where each topic was read from.
  var files: [(part: String, file: InputFile.Source)] = []
  /// What is known beside the feed.
  public var facts = RaceFacts()
  /// What messages call the session.
  var label = "live timing"
  /// Answers of the results service that lie beside the topics.
  var official = OfficialResults()
  /// What the caller knows better than the feed.
  var givenKind: SessionKind?
  /// UTC of session time 0 where a recording tells it exactly.
  var recordedOrigin: Int?

  init() {}

  /// Reads every topic in a directory: `TimingData.jsonStream` and its like, packed or not, also in `raw/` below it.
  ///
  /// - Throws: `notFound` where there is no TimingData.
  public init(
    directory: String, kind: SessionKind? = nil, facts: RaceFacts = RaceFacts(),
    limits: ReadingLimits = ReadingLimits()
  ) throws(TimingError) {
    self.facts = facts
    label = directory
    var folder = Folder(path: directory, limits: limits)
    let below = Folder(path: folder.location("raw"), limits: limits)
    if !LiveSession.isSession(folder), LiveSession.isSession(below) { folder = below }
    guard LiveSession.isSession(folder) else {
      throw .notFound(path: directory, lookedFor: ["TimingData.jsonStream (a session of live timing)"])
    }
    givenKind = kind
    for topic in LiveTopics.names where topic != "TimingDataF1" || !folder.has("TimingData.jsonStream") {
      try readTopic(topic, in: folder)
    }
    official = OfficialResults(folder: folder)
  }

  /// The directory holds TimingData.
  static func isSession(_ folder: Folder) -> Bool {
    folder.has("TimingData.jsonStream") || folder.has("TimingDataF1.jsonStream")
  }

  /// A topic that cannot be read at all is missing; the session is not lost for it.
  private mutating func readTopic(_ topic: String, in folder: Folder) throws(TimingError) {
    let name = "\(topic).jsonStream"
    guard folder.has(name) else {
      if !LiveTopics.optional.contains(topic) { missingTopics.append(topic) }
      return
    }
    do {
      let file = try folder.file(name)
      files.append((topic, file.source))
      read(topic, file.bytes, input: file.path)
    } catch {
      var report = ReadingReport(input: folder.location(name))
      report.skip(line: 0, byteOffset: 0, "\(error)")
      reports.append(report)
      missingTopics.append(topic)
    }
  }

  /// Reads the bytes of a `.jsonStream`.
  mutating func read(_ topic: String, _ bytes: [UInt8], input: String) {
    guard !LiveSession.isPage(bytes) else {
      var report = ReadingReport(input: input)
      report.skip(line: 1, byteOffset: 0, "this is a web page and not timing data: the server answered with an error")
      reports.append(report)
      return
    }
    var lines = StreamLines(input: input)
    lines.take(bytes) { topics.read(topic, $0, &$1) }
    lines.finish { topics.read(topic, $0, &$1) }
    reports.append(lines.report)
  }

  private static func isPage(_ bytes: [UInt8]) -> Bool {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    return bytes.dropFirst(bytes.starts(with: mark) ? 3 : 0).first { $0 > 0x20 } == UInt8(ascii: "<")
  }
}

extension LiveSession {
  /// What kind of session it is; a session without `SessionInfo` is practice, unless it counts laps.
  public var kind: SessionKind {
    if let givenKind { return givenKind }
    let type = topics.info["Type"]?.string ?? ""
    let meeting = topics.info["Meeting"]?["Name"]?.string ?? ""
    if let kind = SessionKind(type: type, name: topics.info["Name"]?.string ?? "", meeting: meeting) { return kind }
    return topics.lapCounts.isEmpty ? .fp1 : .race
  }

  /// Every car's laps, car by car.
  public func laps(_ corrections: LapCorrections = .all) -> [[SessionLap]] {
    LapAssembly.laps(tables(corrections), corrections)
  }

  /// Race control's messages in the feed's order; nil where there is no such topic.
  public var messages: [RaceControlMessage]? {
    topics.messages.map { messages in messages.sorted { $0.key < $1.key }.map(\.value) }
  }

  /// The weather, about once a minute.
  public var weather: [WeatherSample] { topics.weather }

  /// Stops with the time at a standstill; only sessions since late 2024 have them.
  public var timedStops: [TimedStop] { topics.stops.sorted { ($0.time, $0.number) < ($1.time, $1.number) } }

  /// When the session was first announced as started.
  public var announcedStart: Int? { topics.statuses.first { $0.status == "Started" }?.time }

  /// Cars with their laps, aligned, and those whose shift is unknown.
  func alignedCars(_ corrections: LapCorrections) -> (cars: [CarLaps], unaligned: [Int]) {
    let isRecording = topics.timing.isRecording
    let built = topics.timing.cars.map { LapBuilding.laps(of: $0, joining: isRecording ? $0.joining : nil) }
    let parts = PersonalBests.partStarts(built)
    var cars = zip(built, topics.timing.cars).map { laps, car in
      CarAlignment.Car(
        laps: LapRepairs.repaired(laps, partStarts: parts, corrections),
        stream: car.stream.isAscending ? car.stream : car.stream.stablySorted)
    }
    let unaligned = CarAlignment.align(&cars, corrections)
    return (cars.map(\.laps), unaligned)
  }

  func tables(_ corrections: LapCorrections) -> SessionTables {
    var tables = SessionTables()
    tables.kind = kind
    tables.cars = alignedCars(corrections).cars
    tables.tyres = topics.tyres
    tables.firstSets = topics.firstSets
    tables.isRecording = topics.timing.isRecording
    if tables.isRecording {
      for car in topics.timing.cars { tables.joinedLaps[car.number] = car.joining.laps }
    }
    tables.drivers = drivers
    tables.statuses = topics.statuses
    tables.trackStatuses = topics.trackStatuses
    tables.messages = messages
    tables.totalLaps = topics.lapCounts.last { $0.total != nil }?.total
    tables.firstLapTimes = official.firstLapTimes
    tables.withdrawn = official.withdrawn(kind)
    return tables
  }

  /// The cars' list; a number that is declared twice is one car.
  var drivers: [Int: SessionTables.Driver] {
    var drivers: [Int: SessionTables.Driver] = [:]
    for (key, entry) in topics.driverList.members {
      guard let number = Int(key), entry["Tla"] != nil || entry["RacingNumber"] != nil else { continue }
      drivers[number] = SessionTables.Driver(
        number: number, code: entry["Tla"]?.string ?? "", firstName: entry["FirstName"]?.string ?? "",
        lastName: entry["LastName"]?.string ?? "", fullName: entry["FullName"]?.string ?? "",
        broadcastName: entry["BroadcastName"]?.string ?? "", team: entry["TeamName"]?.string ?? "",
        teamColour: entry["TeamColour"]?.string, countryCode: entry["CountryCode"]?.string)
    }
    return drivers
  }
}

extension [StreamRow] {
  fileprivate var isAscending: Bool {
    zip(self, dropFirst()).allSatisfy { $0.time <= $1.time }
  }

  fileprivate var stablySorted: [StreamRow] {
    enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }
}
