import FoundationEssentials

/// Reads races from whatever lies at a path: tidy tables, a session of live timing, a recording of the live feed,
/// answers of OpenF1, a FastF1 session's directory, or a file of laps.
public struct RaceReader: Sendable {
  /// What the caller knows of the race.
  public var facts: RaceFacts
  /// What reading may cost.
  public var limits: ReadingLimits

  /// A reader with those facts and limits.
  public init(facts: RaceFacts = RaceFacts(), limits: ReadingLimits = ReadingLimits()) {
    self.facts = facts
    self.limits = limits
  }

  /// One race at that path. `race` chooses among several: `2023-06-monaco`, `monaco` or `6`.
  ///
  /// - Throws: `notFound` when nothing there looks like a race, `raceNotChosen`, `unknownRace`, `factNotGiven`, and every
  ///   error of malformed content.
  public func read(_ path: String, race: String? = nil) throws(TimingError) -> ImportedRace {
    if let tables = tidyTables(ofLapsFile: path) {
      return try TidyTables(directory: tables, limits: limits).race(named: race ?? SourceName(path: path).text)
    }
    return try source(path).race(named: race)
  }

  /// The source at that path.
  ///
  /// - Throws: `notFound`, and every error of malformed content.
  public func source(_ path: String) throws(TimingError) -> any TimingSource {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw .notFound(path: path, lookedFor: ["a file or directory of that name"])
    }
    if !isDirectory {
      if RecordingFiles.isRecording(path, limits: limits) {
        return try LiveSession(recordings: [path], facts: facts, limits: limits)
      }
      return try FastF1Export(path: path, facts: facts, limits: limits)
    }
    let folder = Folder(path: path, limits: limits)
    if folder.has("races.csv") { return try TidyTables(directory: path, limits: limits) }
    if LiveSession.isSession(folder) || LiveSession.isSession(Folder(path: folder.location("raw"), limits: limits)) {
      return try LiveSession(directory: path, facts: facts, limits: limits)
    }
    if folder.has("laps.csv"), !OpenF1Session.isSession(folder) {
      return try FastF1Export(path: path, facts: facts, limits: limits)
    }
    if OpenF1Session.isSession(folder) { return try OpenF1Session(directory: path, facts: facts, limits: limits) }
    let recordings = RecordingFiles.recordings(in: path, limits: limits)
    if !recordings.isEmpty { return try LiveSession(recordings: recordings, facts: facts, limits: limits) }
    throw .notFound(path: path, lookedFor: RaceReader.layouts)
  }

  private static let layouts = [
    "races.csv with laps/<season>-<round>-<slug>.csv.gz (tidy tables)",
    "laps.csv or laps.csv.gz (the directory of a FastF1 session)",
    "TimingData.jsonStream with the other topics (a session of live timing)",
    "laps.json with the other answers of OpenF1, a recording of the live feed, or give the path of one laps file",
  ]

  /// The directory of the tables when the path is a laps file of theirs.
  private func tidyTables(ofLapsFile path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[parts.count - 2] == "laps", SourceName(path: path).race != nil else { return nil }
    let directory = parts.dropLast(2).joined(separator: "/")
    let root = directory.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : directory
    return Folder(path: root, limits: limits).has("races.csv") ? root : nil
  }
}
