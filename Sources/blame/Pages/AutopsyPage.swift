import Racing
import Server

/// One driver's autopsy, for people.
struct AutopsyPage {
  let autopsy: Autopsy
  let race: RaceSummary

  /// Prints it; with `json` the numbers only.
  func print(json: Bool) {
    if json { return Terminal.print(numbers) }
    Terminal.print(Terminal.bold("\(race.key.season) \(race.name)  \(autopsy.driver)"))
    var steps = AutopsyCause.allCases.map { cause in
      Waterfall.Step(
        title: cause.title, milliseconds: autopsy.costs[cause], interval: autopsy.intervals?[cause])
    }
    steps.append(
      .init(title: "unexplained", milliseconds: autopsy.costs.residual, interval: autopsy.intervals?.residual))
    for line in Waterfall(steps: steps).lines { Terminal.print(line) }
    Terminal.print("")
    Terminal.print(autopsy.verdict)
    for stop in autopsy.stops {
      Terminal.print(
        "stop      lap \(stop.lap) for \(stop.compound.name), \(difference(stop.crew - autopsy.laneBest)) on the best crews"
      )
    }
    Terminal.print("real      \(ScoreSheet.plan(autopsy.realPlan.startCompound, autopsy.realPlan.changes))")
    Terminal.print(
      "best      \(ScoreSheet.plan(autopsy.bestPlan.startCompound, autopsy.bestPlan.changes)) at the driver's pace, alone"
    )
    for event in autopsy.timeline where abs(event.milliseconds) >= 2_000 { print(event) }
    Terminal.print(
      Terminal.dim("estimates; model \(autopsy.modelVersion.prefix(12)), record \(autopsy.recordDigest.prefix(12))"))
  }

  private func print(_ event: AutopsyEvent) {
    let laps =
      event.laps.count == 1 ? "lap \(event.laps.lowerBound)" : "laps \(event.laps.lowerBound)-\(event.laps.upperBound)"
    let name = event.kind.name.replacing("_", with: " ")
    guard event.kind != .finish else { return }
    Terminal.print("event     \(laps): \(name) \(difference(event.milliseconds))")
  }

  private var numbers: String {
    let costs = AutopsyCause.allCases.map { cause in
      let interval = autopsy.intervals.map { ",\"low\":\($0[cause].low),\"high\":\($0[cause].high)" } ?? ""
      return "{\"cause\":\"\(cause.key)\",\"milliseconds\":\(autopsy.costs[cause])\(interval)}"
    }
    return """
      {"driver":"\(autopsy.driver)","totalLossMilliseconds":\(autopsy.totalLoss),"costs":[\(costs.joined(separator: ","))],\
      "residualMilliseconds":\(autopsy.costs.residual),"model":"\(autopsy.modelVersion)","replicates":\(autopsy.intervals?.replicates ?? 0)}
      """
  }
}

/// What one driver lost more than another, for people.
struct ComparisonPage {
  let comparison: AutopsyComparison

  init(_ comparison: AutopsyComparison) { self.comparison = comparison }

  /// Prints it; with `json` the numbers only.
  func print(json: Bool) {
    let intervals = comparison.intervals
    if json {
      let costs = AutopsyCause.allCases.map { cause in
        "{\"cause\":\"\(cause.key)\",\"milliseconds\":\(comparison.costs[cause])}"
      }
      return Terminal.print(
        """
        {"driver":"\(comparison.driver)","reference":"\(comparison.reference)",\
        "totalLossMilliseconds":\(comparison.totalLoss),"costs":[\(costs.joined(separator: ","))],\
        "residualMilliseconds":\(comparison.costs.residual)}
        """)
    }
    Terminal.print(Terminal.bold("\(comparison.driver) against \(comparison.reference)"))
    var steps = AutopsyCause.allCases.map { cause in
      Waterfall.Step(
        title: cause.title, milliseconds: comparison.costs[cause],
        interval: intervals.isEmpty ? nil : intervals[cause.rawValue])
    }
    steps.append(.init(title: "unexplained", milliseconds: comparison.costs.residual, interval: nil))
    for line in Waterfall(steps: steps).lines { Terminal.print(line) }
  }
}
