import ArgumentParser
import Commands
import Racing
import Server

/// `blame optimum`
struct BestPlan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimum",
    abstract: "The best that one car could have done, exactly, with everything known.",
    discussion: "Against the real ghosts of the race; no plan that the rules allow is faster in this world.")

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var race: RaceArgument

  @Argument(help: "Three-letter code of the driver.")
  var driver: String

  @Flag(name: .long, help: "Begin on the real car's own set instead of any tyre.")
  var realStart = false

  func run() async throws {
    let command = self
    try await engine.withEngine { parts in
      let summary = try command.race.find(in: parts)
      let code = try driverCode(command.driver, in: summary)
      let world: SimulationWorld
      do throws(CatalogError) {
        world = try await parts.library.world(of: summary.key, driver: code, artefact: nil)
      } catch {
        throw Failure.usage("\(code) in \(summary.key.season) \(summary.slug) cannot be played: \(error)")
      }
      let best = command.realStart ? world.optimum(from: world.realState(atEndOf: 1)) : world.optimumOverStarts()
      guard let best else { throw Failure.failed("No plan has a legal finish.") }
      command.report(best, world, summary)
    }
  }

  private func report(_ best: Optimum, _ world: SimulationWorld, _ race: RaceSummary) {
    let real = world.realElapsed[world.lapCount]
    let replay = world.replayReal()
    let stops = best.plan.changes
    if output.json {
      let list = stops.map { "{\"lap\":\($0.lap),\"compound\":\"\($0.compound.name)\",\"free\":\($0.isFree)}" }
      return Terminal.print(
        """
        {"driver":"\(world.driver)","model":"\(world.modelVersion)","synthetic":\(race.isSynthetic),\
        "finishMilliseconds":\(best.finish),"start":"\(best.plan.startCompound.name)",\
        "stops":[\(list.joined(separator: ","))],"realMilliseconds":\(real),"replayMilliseconds":\(replay)}
        """)
    }
    Terminal.print("\(race.key.season) \(race.name)  \(world.driver)")
    Terminal.print("best      \(clockTime(best.finish))  \(ScoreSheet.plan(best.plan.startCompound, stops))")
    Terminal.print(
      "real      \(clockTime(real))  \(ScoreSheet.plan(world.realPlan.startCompound, world.realPlan.changes))")
    Terminal.print("          re-simulated \(clockTime(replay)), \(difference(replay - real)) from the clock")
    Terminal.print("lost      \(difference(replay - best.finish)) against the best, both simulated: an estimate")
  }
}
