import ArgumentParser
import Server
import Synchronization

/// `blame crowd`
struct Crowd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let bots of graded skill play, ranked, lap by lap, as synthetic accounts.",
    discussion: """
      The same seed makes the same accounts, the same choices and the same commands: a crowd that was interrupted and is \
      started again goes on where it was, and nothing is played twice.

        blame crowd --users 1000 --race 2023/monaco --race 2024/monaco
      """)

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .long, help: "How many bots.")
  var users = 100

  @Option(name: .long, help: "Chooses everything that is left to chance.")
  var seed: UInt64 = 1

  @Option(name: .long, help: "A race as YEAR/GP; every race here when left out.")
  var race: [String] = []

  @Option(name: .long, help: "Bots that play at the same time.")
  var concurrency = 64

  @Option(name: .long, help: "File that gets a line for every acknowledged command; see 'blame audit --ledger'.")
  var ledger: String?

  func run() async throws {
    _ = try within(users, 1...1_000_000, "--users")
    _ = try within(concurrency, 1...4096, "--concurrency")
    let ledger = try ledger.map { try Ledger(path: $0) }
    let command = self
    try await engine.withEngine(projecting: true) { parts in
      let plan = try await CrowdPlan.prepare(
        try command.races(parts), users: command.users, seed: command.seed, in: parts)
      guard !plan.races.isEmpty else {
        throw Failure.usage("There is no race to play; bring one in with 'blame import' or 'blame generate'.")
      }
      let bar = command.output.progress("playing", total: command.users * plan.races.count)
      let start = ContinuousClock.now
      let scores = try await plan.play(parts, concurrency: command.concurrency, ledger: ledger) { _ in bar.advance() }
      bar.finish()
      command.report(scores, seconds: Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000)
    }
  }

  private func races(_ parts: ServerParts) throws -> [RaceSummary] {
    if race.isEmpty { return parts.library.summaries }
    return try race.map { text in
      let halves = text.split(separator: "/")
      guard halves.count == 2, let year = Int(halves[0]) else {
        throw Failure.usage("'\(text)' is not a race: write YEAR/GP, such as 2023/monaco.")
      }
      guard let summary = parts.library.summary(season: year, slug: String(halves[1])) else {
        throw Failure.usage("There is no race '\(text)'. Bring it in with 'blame import'.")
      }
      return summary
    }
  }

  private func report(_ scores: [Int32], seconds: Double) {
    let sorted = scores.sorted()
    let accepted = scores.count { $0 >= 7500 }
    let middle = sorted.isEmpty ? 0 : Int(sorted[sorted.count / 2])
    if output.json {
      return Terminal.print(
        """
        {"runs":\(scores.count),"seconds":\(seconds),"medianIQ":\(hundredths(middle)),"atLeast75":\(accepted)}
        """)
    }
    Terminal.print(
      "\(grouped(scores.count)) runs in \(seconds) s; median IQ \(hundredths(middle)), \(grouped(accepted)) at 75 or better"
    )
  }
}
