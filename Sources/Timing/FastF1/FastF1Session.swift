import Racing

/// Reads the tables of a session's directory.
enum FastF1Session {
  /// The laps, and whatever else is there.
  static func read(
    _ folder: Folder, limits: ReadingLimits
  ) throws(TimingError) -> (FastF1Race.Session, FastF1LapsTable) {
    var session = FastF1Race.Session()
    if let file = try folder.optionalFile("results.csv") {
      session.results = try FastF1Results(file, limits: limits)
      session.provenance.append(file.provenance(part: "results", source: fastF1Source))
    }
    let laps = try folder.file("laps.csv")
    let table = try FastF1LapsTable(laps, codes: session.results?.codes ?? [:], limits: limits)
    session.provenance.append(laps.provenance(part: "laps", source: fastF1Source))
    if let file = try folder.optionalFile("session_status.csv") {
      session.announcedStarts = try announcedStarts(file, limits: limits)
      session.provenance.append(file.provenance(part: "sessionStatus", source: fastF1Source))
    }
    if let file = try folder.optionalFile("track_status.csv") {
      session.statusChanges = try statusChanges(file, limits: limits)
      session.provenance.append(file.provenance(part: "neutralisations", source: fastF1Source))
    }
    if let file = try folder.optionalFile("race_control_messages.csv") {
      (session.penalties, session.date) = try messages(file, limits: limits)
      session.provenance.append(file.provenance(part: "raceControl", source: fastF1Source))
    }
    return (session, table)
  }

  private static func announcedStarts(_ file: InputFile, limits: ReadingLimits) throws(TimingError) -> [Int64] {
    var reader = try CSVReader(file, limits: limits)
    let time = try reader.column("Time")
    let status = try reader.column("Status")
    var starts: [Int64] = []
    while try reader.next() {
      guard reader.text(status) == "Started" else { continue }
      guard let start = try reader.duration(time) else {
        throw .missingValue(reader.place(time), expected: "a session time")
      }
      starts.append(start)
    }
    return starts.sorted()
  }

  private static func statusChanges(
    _ file: InputFile, limits: ReadingLimits
  ) throws(TimingError) -> [TrackStatusPeriods.Change] {
    var reader = try CSVReader(file, limits: limits)
    let time = try reader.column("Time")
    let status = try reader.column("Status")
    var changes: [TrackStatusPeriods.Change] = []
    while try reader.next() {
      guard let instant = try reader.duration(time) else {
        throw .missingValue(reader.place(time), expected: "a session time")
      }
      guard let digit = try reader.wholeOrDecimal(status), (1...7).contains(digit) else { continue }
      changes.append(TrackStatusPeriods.Change(time: instant, status: UInt8(digit)))
    }
    // Only equal times could change places, and of those the later line is the later status.
    return changes.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  /// Penalties, and the UTC day of the first message.
  private static func messages(
    _ file: InputFile, limits: ReadingLimits
  ) throws(TimingError) -> (PenaltyMessages, String?) {
    var reader = try CSVReader(file, limits: limits)
    let time = reader.optionalColumn("Time")
    let message = try reader.column("Message")
    let lap = try reader.column("Lap")
    var penalties = PenaltyMessages()
    var date: String?
    while try reader.next() {
      penalties.read(reader.spelledText(message), lap: try reader.wholeOrDecimal(lap) ?? 0)
      let stamp = reader.text(time).prefix(10)
      if date == nil, stamp.utf8.count == 10, stamp.dropFirst(4).first == "-" { date = String(stamp) }
    }
    return (penalties, date)
  }
}
