import ArgumentParser
import Events
import Fetching
import Foundation
import Racing
import Server
import Timing

/// `blame import`
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring races in, from files or over the network.",
    discussion: """
      Without --from the race is asked for over the network: F1's archive of live timing, the official results of Jolpica, \
      and OpenF1 from 2023 on, one after the other, politely. What comes is kept, so that a second run goes on where the \
      first one stopped; --offline asks nobody.

      PATH is a folder of tidy tables, a session of live timing, a recording of the live feed, answers of OpenF1 or \
      Jolpica, the dump of Ergast, the folder of a FastF1 session export, or one file of FastF1 laps (CSV, also \
      gzip-compressed). Several paths are several sources of one race: each field comes from the one to be trusted most, \
      and --disagreements lists where they differ. The same content again changes nothing.

        blame import 2023 monaco
        blame import 2023 monaco --source livetiming --source jolpica --offline
        blame import 2023 monaco --from data/races
        blame import --from exports/2023-06-monaco
        blame import 2024 singapore --round 18 --from openf1/9606 --from data/races --disagreements
        blame import --all --from data/races
      """)

  @OptionGroup var engine: EngineOptions
  @OptionGroup var fetch: FetchOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Season, such as 2023; not needed where the path holds one race.")
  var year: Int?

  @Argument(help: "Grand Prix as in URLs, such as monaco.")
  var gp: String?

  @Option(name: .long, help: "File or folder to read; several are sources of the same race.")
  var from: [String] = []

  @Option(name: .long, help: "Ask only this source: livetiming, jolpica or openf1; several times.")
  var source: [NetworkSource] = []

  @Flag(name: .long, help: "Ask the sources whether anything changed, however fresh the cache is.")
  var refresh = false

  @Flag(name: .long, help: "List every field that the sources tell differently.")
  var disagreements = false

  @Flag(name: .long, help: "Every race of the folder.")
  var all = false

  @Option(name: .long, help: "Round of the season, where the source does not say.")
  var round: Int?

  @Option(name: .long, help: "The circuit's identifier, where the source does not say.")
  var circuit: String?

  @Option(name: .long, help: "Only this season, with --all.")
  var season: Int?

  func validate() throws {
    if from.isEmpty, all { throw ValidationError("--all takes the races of a path: give --from with a folder.") }
    if from.isEmpty, year == nil || gp == nil {
      throw ValidationError(
        "Name a season and a Grand Prix, such as 2023 monaco, or give --from with a file or folder.")
    }
    if !from.isEmpty, !source.isEmpty || refresh {
      throw ValidationError("--source and --refresh are for the network; leave them out with --from.")
    }
    if all, from.count > 1 { throw ValidationError("--all takes the races of one path.") }
    if all, year != nil { throw ValidationError("--all takes every race; leave out the season and the Grand Prix.") }
  }

  func run() async throws {
    if from.isEmpty, let year, let gp { return try await fetchRace(year, gp) }
    let reader = RaceReader(facts: RaceFacts(season: year, round: round, slug: gp, circuit: circuit))
    let names = try names(reader)
    let (engine, output, from, isListing) = (engine, output, from, disagreements)
    try await engine.withEngine { parts in
      let bar = output.progress("importing", total: names.count)
      var failures = 0
      for name in names {
        do {
          let race = try reader.read(from, race: name)
          let outcome = try await parts.importer.take(race.record, background: RaceBackground(race))
          bar.advance(note: race.record.slug)
          Self.report(race, outcome, output, isListing: isListing)
        } catch let error where names.count > 1 {
          failures += 1
          Terminal.complain("\(name ?? from[0]): \(error)")
        } catch let error as TimingError {
          throw Failure.usage("\(error)")
        }
      }
      if names.count > 1 { bar.finish() }
      if failures > 0 { throw Failure.failed("\(failures) of \(names.count) races were not imported.") }
    }
  }

  /// The races to read; nil stands for the only one at the path.
  private func names(_ reader: RaceReader) throws -> [String?] {
    do throws(TimingError) {
      guard from.count == 1 else { return [nil] }
      let source = try reader.source(from[0])
      if all { return source.raceNames.filter { name in season.map { name.hasPrefix("\($0)-") } ?? true } }
      guard let year, let gp else { return [nil] }
      let wanted = source.raceNames.first { $0.hasPrefix("\(year)-") && ($0.hasSuffix("-\(gp)") || $0 == gp) }
      return [wanted ?? (source.raceNames.count > 1 ? "\(year)-\(gp)" : nil)]
    } catch {
      throw Failure.usage("\(error)")
    }
  }

  static func report(
    _ race: ImportedRace, _ outcome: RaceImport.Outcome, _ output: OutputOptions, isListing: Bool,
    sources: [SourceReport] = []
  ) {
    let record = race.record
    if output.json {
      let refusal = outcome.notModelled.map { "\"\($0.replacing("\"", with: "'"))\"" } ?? "null"
      return Terminal.print(
        """
        {"race":"\(record.key.season) \(record.slug)","digest":"\(record.digest)","position":\(outcome.position.rawValue),\
        "new":\(outcome.isNew),"laps":\(record.lapCount),"notes":\(race.notes.count),"disagreements":\(race.disagreements.count),"refused":\(refusal)\(Self.json(sources))}
        """)
    }
    let state = outcome.isNew ? "imported, event \(outcome.position.rawValue)" : "known already, nothing changed"
    Terminal.print(
      "\(record.key.season) \(record.slug): \(record.entrants.count) cars, \(record.lapCount) laps, \(state)")
    for source in sources { Terminal.print("  \(source)") }
    for note in race.notes.prefix(8) { Terminal.print(Terminal.dim("  \(note)")) }
    if race.notes.count > 8 { Terminal.print(Terminal.dim("  and \(race.notes.count - 8) notes more")) }
    report(race.disagreements, isListing: isListing)
    if let refusal = outcome.notModelled { Terminal.print("  cannot be played: \(refusal)") }
  }

  private static func report(_ disagreements: [Disagreement], isListing: Bool) {
    guard !disagreements.isEmpty else { return }
    let errors = disagreements.count { $0.severity == .error }
    Terminal.print("  \(disagreements.count) disagreements, \(errors) of them errors")
    guard isListing else { return }
    for disagreement in disagreements { Terminal.print(Terminal.dim("  \(disagreement)")) }
  }
}
