import ArgumentParser
import Racing
import Server

/// `blame sample`
struct Sample: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Load the sample race and let a small crowd play it; does nothing when they are there.")

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .long, help: "How many bots.")
  var users = 120

  func run() async throws {
    let command = self
    let isThere = try await engine.withEngine { parts in
      parts.library.summary(season: 2000, slug: "sample") != nil
    }
    if isThere { return }
    try await engine.withEngine(projecting: true) { parts in
      let outcome = try await parts.importer.take(SyntheticRace.generate(seed: 1))
      if let refusal = outcome.notModelled { throw Failure.failed("The sample race cannot be played: \(refusal)") }
      guard let race = parts.library.summary(season: 2000, slug: "sample") else { return }
      let plan = try await CrowdPlan.prepare([race], users: command.users, seed: 1, in: parts)
      let bar = command.output.progress("sample crowd", total: command.users)
      _ = try await plan.play(parts, concurrency: 32, ledger: nil) { _ in bar.advance() }
      bar.finish()
    }
  }
}
