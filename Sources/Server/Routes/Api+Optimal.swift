import Commands
import Events
import Projections
import Racing

extension Api {
  /// What the crowd and the model say was optimal at a circuit in a year.
  func optimal(_ call: Call) async throws(Problem) -> Answer {
    try call.query.allow(["minPosition", "asOf", "rules", "pool"])
    let race = try raceAtCircuit(call)
    let years = try call.query.integer("pool", in: 0...10) ?? 0
    try await readyAt(call)
    try await disclose(race, to: call, what: "windows")
    if var past = try await past(call) {
      let reference = try await reference(race)
      let crowd = past.crowd(circuit: race.circuit, season: race.key.season, pooling: years)
      return answers.answer(
        of: Self.content(race, crowd, reference), call, position: past.position.rawValue, model: library.modelVersion)
    }
    let content = try await windows(race, pooling: years)
    return answers.answer(of: content, call, position: live.position.rawValue, model: library.modelVersion)
  }

  private func windows(_ race: RaceSummary, pooling years: Int) async throws(Problem) -> AnswerCache.Content {
    let key = "\(race.circuit) \(race.key.season) \(years) \(live.generation)"
    if let content = windowCache.content(key, at: live.position) { return content }
    let reference = try await reference(race)
    let (crowd, position) = live.crowd(circuit: race.circuit, season: race.key.season, pooling: years)
    if let content = windowCache.content(key, crowd, reference, at: position) { return content }
    let content = Self.content(race, crowd, reference)
    windowCache.keep(content, key, crowd, reference, at: position)
    return content
  }

  private func reference(_ race: RaceSummary) async throws(Problem) -> CrowdReference {
    do throws(CatalogError) { return try await library.reference(of: race.key) } catch {
      throw Problem(error, race: race)
    }
  }

  private static func content(
    _ race: RaceSummary, _ crowd: CrowdStatistics?, _ reference: CrowdReference
  ) -> AnswerCache.Content {
    var json = JSONWriter(capacity: 2048)
    json.members(of: race, crowd?.optimalStrategy(reference))
    json.array("pooledSeasons", crowd?.pooledSeasons ?? []) { json, season in json.value(season) }
    return AnswerCache.Content(members: json.bytes, caching: .revalidate)
  }

  /// The race at a circuit in a year that a call's path names.
  func raceAtCircuit(_ call: Call) throws(Problem) -> RaceSummary {
    let year = try call.year(1)
    guard let race = library.summary(season: year, circuit: call.parameters[0]) else {
      throw Problem(
        .unknownRace,
        "No race at \"\(call.parameters[0].prefix(64))\" in \(year) is here; GET /api/v1/races lists what there is.",
        parameter: "circuit")
    }
    return race
  }
}

extension JSONWriter {
  fileprivate mutating func members(of race: RaceSummary, _ strategy: OptimalStrategy?) {
    field("synthetic", race.isSynthetic)
    field("circuit", race.circuit)
    field("season", race.key.season)
    field("round", race.key.round)
    field("gp", race.slug)
    field("laps", race.lapCount)
    guard let strategy else { return null("stops") }
    field("basis", strategy.users == 0 ? "model" : "crowd")
    field("label", strategy.coldStartLabel)
    field("confidence", strategy.confidence)
    field("users", strategy.users)
    field("simulations", strategy.simulations)
    field("accepted", strategy.accepted)
    field("sampleSize", strategy.sampleSize)
    decimal("effectiveUsers", Int64((100 * strategy.effectiveUsers).rounded()), places: 2)
    field("stopCount", strategy.stopCount)
    array("stopShares", strategy.stopShares.enumerated()) { json, share in
      json.object { json in
        json.field("stops", share.offset)
        json.decimal("share", share.element, places: 6)
      }
    }
    array("stops", strategy.stops) { json, stop in json.object { $0.members(of: stop) } }
  }

  private mutating func members(of stop: OptimalStrategy.Stop) {
    field("stop", stop.number)
    laps("window", stop.window.laps)
    field("confidence", stop.window.confidence)
    field("split", stop.window.isSplit)
    if let other = stop.window.otherLaps { laps("otherWindow", other) } else { null("otherWindow") }
    field("users", stop.window.users)
    decimal("effectiveUsers", Int64((100 * stop.window.effectiveUsers).rounded()), places: 2)
    field("compound", stop.recommended?.name)
    field("compoundConfidence", stop.tyreConfidence)
    array("compounds", stop.tyres) { json, tyre in
      json.object { json in
        json.field("compound", tyre.compound.name)
        json.decimal("share", tyre.share, places: 6)
        json.decimal("low", tyre.interval.lowerBound, places: 6)
        json.decimal("high", tyre.interval.upperBound, places: 6)
      }
    }
    field("undercutMilliseconds", stop.undercut)
    array("densityMillionths", stop.density) { $0.value($1) }
    array("priorMillionths", stop.prior) { $0.value($1) }
  }

  private mutating func laps(_ key: StaticString, _ laps: ClosedRange<Int>) {
    object(key) { json in
      json.field("firstLap", laps.lowerBound)
      json.field("lastLap", laps.upperBound)
    }
  }
}
