import Commands
import Events
import Racing
import Server

/// How a finished run was judged, for people.
struct ScoreSheet {
  private let view: SimulationView
  private let race: RaceSummary

  /// The sheet of a run.
  init(_ view: SimulationView, race: RaceSummary) {
    self.view = view
    self.race = race
  }

  /// Prints it.
  func print() {
    guard let result = view.result else {
      return Terminal.print("The run is not finished: lap \(view.lap) of \(view.lapCount).")
    }
    let scores = result.finished
    Terminal.print(
      Terminal.bold("\(race.key.season) \(race.name)  \(view.driver)") + (race.isSynthetic ? "  (synthetic race)" : ""))
    Terminal.print("plan      \(Self.plan(scores.startCompound, view.stops))")
    Terminal.print("finish    P\(scores.place)  \(clockTime(scores.total))")
    Terminal.print(
      "optimum   \(difference(scores.toOptimum)) behind it: \(Self.plan(result.optimalPlan.startCompound, result.optimalPlan.stops))"
    )
    Terminal.print("real car  \(difference(scores.toReal)) against its own plan re-simulated")
    Terminal.print(
      Terminal.dim(
        "          estimates; re-simulating the real plan misses the real time by \(difference(result.replayError))"))
    Terminal.print("")
    printScores(scores)
    Terminal.print("")
    printDecisions()
    Terminal.print(
      Terminal.dim("run \(view.simulation)\(result.finished.isRanked ? ", ranked" : ", practice: not ranked")"))
  }

  private func printScores(_ scores: SimulationFinished) {
    var table = TextTable([("score", .left), ("", .right)])
    table.add(["pit timing", hundredths(Int(scores.pitTiming))])
    table.add(["tyre efficiency", hundredths(Int(scores.tyreEfficiency))])
    table.add(["safety-car reaction", scores.safetyCarReaction.map { hundredths(Int($0)) } ?? "none in this race"])
    table.add(["race outcome", hundredths(Int(scores.raceOutcome))])
    table.add([Terminal.bold("Strategy IQ"), Terminal.bold(hundredths(Int(scores.iq)))])
    for line in table.lines { Terminal.print(line) }
  }

  private func printDecisions() {
    var table = TextTable([("lap", .right), ("decision", .left), ("cost", .right), ("", .left)])
    for decision in view.decisions {
      let what = [decision.kind.rawValue, decision.compound?.name ?? decision.pace.map { "\($0)" } ?? ""]
      let cost = decision.regret.map(difference) ?? "hidden until the flag"
      table.add([
        "\(decision.lap)", what.joined(separator: " "), cost, decision.isOptimal == true ? "as good as the best" : "",
      ])
    }
    for line in table.lines { Terminal.print(line) }
  }

  /// A plan in short: `MEDIUM, 55 INTERMEDIATE`.
  static func plan(_ start: Compound, _ stops: [Plan.Change]) -> String {
    ([start.name] + stops.map { "\($0.lap) \($0.compound.name)" }).joined(separator: ", ")
  }
}
