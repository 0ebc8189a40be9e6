import FoundationEssentials
import Racing

/// A race as FastF1 exports it: the directory of a session, or a file of laps with one or more races.
///
/// A directory holds `laps.csv` and, as far as they were exported, `results.csv`, `session_status.csv`,
/// `track_status.csv` and `race_control_messages.csv`, each packed or not. What an export lacks (season, round, circuit,
/// the official winning time) comes from the facts given, then from names such as `2023-06-monaco`.
public struct FastF1Export: TimingSource {
  /// The directory or file.
  public let path: String
  /// What the caller knows.
  public let facts: RaceFacts

  private let laps: FastF1LapsTable
  private let session: FastF1Race.Session

  /// Reads the directory or file whole.
  ///
  /// - Throws: `unreadable` where the laps are absent, and every error of malformed content.
  public init(
    path: String, facts: RaceFacts = RaceFacts(), limits: ReadingLimits = ReadingLimits()
  ) throws(TimingError) {
    self.path = path
    self.facts = facts
    var isDirectory = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory {
      let folder = Folder(path: path, limits: limits)
      (session, laps) = try FastF1Session.read(folder, limits: limits)
    } else {
      let file = try InputFile(path: path, limits: limits)
      laps = try FastF1LapsTable(file, limits: limits)
      session = FastF1Race.Session(provenance: [file.provenance(part: "laps", source: fastF1Source)])
    }
  }

  /// The races, named as far as the source and the facts tell.
  public var raceNames: [String] {
    laps.events.map { event in
      (try? identity(of: event)).map { RaceIdentifier(key: $0.key, slug: $0.slug).description }
        ?? event.name.nonEmpty ?? event.round.map { "round \($0)" } ?? name.text
    }
  }

  /// One race, by its whole name, its slug or its round; nil takes the only one.
  public func race(named asked: String?) throws(TimingError) -> ImportedRace {
    let names = raceNames
    let wanted = asked ?? facts.round.map { "\($0)" } ?? facts.slug
    let index = laps.events.count == 1 && asked == nil ? 0 : try chooseRace(wanted, among: names, source: path)
    let event = laps.events[index]
    let race = try FastF1Race(
      event: event, session: session, identity: identity(of: event), facts: facts, notes: laps.notes, source: path)
    return try race.imported(source: path)
  }

  private func identity(of event: FastF1LapsTable.Event) throws(TimingError) -> RaceIdentity {
    let isOnly = laps.events.count == 1
    let named = isOnly ? name.race : nil
    var facts = facts
    if !isOnly { (facts.round, facts.slug, facts.name, facts.circuit) = (nil, nil, nil, nil) }
    return try RaceIdentity(
      facts: facts, season: named.map { Int($0.key.season) } ?? name.season,
      round: event.round ?? named.map { Int($0.key.round) }, slug: named?.slug, eventName: event.name.nonEmpty,
      source: path)
  }

  private var name: SourceName { SourceName(path: path) }
}

/// The name of this source in provenance.
let fastF1Source = "fastf1"
