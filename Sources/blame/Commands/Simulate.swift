import ArgumentParser
import Commands
import Events
import Foundation
import Racing
import Server

/// `blame simulate`
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play one car's race: a whole plan at once, or lap by lap in the terminal.",
    discussion: """
      A plan is practice; lap by lap counts for the leaderboard when it is your first run of the race.

        blame simulate 2023 monaco VER --start MEDIUM --stop 55:INTERMEDIATE
        blame simulate 2023 monaco ALO --real
        blame simulate 2023 monaco VER
      """)

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var player: PlayerOptions
  @OptionGroup var race: RaceArgument

  @Argument(help: "Three-letter code of the driver.")
  var driver: String

  @Option(name: .long, help: "Tyre for the start; the real car's own set when left out.")
  var start: String?

  @Option(name: .long, help: "A stop as LAP:TYRE; give it once for each stop, in order.")
  var stop: [String] = []

  @Flag(name: .long, help: "The driver's real plan.")
  var real = false

  @Flag(name: .long, help: "No stop but those the rules force; as a plan.")
  var plan = false

  func validate() throws {
    if real, !stop.isEmpty || start != nil {
      throw ValidationError("--real plays the real plan; leave out --start and --stop.")
    }
  }

  func run() async throws {
    let settings = try await engine.settings()
    let command = self
    try await engine.withEngine(projecting: true) { parts in
      let summary = try command.race.find(in: parts)
      let code = try driverCode(command.driver, in: summary)
      let account = try await command.player.account(in: parts, settings)
      if command.isPlan {
        try await command.playPlan(parts, summary, code, account)
      } else {
        let start = try command.start.map(compound)
        var game = TerminalGame(parts: parts, race: summary, driver: code, account: account.id)
        try await game.play(start: start, output)
      }
    }
  }

  private var isPlan: Bool { real || plan || !stop.isEmpty }

  private func playPlan(_ parts: ServerParts, _ race: RaceSummary, _ code: DriverCode, _ account: Account) async throws
  {
    let id = CommandID(name: "console:\(UUID())")
    let stops = real ? try await realStops(parts, race, code) : try stop.map(Self.stop)
    let command = Command.playPlan(
      PlayPlan(race: race.key, driver: code, startCompound: try start.map(compound), stops: stops))
    do throws(CommandError) {
      let outcome = try await parts.commands.handle(command, id: id, actor: account.id)
      if output.json { return Terminal.print(Console(parts).reply(outcome.view).text) }
      ScoreSheet(outcome.view, race: race).print()
      ReviewPage(review: try await parts.commands.review(of: outcome.simulation, by: account.id)).print()
    } catch {
      throw error.isMistake ? Failure.usage("\(error)") : Failure.failed("\(error)")
    }
  }

  private func realStops(_ parts: ServerParts, _ race: RaceSummary, _ code: DriverCode) async throws -> [PlayPlan.Stop]
  {
    do throws(CatalogError) {
      let world = try await parts.library.world(of: race.key, driver: code, artefact: nil)
      return world.realPlan.changes.filter { $0.lap > 1 }.map { PlayPlan.Stop(lap: $0.lap, compound: $0.compound) }
    } catch {
      throw Failure.usage("\(code) cannot be played: \(error)")
    }
  }

  private static func stop(_ text: String) throws -> PlayPlan.Stop {
    let halves = text.split(separator: ":")
    guard halves.count == 2, let lap = Int(halves[0]) else {
      throw Failure.usage("'\(text)' is not a stop: write LAP:TYRE, such as 28:HARD.")
    }
    return PlayPlan.Stop(lap: lap, compound: try compound(String(halves[1])))
  }
}

extension CommandError {
  /// What was asked cannot be done; asking again will not help.
  var isMistake: Bool {
    switch self {
    case .overloaded, .unavailable, .unreadable, .conflict: false
    default: true
    }
  }
}
