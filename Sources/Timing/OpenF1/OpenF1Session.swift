import FoundationEssentials

/// A session as OpenF1 tells it, read from saved answers.
public struct OpenF1Session: Sendable {
  /// F1's own key of the session.
  public private(set) var key: Int?
  /// Rows of `laps` in their order.
  public private(set) var rows: [OpenF1Lap] = []
  /// What was read and what was skipped, a report for each input.
  public private(set) var reports: [ReadingReport] = []
  /// What is known beside the answers.
  public var facts = RaceFacts()

  var label = "openf1"
  var files: [(part: String, file: InputFile.Source)] = []
  private(set) var stints: [OpenF1Stint] = []
  private(set) var stops: [OpenF1PitStop] = []
  private(set) var positions: [OpenF1Position] = []
  private(set) var drivers: [Int: SessionTables.Driver] = [:]
  private(set) var info: [String: JSONValue] = [:]
  private(set) var meeting: [String: JSONValue] = [:]
  private(set) var givenKind: SessionKind?
  private var messageRows: [[String: JSONValue]]?
  private var resultRows: [[String: JSONValue]] = []
  private var gridRows: [[String: JSONValue]] = []
  private var weatherRows: [[String: JSONValue]] = []

  /// The endpoints that are read, each under the name that its answer is saved under.
  public static var endpointNames: [String] { endpoints.map(\.endpoint) }

  /// The endpoints that are read, and the names that their answers are saved under.
  static let endpoints: [(endpoint: String, names: [String])] = [
    ("laps", ["laps"]), ("stints", ["stints"]), ("pit", ["pit", "pit_stops", "pits"]),
    ("position", ["position", "positions"]), ("drivers", ["drivers"]), ("sessions", ["sessions", "session"]),
    ("meetings", ["meetings", "meeting"]), ("race_control", ["race_control"]),
    ("session_result", ["session_result", "session_results"]), ("starting_grid", ["starting_grid"]),
    ("weather", ["weather"]),
  ]

  /// The answers in a directory, named by their endpoint: `laps.json`, `laps.csv`, packed or not. Where they hold several
  /// sessions, `sessionKey` says which; nil means the one with most laps.
  ///
  /// - Throws: `notFound` where there are no laps; errors of reading a file.
  public init(
    directory: String, sessionKey: Int? = nil, kind: SessionKind? = nil, facts: RaceFacts = RaceFacts(),
    limits: ReadingLimits = ReadingLimits()
  ) throws(TimingError) {
    let folder = Folder(path: directory, limits: limits)
    guard OpenF1Session.isSession(folder) else {
      throw .notFound(path: directory, lookedFor: ["laps.json or laps.csv of OpenF1"])
    }
    var answers: [String: [UInt8]] = [:]
    var sources: [(part: String, file: InputFile.Source)] = []
    for (endpoint, names) in OpenF1Session.endpoints {
      for name in names.flatMap({ [$0 + ".json", $0 + ".csv"] }) where answers[endpoint] == nil {
        guard let file = try folder.optionalFile(name) else { continue }
        answers[endpoint] = file.bytes
        sources.append((endpoint, file.source))
      }
    }
    self.init(answers: answers, sessionKey: sessionKey, kind: kind)
    files = sources
    label = directory
    self.facts = facts
  }

  /// Answers that are in memory, by endpoint.
  public init(answers: [String: [UInt8]], sessionKey: Int? = nil, kind: SessionKind? = nil) {
    givenKind = kind
    var tables: [String: [[String: JSONValue]]] = [:]
    for (endpoint, _) in OpenF1Session.endpoints {
      guard let bytes = answers[endpoint] else { continue }
      let read = OpenF1Rows(bytes, input: endpoint)
      reports.append(read.report)
      tables[endpoint] = read.rows
    }
    let lapRows = tables["laps"] ?? []
    key = sessionKey ?? OpenF1Session.commonestKey(lapRows)
    let meetingKey = lapRows.first { $0["session_key"]?.whole == key }?["meeting_key"]?.whole
    rows = own(lapRows).compactMap(OpenF1Lap.init)
    stints = own(tables["stints"]).compactMap(OpenF1Stint.init)
    stops = own(tables["pit"]).compactMap(OpenF1PitStop.init)
    positions = own(tables["position"]).compactMap(OpenF1Position.init)
    info = own(tables["sessions"]).first ?? [:]
    meeting = (tables["meetings"] ?? []).first { $0["meeting_key"]?.whole == meetingKey } ?? [:]
    messageRows = tables["race_control"].map { own($0) }
    resultRows = own(tables["session_result"])
    gridRows = tables["starting_grid"] ?? []
    weatherRows = own(tables["weather"])
    takeDrivers(own(tables["drivers"]))
  }

