/// FastF1's intermediate tables of a session: laps before tyres and status are joined, and the messages for it.
///
/// Some published data sets hold these instead of the raw feed.
public struct IntermediateTables: Sendable {
  private var tables: SessionTables

  /// Reads `timing_laps.csv`, `timing_app_data.csv`, `track_status_data.csv` and their like in a directory. Only the
  /// first must be there.
  ///
  /// - Throws: the errors of malformed content.
  public init(
    directory: String, official: OfficialResults = OfficialResults(), limits: ReadingLimits = ReadingLimits()
  ) throws(TimingError) {
    let folder = Folder(path: directory, limits: limits)
    tables = SessionTables()
    tables.isIntermediate = true
    tables.cars = try IntermediateReading.laps(folder.file("timing_laps.csv"), limits: limits)
    if let file = try folder.optionalFile("timing_app_data.csv") {
      tables.tyres = try IntermediateReading.tyres(file, limits: limits)
    }
    if let file = try folder.optionalFile("session_status_data.csv") {
      tables.statuses = try IntermediateReading.announcements(file, limits: limits).map { ($0.time, $0.text) }
    }
    if let file = try folder.optionalFile("track_status_data.csv") {
      tables.trackStatuses = try IntermediateReading.announcements(file, limits: limits).map { ($0.time, $0.text) }
    }
    if let file = try folder.optionalFile("race_control_messages.csv") {
      tables.messages = try IntermediateReading.messages(file, limits: limits)
    }
    if let file = try folder.optionalFile("lap_count.csv") {
      tables.totalLaps = try IntermediateReading.totalLaps(file, limits: limits)
    }
    if let file = try folder.optionalFile("session_info.json"), let info = JSONValue(file.bytes) {
      tables.kind =
        SessionKind(type: info["Type"]?.string ?? "", name: info["Name"]?.string ?? "") ?? tables.kind
    }
    if let file = try folder.optionalFile("driver_info.json"), let list = JSONValue(file.bytes) {
      var topics = LiveSession()
      topics.read("DriverList", Array("00:00:00.000".utf8) + file.bytes.map { $0 < 0x20 ? 0x20 : $0 }, input: file.path)
      tables.drivers = list.members.isEmpty ? [:] : topics.drivers
    }
    tables.firstLapTimes = official.firstLapTimes
    tables.withdrawn = official.withdrawn(tables.kind)
  }

  /// What kind of session it is.
  public var kind: SessionKind { tables.kind }

  /// When the session was first announced as started.
  public var announcedStart: Int? { tables.start }

  /// Every car's laps, car by car.
  public func laps(_ corrections: LapCorrections = .all) -> [[SessionLap]] {
    LapAssembly.laps(tables, corrections)
  }
}
