import Commands
import Events
import Projections
import Racing

extension Api {
  /// What the crowd and the model say was optimal at a circuit in a year.
  func optimal(_ call: Call) async throws(Problem) -> Answer {
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
    json.members(of: WindowPlace(race))
    json.members(of: crowd?.optimalStrategy(reference))
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
