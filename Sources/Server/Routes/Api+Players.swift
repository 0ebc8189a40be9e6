import Events
import HTTPTypes
import Projections
import Racing

extension Api {
  /// A player as everybody sees them: their place on the leaderboard and the runs they finished, the last one first.
  func player(_ call: Call) async throws(Problem) -> Answer {
    let limit = try call.query.integer("limit", in: 1...limits.pageRows) ?? 50
    let after = try call.query["after"].map { text throws(Problem) in
      guard let id = StreamID(text) else {
        throw Problem(
          .invalidValue, "after is \"\(text.prefix(64))\"; take it from the link to the next page.", parameter: "after")
      }
      return id
    }
    try await readyAt(call)
    let name = call.parameters[0]
    let found: Account?
    do throws(AccountError) { found = try await accounts.account(named: name) } catch { throw Problem(error) }
    guard let account = found else { throw Problem(.unknownUser, "There is no player \"\(name.prefix(80))\".") }
    let (model, position) = live.read { ($0, $1) }
    let page = FinishedRuns(of: account.id, in: model, after: after, limit: limit)
    var json = JSONWriter(capacity: 320 * page.runs.count + 512)
    json.object { json in
      json.field("position", position.rawValue)
      json.field("model", library.modelVersion)
      json.field("id", account.id.description)
      json.field("name", account.name)
      json.field("kind", account.kind.rawValue)
      let row = model.leaderboardRow(of: account.id, on: .overall)
      json.field("rank", row?.rank)
      json.field("iqHundredths", row?.key.rating)
      json.field("intervalHundredths", row?.interval)
      json.field("races", row?.key.runs)
      json.array("runs", page.runs) { json, run in
        json.object { $0.members(of: run, race: library.summary(run.race)) }
      }
      json.field("next", page.next?.description)
    }
    var answer = Answer(json, caching: .revalidate)
    if let next = page.next {
      answer.headers[.link] =
        "</api/v1/players/\(PercentCoding.encode(name))?after=\(next)&limit=\(limit)>; rel=\"next\""
    }
    return answer
  }

  /// How much there is, from memory.
  func stats(_ call: Call) async throws(Problem) -> Answer {
    try await awaitPosition(call)
    let (statistics, position) = live.read { model, position in (model.statistics, position) }
    var json = JSONWriter()
    json.object { json in
      json.field("position", position.rawValue)
      json.field("model", library.modelVersion)
      json.field("races", library.summaries.count)
      json.field("players", statistics.users)
      json.field("runs", statistics.simulations)
      json.field("finishedRuns", statistics.finishedSimulations)
      json.field("rankedRuns", statistics.rankedSimulations)
      json.field("decisions", statistics.decisions)
      json.field("events", position.rawValue)
    }
    return Answer(json, caching: .revalidate)
  }
}

/// A page of an account's finished runs, the last one first.
private struct FinishedRuns {
  let runs: [SimulationRecord]
  /// The run to go on behind; nil on the last page.
  let next: StreamID?

  /// - Complexity: O(runs of the account).
  init(of account: UserID, in model: ReadModel, after: StreamID?, limit: Int) {
    let finished = Array(model.simulations(of: account, limit: .max).filter { $0.status == .finished }.reversed())
    var rest = finished[...]
    if let after {
      rest =
        finished.firstIndex { $0.id == after }.map { finished[$0...].dropFirst() } ?? finished[finished.endIndex...]
    }
    runs = Array(rest.prefix(limit))
    next = rest.count > limit ? runs.last?.id : nil
  }
}

extension JSONWriter {
  /// A finished run as everybody may see it: how it went, and nothing of the race's laps.
  fileprivate mutating func members(of run: SimulationRecord, race: RaceSummary?) {
    field("id", run.id.description)
    field("season", run.race.season)
    field("round", run.race.round)
    field("gp", race?.slug)
    if let race { field("synthetic", race.isSynthetic) } else { null("synthetic") }
    field("driver", run.driver.description)
    field("mode", run.mode.rawValue)
    field("ranked", run.isRanked)
    field("attempt", run.attempt)
    field("iqHundredths", run.result?.iq)
    field("place", run.result?.place)
    field("toOptimumMilliseconds", run.result?.toOptimum)
    field("toRealMilliseconds", run.result?.toReal)
    field("endedAtPosition", run.ended?.rawValue)
  }
}
