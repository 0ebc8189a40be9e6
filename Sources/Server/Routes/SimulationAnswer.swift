import Commands
import Events
import Racing

extension Api {
  /// A run as its player may see it.
  func answer(_ view: SimulationView, position: Position) -> Answer {
    var json = JSONWriter(capacity: 2048)
    json.object { json in
      json.field("position", position.rawValue)
      json.members(of: view, synthetic: library.summary(view.race)?.isSynthetic ?? false)
    }
    return Answer(json)
  }

  /// What a command did, with the run after it.
  func answer(_ outcome: CommandOutcome, key: IdempotencyKey, status: Int) -> Answer {
    var json = JSONWriter(capacity: 2048)
    json.object { json in
      json.field("position", outcome.last.rawValue)
      json.field("firstPosition", outcome.first.rawValue)
      json.field("command", key.command.description)
      json.field("repeated", outcome.isRepeat)
      if let interruption = outcome.interruption {
        json.object("interruption") { $0.members(of: interruption) }
      } else {
        json.null("interruption")
      }
      json.members(of: outcome.view, synthetic: library.summary(outcome.view.race)?.isSynthetic ?? false)
    }
    return Answer(status: status, json)
  }
}

extension JSONWriter {
  mutating func members(of view: SimulationView, synthetic: Bool) {
    field("model", view.model)
    field("synthetic", synthetic)
    field("id", view.simulation.description)
    field("version", view.version.rawValue)
    field("player", view.player.description)
    field("season", view.race.season)
    field("round", view.race.round)
    field("driver", view.driver.description)
    field("mode", view.mode.rawValue)
    field("ranked", view.isRanked)
    field("forkOf", view.forkOf?.description)
    field("status", view.status.rawValue)
    field("startLap", view.startLap)
    field("laps", view.lapCount)
    field("lap", view.lap)
    field("elapsedMilliseconds", view.elapsed)
    field("lapMilliseconds", view.lapTime)
    field("place", view.place)
    field("toRealMilliseconds", view.toReal)
    field("replayErrorMilliseconds", view.replayError)
    gap("ahead", view.ahead)
    gap("behind", view.behind)
    array("tower", view.tower) { json, row in json.object { $0.members(of: row) } }
    object("tyre") { json in
      json.field("compound", view.tyre.compound.name)
      json.field("laps", view.tyre.laps)
      json.decimal("wear", view.tyre.wearQuarters * 25, places: 2)
    }
    field("pace", view.pace.name)
    stops("stops", view.stops)
    if let next = view.next { object("next") { $0.members(of: next) } } else { null("next") }
    array("decisions", view.decisions) { json, decision in json.object { $0.members(of: decision) } }
    if let result = view.result { object("result") { $0.members(of: result) } } else { null("result") }
  }

  mutating func members(of interruption: Interruption) {
    field("lap", interruption.lap)
    switch interruption.reason {
    case .trackStatus(let kind):
      field("reason", "trackStatus")
      field("trackStatus", kind.name)
    case .mustStop: field("reason", "mustStop")
    case .notPossible: field("reason", "notPossible")
    case .rivalStop(let driver): signal(.rivalStop, of: driver)
    case .rainTyres(let driver): signal(.rainTyres, of: driver)
    case .place(let place):
      field("reason", StopSignal.place.rawValue)
      field("place", place)
    }
  }

  private mutating func signal(_ signal: StopSignal, of driver: DriverCode) {
    field("reason", signal.rawValue)
    field("driver", driver.description)
  }

  private mutating func members(of next: SimulationView.NextLap) {
    field("lap", next.lap)
    field("trackStatus", next.kind.name)
    field("mayStay", next.mayStayOut)
    array("compounds", next.compounds) { $0.value($1.name) }
    field("freeChange", next.isFreeChange)
    array("paces", next.paces) { $0.value($1.name) }
    if let decided = next.decided { object("decided") { $0.members(of: decided) } } else { null("decided") }
    field("compoundRuleMet", next.obligationMet)
    field("stopsOwed", next.stopsOwed)
    if let rejoin = next.boxNow { object("boxNow") { $0.members(of: rejoin) } } else { null("boxNow") }
    if let rejoins = next.rejoins { object("rejoins") { $0.members(of: rejoins) } } else { null("rejoins") }
  }

