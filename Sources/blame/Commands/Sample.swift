import ArgumentParser
import Racing
import Server

/// `blame sample`
struct Sample: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Load a season of made-up races and let a small crowd play them; does nothing when they are there.")

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .long, help: "How many bots.")
  var users = 120

  /// Enough races for a bot to be listed on the leaderboard.
  private static let rounds = [
    ("sample", "Sample Grand Prix", "sample-ring"), ("harbour", "Harbour Grand Prix", "harbour-street"),
    ("highlands", "Highlands Grand Prix", "highlands"), ("lakeside", "Lakeside Grand Prix", "lakeside"),
    ("desert", "Desert Grand Prix", "desert-park"),
  ]

  func run() async throws {
    let command = self
    let isThere = try await engine.withEngine { parts in
      parts.library.summary(season: 2000, slug: Self.rounds[0].0) != nil
    }
    if isThere { return }
    try await engine.withEngine(projecting: true) { parts in try await command.load(parts) }
  }

  private func load(_ parts: ServerParts) async throws {
    for (index, round) in Self.rounds.enumerated() {
      let record = SyntheticRace.generate(
        seed: UInt64(index + 1), key: RaceKey(season: 2000, round: Int16(index + 1)), slug: round.0, name: round.1,
        circuit: round.2, laps: 57 - 2 * index, rainFrom: nil)
      let outcome = try await parts.importer.take(record)
      if let refusal = outcome.notModelled { throw Failure.failed("The sample race cannot be played: \(refusal)") }
    }
    let races = parts.library.summaries.filter { $0.key.season == 2000 && $0.isSynthetic }
    let plan = try await CrowdPlan.prepare(races, users: users, seed: 1, in: parts)
    let bar = output.progress("sample crowd", total: users * races.count)
    _ = try await plan.play(parts, concurrency: 32, ledger: nil) { _ in bar.advance() }
    bar.finish()
  }
}
