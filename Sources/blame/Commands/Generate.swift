import ArgumentParser
import Events
import Foundation
import Racing
import Server

/// `blame generate`
struct Generate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make up a race from calibrated parameters and bring it in, marked as synthetic.")

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .long, help: "Chooses everything that is left to chance.")
  var seed: UInt64 = 1

  @Option(name: .long, help: "Season.")
  var year = 2000

  @Option(name: .long, help: "Round of the season.")
  var round = 1

  @Option(name: .long, help: "Its name in URLs.")
  var slug = "sample"

  @Option(name: .long, help: "Its name in words.")
  var name: String?

  @Option(name: .long, help: "Identifier of the circuit.")
  var circuit = "sample-ring"

  @Option(name: .long, help: "Race distance.")
  var laps = 57

  @Option(name: .long, help: "The lap on which it begins to rain.")
  var rainFrom: Int?

  func run() async throws {
    let record = try record()
    let output = output
    try await engine.withEngine { parts in
      let outcome = try await parts.importer.take(record)
      if output.json {
        Terminal.print(
          "{\"race\":\"\(record.key.season) \(record.slug)\",\"digest\":\"\(record.digest)\",\"new\":\(outcome.isNew)}")
      } else {
        Terminal.print(
          "\(record.key.season) \(record.slug): a made-up race of \(record.lapCount) laps, "
            + (outcome.isNew ? "event \(outcome.position.rawValue)" : "known already"))
      }
    }
  }

  private func record() throws -> RaceRecord {
    _ = try within(laps, 20...100, "--laps")
    guard slug.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil else {
      throw Failure.usage("--slug is '\(slug)': use lower-case letters, digits and hyphens.")
    }
    let key = RaceKey(
      season: Int16(try within(year, 1950...2999, "--year")), round: Int16(try within(round, 1...99, "--round")))
    let words = slug.split(separator: "-").map(\.capitalized).joined(separator: " ")
    return SyntheticRace.generate(
      seed: seed, key: key, slug: slug, name: name ?? "\(words) Grand Prix", circuit: circuit, laps: laps,
      rainFrom: rainFrom)
  }
}
