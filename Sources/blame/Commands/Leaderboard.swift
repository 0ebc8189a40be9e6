import ArgumentParser
import Events
import Server

/// `blame leaderboard`
struct Leaderboard: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Who calls races best.",
    discussion: "A player is listed from five races on; the first run of each counts, if it was ranked.")

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .long, help: "Only the races of a season.")
  var season: Int?

  @Option(name: .long, help: "Only the races at a circuit, by its identifier.")
  var circuit: String?

  @Option(name: .long, help: "How many players.")
  var limit = 20

  @Option(name: .long, help: "Around this account, by name or identifier.")
  var around: String?

  private struct Page: Decodable {
    struct Row: Decodable {
      let rank: Int
      let user: String
      let name: String?
      let iq: Double
      let interval: Double
      let races: Int
      let synthetic: Bool
    }
    let listed: Int
    let rows: [Row]
  }

  func run() async throws {
    let command = self
    try await engine.withEngine(projecting: true) { parts in
      let target = try await command.target(parts)
      if command.output.json { return try await printReply(Console(parts), target) }
      command.report(try await ask(Console(parts), target, as: Page.self))
    }
  }

  private func target(_ parts: ServerParts) async throws -> String {
    var query = ["limit=\(limit)"]
    if let season { query.append("season=\(season)") }
    if let circuit { query.append("circuit=\(circuit)") }
    guard let around else { return "/api/v1/leaderboard?" + query.joined(separator: "&") }
    let user = if let id = UserID(around) { id } else { try await named(around, in: parts).id }
    return "/api/v1/leaderboard/around/\(user)?" + query.joined(separator: "&")
  }

  private func report(_ page: Page) {
    if page.rows.isEmpty { return Terminal.print("Nobody is listed yet: five ranked first runs list a player.") }
    var table = TextTable([
      ("rank", .right), ("player", .left), ("IQ", .right), ("±", .right), ("races", .right), ("", .left),
    ])
    for row in page.rows {
      table.add([
        "\(row.rank)", row.name ?? row.user, hundredths(Int((row.iq * 100).rounded())),
        hundredths(Int((row.interval * 100).rounded())), "\(row.races)", row.synthetic ? "bot" : "",
      ])
    }
    for line in table.lines { Terminal.print(line) }
    Terminal.print(Terminal.dim("\(grouped(page.listed)) players are listed"))
  }
}
