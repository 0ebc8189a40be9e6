import ArgumentParser
import Racing
import Server

/// `blame teams`
struct Teams: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Where the teams of a season lose their seconds, cause by cause.",
    discussion: "Seconds a race and car, drawn towards the average team by three races. Races are computed once.")

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Season, such as 2023.")
  var year: Int

  @Flag(name: .long, help: "Dry races only.")
  var dry = false

  func run() async throws {
    let command = self
    try await engine.withEngine { parts in
      let races = parts.library.summaries.filter { Int($0.key.season) == command.year && $0.quality != .c }
      let bar = ProgressBar(title: "races", total: races.count, isShown: !command.output.json)
      for (done, race) in races.enumerated() {
        _ = try? await parts.library.digest(of: race.key)
        bar.set(done + 1)
      }
      bar.finish()
      if command.output.json {
        return try await printReply(Console(parts), "/api/v1/teams?year=\(command.year)\(command.dry ? "&dry=1" : "")")
      }
      var season = try await parts.library.digests(season: command.year, patience: .zero)
      guard !season.races.isEmpty else {
        throw Failure.usage("No race of \(command.year) has figures. Bring some in with 'blame import'.")
      }
      if command.dry { season.races.removeAll(where: \.isWet) }
      command.show(TeamSeason.seasons(of: season.races))
    }
  }

  private func show(_ teams: [TeamSeason]) {
    let strategy = AutopsyCause.strategy.rawValue
    var table = TextTable(
      [("team", .left), ("races", .right)] + AutopsyCause.allCases.map { ($0.title, .right) }
        + [("crew", .right), ("in window", .right), ("early", .right), ("late", .right)])
    for team in teams.sorted(by: { $0.causes[strategy].mean > $1.causes[strategy].mean }) {
      table.add(
        [team.team, "\(team.races)"] + team.causes.map { difference($0.mean) } + [
          team.crew.map { difference($0.median) } ?? "", "\(team.calls.inWindow)", "\(team.calls.early)",
          "\(team.calls.late)",
        ])
    }
    for line in table.lines { Terminal.print(line) }
    Terminal.print(Terminal.dim("estimates; seconds a race and car; crew: median over the best of each race"))
  }
}
