import FoundationEssentials

/// Reads races from whatever lies at a path: tidy tables, a session of live timing, a recording of the live feed,
/// answers of OpenF1 and of Jolpica, the dump of Ergast, a FastF1 session's directory, or a file of laps.
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

  /// One race out of several sources of it, with what they disagree on. Their order does not matter. In sources that
  /// hold several races the facts' season and slug choose, where no name is given.
  ///
  /// - Throws: as `read(_:race:)` of any of them; `notFound` without a path.
  public func read(_ paths: [String], race: String? = nil) throws(TimingError) -> ImportedRace {
    if paths.count == 1 { return try read(paths[0], race: race) }
    var sources: [SourcedRace] = []
    for path in paths {
      let name = try race == nil ? named(path) : race
      sources.append(SourcedRace(try read(path, race: name)))
    }
    guard let race = Reconciler(sources).reconciled() else {
      throw .notFound(path: "", lookedFor: ["at least one source"])
    }
    return race
  }

  /// The race that the facts name among several of a source; nil where there is nothing to choose.
  private func named(_ path: String) throws(TimingError) -> String? {
    guard tidyTables(ofLapsFile: path) == nil, let season = facts.season, let slug = facts.slug else { return nil }
    let names = try source(path).raceNames
    return names.count < 2 ? nil : names.first { $0.hasPrefix("\(season)-") && $0.hasSuffix("-\(slug)") }
  }

  /// The source at that path.
  ///
  /// - Throws: `notFound`, and every error of malformed content.
  public func source(_ path: String) throws(TimingError) -> any TimingSource {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw .notFound(path: path, lookedFor: ["a file or directory of that name"])
    }
    return try isDirectory ? folderSource(path) : fileSource(path)
  }

  private func fileSource(_ path: String) throws(TimingError) -> any TimingSource {
    if RecordingFiles.isRecording(path, limits: limits) {
      return try LiveSession(recordings: [path], facts: facts, limits: limits)
    }
    if OfficialSource.isSource(path, limits: limits) {
      return try OfficialSource(path: path, facts: facts, limits: limits)
    }
    return try FastF1Export(path: path, facts: facts, limits: limits)
  }

  private func folderSource(_ path: String) throws(TimingError) -> any TimingSource {
    let folder = Folder(path: path, limits: limits)
    if folder.has("races.csv"), !OfficialSource.isDump(folder) {
      return try TidyTables(directory: path, limits: limits)
    }
    if LiveSession.isSession(folder) || LiveSession.isSession(Folder(path: folder.location("raw"), limits: limits)) {
      return try LiveSession(directory: path, facts: facts, limits: limits)
    }
    if OpenF1Session.isSession(folder) { return try OpenF1Session(directory: path, facts: facts, limits: limits) }
    if folder.has("laps.csv") { return try FastF1Export(path: path, facts: facts, limits: limits) }
    let recordings = RecordingFiles.recordings(in: path, limits: limits)
    if !recordings.isEmpty { return try LiveSession(recordings: recordings, facts: facts, limits: limits) }
    if OfficialSource.isSource(path, limits: limits) {
      return try OfficialSource(path: path, facts: facts, limits: limits)
    }
    throw .notFound(path: path, lookedFor: RaceReader.layouts)
  }

  private static let layouts = [
    "races.csv with laps/<season>-<round>-<slug>.csv.gz (tidy tables)",
    "laps.csv or laps.csv.gz (the directory of a FastF1 session)",
    "TimingData.jsonStream with the other topics (a session of live timing)",
    "answers of OpenF1 or Jolpica, the dump of Ergast, a recording of the live feed, or give the path of one laps file",
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
