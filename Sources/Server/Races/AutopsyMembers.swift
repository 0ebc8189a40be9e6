import Racing

extension JSONWriter {
  /// Everything an autopsy says. Times are ms; positive is time lost.
  mutating func members(of autopsy: Autopsy, alternatives: [AlternativePlan], race: RaceSummary) {
    field("season", race.key.season)
    field("round", race.key.round)
    field("gp", race.slug)
    field("driver", autopsy.driver.description)
    field("team", autopsy.team)
    field("recordDigest", autopsy.recordDigest)
    object("outcome") { $0.members(of: autopsy.outcome) }
    field("laps", autopsy.lapCount)
    field("realMilliseconds", autopsy.realTime)
    field("idealMilliseconds", autopsy.idealTime)
    field("gapToWinnerMilliseconds", autopsy.gapToWinner)
    field("totalLossMilliseconds", autopsy.totalLoss)
    interval("totalLossInterval", autopsy.intervals?.total)
    array("costs", AutopsyCause.allCases) { json, cause in json.object { $0.members(of: cause, in: autopsy) } }
    field("residualMilliseconds", autopsy.costs.residual)
    interval("residualInterval", autopsy.intervals?.residual)
    field("unexplainedShare", autopsy.blame?.unexplained)
    field("verdict", autopsy.verdict)
    field("replicates", autopsy.intervals?.replicates)
    array("flags", autopsy.flags) { $0.value($1.rawValue) }
    parts(of: autopsy)
    plans(of: autopsy, alternatives)
    array("timeline", autopsy.timeline) { json, event in json.object { $0.members(of: event) } }
    array("lapRows", autopsy.laps) { json, row in json.object { $0.members(of: row) } }
  }

  private mutating func members(of cause: AutopsyCause, in autopsy: Autopsy) {
    field("cause", cause.key)
    field("title", cause.title)
    field("milliseconds", autopsy.costs[cause])
    interval("interval", autopsy.intervals?[cause])
    field("share", autopsy.blame?[cause])
  }

  private mutating func interval(_ key: StaticString, _ interval: Autopsy.Interval?) {
    guard let interval else { return null(key) }
    object(key) { json in
      json.field("low", interval.low)
      json.field("high", interval.high)
    }
  }

  private mutating func members(of outcome: Autopsy.Outcome) {
    switch outcome {
    case .classified(let place, let lapsDown):
      field("kind", "classified")
      field("place", place)
      field("lapsDown", lapsDown)
    case .retired(let lap, let reason):
      field("kind", "retired")
      field("lap", lap)
      field("reason", reason)
    case .disqualified(let reason):
      field("kind", "disqualified")
      field("reason", reason)
    }
  }

  private mutating func parts(of autopsy: Autopsy) {
    object("parts") { json in
      json.field("grid", autopsy.gridLoss)
      json.field("trafficBeforeStop", autopsy.costs.qualifying - autopsy.gridLoss)
      json.field("decision", autopsy.strategy.decision)
      json.field("isHindsight", autopsy.strategy.isHindsight)
      json.field("trafficAfterStop", autopsy.strategy.traffic)
      json.field("team", autopsy.teamPace)
      json.field("driver", autopsy.driverPace)
      json.field("flagged", autopsy.incident.flagged)
      json.field("bunching", autopsy.incident.bunching)
      json.field("luck", autopsy.incident.luck)
      json.field("held", autopsy.incident.held)
      json.field("knockOn", autopsy.incident.knockOn)
      json.field("penalty", autopsy.incident.penalty)
      json.field("redReset", autopsy.incident.redReset)
    }
    interval("driverInterval", autopsy.intervals?.driverPace)
  }

  private mutating func plans(of autopsy: Autopsy, _ alternatives: [AlternativePlan]) {
    field("bestLaneMilliseconds", autopsy.laneBest)
    array("stops", autopsy.stops) { json, stop in
      json.object { json in
        json.field("lap", stop.lap)
        json.field("compound", stop.compound.name)
        json.field("laneMilliseconds", stop.lane)
        json.field("crewMilliseconds", stop.crew)
        json.field("penaltyServedMilliseconds", stop.penaltyServed)
        json.field("assumed", stop.isAssumed)
      }
    }
    object("realPlan") { $0.members(of: autopsy.realPlan) }
    object("idealPlan") { $0.members(of: autopsy.idealPlan) }
    object("bestPlan") { $0.members(of: autopsy.bestPlan) }
    array("calls", autopsy.calls) { json, call in
      json.object { json in
        json.field("lap", call.lap)
        json.field("compound", call.compound?.name)
        json.field("bestCompound", call.bestCompound?.name)
        json.field("milliseconds", call.milliseconds)
      }
    }
    array("alternatives", alternatives) { json, plan in json.object { $0.members(of: plan) } }
  }

  private mutating func members(of plan: Plan) {
    field("start", plan.startCompound.name)
    array("stops", plan.changes) { json, change in
      json.object { json in
        json.field("lap", change.lap)
        json.field("compound", change.compound.name)
        json.field("age", change.age)
        json.field("free", change.isFree)
      }
    }
  }

  private mutating func members(of alternative: AlternativePlan) {
    members(of: alternative.plan)
    field("finishMilliseconds", alternative.finish)
    field("deltaMilliseconds", alternative.delta)
    interval("deltaInterval", alternative.interval)
    field("place", alternative.place)
    array("windows", alternative.windows) { json, window in
      json.object { json in
        json.field("firstLap", window.lowerBound)
        json.field("lastLap", window.upperBound)
      }
    }
  }

  private mutating func members(of row: Autopsy.LapRow) {
    field("lap", row.lap)
    field("kind", row.kind.name)
    field("real", row.real)
    field("simulated", row.simulated)
    field("ideal", row.ideal)
    field("traffic", row.traffic)
    field("flagged", row.isFlagged)
  }

  private mutating func members(of event: AutopsyEvent) {
    field("event", event.kind.name)
    switch event.kind {
    case .stop(let compound, let lane):
      field("compound", compound.name)
      field("laneMilliseconds", lane)
    case .neutralised(let kind): field("kind", kind.name)
    case .retirement(let reason): field("reason", reason)
    case .start, .penaltyServed, .oddLap, .penaltyAdded, .finish: break
    }
    field("firstLap", event.laps.lowerBound)
    field("lastLap", event.laps.upperBound)
    field("milliseconds", event.milliseconds)
  }

  /// What one driver lost more than another.
  mutating func members(of comparison: AutopsyComparison) {
    field("driver", comparison.driver.description)
    field("reference", comparison.reference.description)
    field("totalLossMilliseconds", comparison.totalLoss)
    array("costs", AutopsyCause.allCases) { json, cause in
      json.object { json in
        json.field("cause", cause.key)
        json.field("title", cause.title)
        json.field("milliseconds", comparison.costs[cause])
        json.interval("interval", comparison.intervals.isEmpty ? nil : comparison.intervals[cause.rawValue])
      }
    }
    field("residualMilliseconds", comparison.costs.residual)
  }
}

extension AutopsyEvent.Kind {
  /// The event's stable name for programs.
  package var name: String {
    switch self {
    case .start: "start"
    case .stop: "stop"
    case .penaltyServed: "penalty_served"
    case .neutralised: "neutralised"
    case .oddLap: "odd_lap"
    case .penaltyAdded: "penalty_added"
    case .retirement: "retirement"
    case .finish: "finish"
    }
  }
}
