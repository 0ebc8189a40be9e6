import Events
import Projections
import Racing

extension Api {
  /// The ranked runs behind one cell of a heatmap, best first.
  func heatmapRuns(_ call: Call) async throws(Problem) -> Answer {
    let race = try raceAtCircuit(call)
    guard let first = try call.query.integer("first", in: 1...race.lapCount) else {
      throw Problem(.invalidValue, "first is missing: the lap of the first stop.", parameter: "first")
    }
    let second = try call.query.integer("second", in: 1...race.lapCount)
    let limit = try call.query.integer("limit", in: 1...limits.pageRows) ?? 50
    try await readyAt(call)
    try await disclose(race, to: call, what: "windows")
    let (runs, position) = live.rankedRuns(
      circuit: race.circuit, season: race.key.season, stopLaps: [first] + (second.map { [$0] } ?? []), limit: limit)
    let names = try await self.names.names(of: runs.map(\.user))
    var json = JSONWriter(capacity: 8192)
    json.object { json in
      stamp(&json, position, race: race)
      json.field("circuit", race.circuit)
      json.field("season", race.key.season)
      json.field("first", first)
      json.field("second", second)
      json.array("runs", runs) { json, run in json.object { $0.members(of: run, name: names[run.user]) } }
    }
    return Answer(json)
  }
}

extension JSONWriter {
  fileprivate mutating func members(of run: SimulationRecord, name: String?) {
    field("simulation", run.id.description)
    field("user", run.user.description)
    field("name", name)
    field("driver", run.driver.description)
    field("position", run.ended?.rawValue)
    decimal("iq", run.result?.iq, places: 2)
    field("toOptimumMilliseconds", run.result?.toOptimum)
    field("start", run.result?.startCompound.name)
    array("stops", run.result?.stops ?? []) { json, stop in
      json.object { json in
        json.field("lap", stop.lap)
        json.field("compound", stop.compound.name)
      }
    }
  }
}
