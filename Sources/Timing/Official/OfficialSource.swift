import FoundationEssentials
import Racing

/// Saved answers of the results service, or a dump of its tables, as a source of races.
public struct OfficialSource: TimingSource {
  /// What is known of each race.
  public private(set) var races: [OfficialSeason.Key: OfficialResults] = [:]
  /// What is known beside the answers.
  public var facts: RaceFacts

  private let label: String
  private var files: [(part: String, file: InputFile.Source)] = []

  /// The answers in a file, in a directory and in those below it, pages of any list in any order; or the dump of Ergast.
  ///
  /// - Throws: `notFound` where there is neither.
  public init(path: String, facts: RaceFacts = RaceFacts(), limits: ReadingLimits = ReadingLimits()) throws(TimingError)
  {
    self.facts = facts
    label = path
    if OfficialSource.isDump(Folder(path: path, limits: limits)) {
      try takeDump(path, limits)
    } else {
      takeAnswers(path, limits)
    }
    if races.isEmpty { throw .notFound(path: path, lookedFor: ["answers with MRData", "races.csv with raceId"]) }
  }

  /// The races, as far as their Grands Prix are known by name.
  public var raceNames: [String] {
    races.keys.sorted().map { key in
      let slug = races[key]?.raceName.flatMap(GrandPrixNames.named)?.slug ?? "unknown"
      return RaceIdentifier(
        key: RaceKey(season: Int16(clamping: key.season), round: Int16(clamping: key.round)), slug: slug
      )
      .description
    }
  }

  /// One race.
  public func race(named name: String?) throws(TimingError) -> ImportedRace {
    let index = try chooseRace(name ?? asked, among: raceNames, source: label)
    let key = races.keys.sorted()[index]
    guard let results = races[key] else { throw .noLaps(source: label) }
    var race = try results.race(results.lists[.race] == nil ? .sprint : .race, facts: facts, source: label)
    race.record.provenance = files.map {
      Provenance(part: $0.part, source: officialSource, location: $0.file.name, digest: $0.file.digest)
    }
    return race
  }

  /// The race that the facts name; nil where the source holds only one or the facts name none.
  private var asked: String? {
    guard races.count > 1, let season = facts.season else { return nil }
    return raceNames.first { name in
      guard let race = RaceIdentifier(name), Int(race.key.season) == season else { return false }
      return facts.round.map { Int(race.key.round) == $0 } ?? (race.slug == facts.slug)
    }
  }

  /// The path holds answers or a dump.
  static func isSource(_ path: String, limits: ReadingLimits) -> Bool {
    isDump(Folder(path: path, limits: limits)) || !answers(path).filter { isAnswer($0, limits) }.isEmpty
  }

  /// The folder holds the dump of Ergast.
  static func isDump(_ folder: Folder) -> Bool {
    guard let file = try? folder.optionalFile("races.csv") else { return false }
    return LooseTable(Array(file.bytes.prefix(1_024)), input: "races.csv").has("raceId")
  }

  private static func isAnswer(_ path: String, _ limits: ReadingLimits) -> Bool {
    guard let file = try? InputFile(path: path, limits: limits) else { return false }
    return String(decoding: file.bytes.prefix(256), as: UTF8.self).contains("\"MRData\"")
  }

  /// Files below a directory that are looked into.
  private static let mostFiles = 2_000

  /// Files that may be answers: the file itself, or every JSON file below the directory.
  private static func answers(_ path: String) -> [String] {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return [] }
    if !isDirectory { return [path] }
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.contains(".json") && !$0.hasSuffix(".jsonStream") }.sorted().prefix(mostFiles).map {
      "\(path)/\($0)"
    }
  }

  private mutating func takeAnswers(_ path: String, _ limits: ReadingLimits) {
    var season = OfficialSeason()
    for answer in OfficialSource.answers(path) {
      guard let file = try? InputFile(path: answer, limits: limits) else { continue }
      let read = OfficialAnswer(file.bytes)
      guard read.outcome == .rows else { continue }
      season.read(read)
      files.append(("results", file.source))
    }
    // A calendar names races of which nothing else is told.
    races = season.races.filter { !$0.value.lists.isEmpty }
  }

  private mutating func takeDump(_ path: String, _ limits: ReadingLimits) throws(TimingError) {
    let dump = try ErgastDump(directory: path, limits: limits)
    let seasons = facts.season.map { [$0] } ?? dump.seasons
    for season in seasons {
      for round in dump.rounds(season: season) where facts.round.map({ $0 == round }) ?? true {
        guard let results = dump.results(season: season, round: round), !results.lists.isEmpty else { continue }
        races[OfficialSeason.Key(season: season, round: round)] = results
      }
    }
  }
}
