import ArgumentParser
import Commands
import Racing
import Server

/// `blame pitlaps`
struct PitLaps: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pitlaps",
    abstract: "Which other pit lap would have been better, by how much: regret, rejoin, undercut, lap by lap.",
    discussion: "For a first stop on the real tyre of the start, against the real ghosts of the race. Estimates.")

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var race: RaceArgument

  @Argument(help: "Three-letter code of the driver.")
  var driver: String

  @Flag(name: .long, help: "Comma-separated values.")
  var csv = false

  func run() async throws {
    let command = self
    try await engine.withEngine { parts in
      let summary = try command.race.find(in: parts)
      let code = try driverCode(command.driver, in: summary)
      if command.output.json || command.csv {
        let target = "/api/v1/races/\(summary.key.season)/\(summary.slug)/pitlaps/\(code)"
        return try await printReply(Console(parts), target + (command.csv ? "?format=csv" : ""))
      }
      do throws(CatalogError) {
        let table = try await parts.library.pitLaps(of: summary.key, driver: code)
        command.show(table, summary)
      } catch {
        throw Failure.usage("\(code) in \(summary.key.season) \(summary.slug) cannot be simulated: \(error)")
      }
    }
  }

  private func show(_ pitLaps: PitLapTable, _ race: RaceSummary) {
    Terminal.print(
      Terminal.bold("\(race.key.season) \(race.name)  \(pitLaps.driver)") + "  starts on \(pitLaps.start.name)"
        + (race.isSynthetic ? "  (synthetic race)" : ""))
    var table = TextTable([
      ("lap", .right), ("", .left), ("cost", .right), ("tyre", .left), ("rejoins", .right), ("ahead", .right),
      ("behind", .right), ("undercut", .right), ("overcut", .right),
    ])
    for row in pitLaps.rows {
      table.add([
        "\(row.lap)", row.kind == .green ? "" : row.kind.word, row.regret.map(difference) ?? "not legal",
        row.compound?.name ?? "", row.rejoinPlace.map { "P\($0)" } ?? "", neighbour(row.gapAhead),
        neighbour(row.gapBehind), row.undercut.map(difference) ?? "", row.overcut.map(difference) ?? "",
      ])
    }
    for line in table.lines { Terminal.print(line) }
    Terminal.print(Terminal.dim("estimates; a stop costs \(difference(pitLaps.stopLoss)) at racing speed"))
  }

  private func neighbour(_ neighbour: PitLapTable.Neighbour?) -> String {
    neighbour.map { "\($0.driver) \(difference($0.milliseconds))" } ?? ""
  }
}

extension LapKind {
  /// What a lap is like, for people.
  var word: String {
    switch self {
    case .green: "green"
    case .yellow: "yellow flag"
    case .virtualSafetyCar: "virtual safety car"
    case .safetyCar: "safety car"
    case .red: "red flag"
    }
  }
}