  /// Where the car and everybody else would be on the line, ms behind the first of them.
  private mutating func members(of rejoins: BoxNow) {
    let kinds = [rejoins.green, rejoins.virtualSafetyCar, rejoins.safetyCar]
    let first = (rejoins.projected.map(\.elapsed) + kinds.map(\.elapsed)).min() ?? 0
    field("reachMilliseconds", rejoins.reach)
    field("greenMilliseconds", rejoins.green.elapsed - first)
    field("virtualSafetyCarMilliseconds", rejoins.virtualSafetyCar.elapsed - first)
    field("safetyCarMilliseconds", rejoins.safetyCar.elapsed - first)
    array("field", rejoins.projected) { json, rival in
      json.object { json in
        json.field("driver", rival.driver.description)
        json.field("milliseconds", rival.elapsed - first)
      }
    }
  }

  private mutating func members(of row: SimulationView.TowerRow) {
    field("driver", row.driver.description)
    field("place", row.place)
    field("gapMilliseconds", row.gap)
    field("lapMilliseconds", row.lapTime)
    field("compound", row.compound?.name)
    field("tyreLaps", row.tyreLaps)
    field("stops", row.stopCount)
    field("inLane", row.isInLane)
    field("lastLap", row.lastLap)
  }

  private mutating func members(of rejoin: BoxNow.Rejoin) {
    field("place", rejoin.place)
    field("bestPlace", rejoin.places.lowerBound)
    field("worstPlace", rejoin.places.upperBound)
    neighbour("ahead", rejoin.ahead)
    neighbour("behind", rejoin.behind)
    array("rivals", rejoin.rivals) { json, rival in
      json.object { json in
        json.field("driver", rival.driver.description)
        json.field("stopToCome", rival.hasStopToCome)
        json.decimal("aheadPercent", rival.aheadMillionths, places: 4)
      }
    }
  }

  private mutating func neighbour(_ key: StaticString, _ neighbour: BoxNow.Neighbour?) {
    guard let neighbour else { return null(key) }
    object(key) { json in
      json.field("driver", neighbour.driver.description)
      json.field("gapMilliseconds", neighbour.gap)
    }
  }

  private mutating func members(of decision: SimulationView.Decision) {
    field("lap", decision.lap)
    field("kind", decision.kind.rawValue)
    field("compound", decision.compound?.name)
    field("pace", decision.pace?.name)
    field("regretMilliseconds", decision.regret)
    if let isOptimal = decision.isOptimal { field("optimal", isOptimal) } else { null("optimal") }
  }

  private mutating func members(of result: SimulationView.Result) {
    members(of: result.finished)
    field("optimumMilliseconds", result.optimum)
    plan("optimalPlan", result.optimalPlan)
    plan("realPlan", result.realPlan)
    field("replayErrorMilliseconds", result.replayError)
  }

  mutating func members(of finished: SimulationFinished) {
    decimal("iq", finished.iq, places: 2)
    decimal("pitTiming", finished.pitTiming, places: 2)
    decimal("tyreEfficiency", finished.tyreEfficiency, places: 2)
    decimal("safetyCarReaction", finished.safetyCarReaction, places: 2)
    decimal("raceOutcome", finished.raceOutcome, places: 2)
    field("totalMilliseconds", finished.total)
    field("toOptimumMilliseconds", finished.toOptimum)
    field("toRealMilliseconds", finished.toReal)
    field("place", finished.place)
    field("attempt", finished.attempt)
    field("ranked", finished.isRanked)
    field("stopCount", finished.stopCount)
  }

  mutating func plan(_ key: StaticString, _ plan: Plan) {
    object(key) { json in
      json.field("start", plan.startCompound.name)
      json.stops("stops", plan.changes)
    }
  }

  private mutating func stops(_ key: StaticString, _ changes: [Plan.Change]) {
    array(key, changes) { json, change in
      json.object { json in
        json.field("lap", change.lap)
        json.field("compound", change.compound.name)
        json.field("age", change.age)
        json.field("free", change.isFree)
      }
    }
  }

  private mutating func gap(_ key: StaticString, _ gap: SimulationView.Gap?) {
    guard let gap else { return null(key) }
    object(key) { json in
      json.field("driver", gap.driver.description)
      json.field("gapMilliseconds", gap.milliseconds)
    }
  }
}

extension PaceMode {
  /// The spelling in requests and answers.
  var name: String {
    switch self {
    case .normal: "normal"
    case .push: "push"
    case .save: "save"
    }
  }
}

extension LapKind {
  /// The spelling in answers.
  var name: String {
    switch self {
    case .green: "green"
    case .yellow: "yellow"
    case .virtualSafetyCar: "virtualSafetyCar"
    case .safetyCar: "safetyCar"
    case .red: "red"
    }
  }
}