  /// The directory holds laps of OpenF1.
  static func isSession(_ folder: Folder) -> Bool {
    for name in ["laps.json", "laps.csv"] {
      guard let file = try? folder.optionalFile(name) else { continue }
      let head = String(decoding: file.bytes.prefix(4_096), as: UTF8.self)
      if head.contains("driver_number"), head.contains("lap_number") { return true }
    }
    return false
  }

  /// Rows of the session; rows without a key belong to it.
  private func own(_ rows: [[String: JSONValue]]?) -> [[String: JSONValue]] {
    (rows ?? []).filter { row in row["session_key"]?.whole.map { $0 == key } ?? true }
  }

  private static func commonestKey(_ rows: [[String: JSONValue]]) -> Int? {
    let counts = Dictionary(rows.compactMap { $0["session_key"]?.whole }.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  private mutating func takeDrivers(_ rows: [[String: JSONValue]]) {
    for row in rows {
      guard let number = row["driver_number"]?.whole else { continue }
      drivers[number] = SessionTables.Driver(
        number: number, code: row["name_acronym"]?.string ?? "", firstName: row["first_name"]?.string ?? "",
        lastName: row["last_name"]?.string ?? "", fullName: row["full_name"]?.string ?? "",
        broadcastName: row["broadcast_name"]?.string ?? "", team: row["team_name"]?.string ?? "",
        teamColour: row["team_colour"]?.string, countryCode: row["country_code"]?.string)
    }
  }
}

extension OpenF1Session {
  /// What kind of session it is. Its names are F1's, but the service calls some sprints a Sprint Qualifying: give the kind
  /// where a season index tells it.
  public var kind: SessionKind {
    if let givenKind { return givenKind }
    let kind = SessionKind(
      type: info["session_type"]?.string ?? "", name: info["session_name"]?.string ?? "",
      meeting: meeting["meeting_name"]?.string ?? "")
    return kind ?? .race
  }

  /// UTC of session time 0: the scheduled start, else the first lap that has a beginning.
  public var utcOrigin: Int {
    info["date_start"]?.string.flatMap(UTCText.instant) ?? rows.compactMap(\.startUTC).min() ?? 0
  }

  /// Race control's messages; nil where the endpoint is missing.
  public var messages: [RaceControlMessage]? {
    messageRows.map { rows in rows.compactMap { RaceControlMessage(openF1: $0, origin: utcOrigin) } }
  }

  /// The weather, about once a minute, in the order of time.
  public var weather: [WeatherSample] {
    weatherRows.compactMap { WeatherSample(openF1: $0, origin: utcOrigin) }
      .sorted { $0.sessionMilliseconds < $1.sessionMilliseconds }
  }

  /// Results of the session as OpenF1 has them, with its grid.
  var results: [OfficialResults.Row] {
    var rows = resultRows.compactMap { OfficialResults.Row(openF1: $0, kind: kind) }
    for index in rows.indices {
      let slot = gridRows.first { $0["driver_number"]?.whole == rows[index].number }?["position"]?.whole
      rows[index].grid = slot
      rows[index].code = drivers[rows[index].number]?.code ?? ""
      rows[index].name = drivers[rows[index].number]?.fullName ?? ""
    }
    return rows.sorted { ($0.position ?? .max, $0.number) < ($1.position ?? .max, $1.number) }
  }
}
