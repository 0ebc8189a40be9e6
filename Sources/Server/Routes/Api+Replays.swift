import Events
import HTTPTypes
import Projections

extension Api {
  /// Users that an answer lists one by one.
  private static let usersMax = 100

  /// Begins to build the projections anew beside those that answer: under the rules in force, or under others.
  func startReplay(_ call: Call) throws(Problem) -> Answer {
    let fields = try Fields.body(call.body, names: ["rules", "document", "show"], limits: limits)
    let shows = try fields.flag("show") ?? false
    let plan = try replayPlan(fields)
    if shows, plan.rules != live.plan.rules {
      throw Problem(
        .invalidValue, "Only a replay under the rules in force can be shown; POST /api/v1/rules changes them.",
        pointer: fields.place("show"))
    }
    try live.requireReady()
    let record = try replays.start(Replays.Request(plan: plan, shows: shows), id: newID())
    var answer = Answer(status: 202, json(record))
    answer.headers[.location] = "/api/v1/replay/\(record.id)"
    return answer
  }

  /// How far a replay is, and what it found.
  func replay(_ call: Call) throws(Problem) -> Answer {
    let id: StreamID = try call.identifier(0, of: .notFound, "a replay")
    guard let record = replays.record(id) else {
      throw Problem(.notFound, "This server remembers no replay \(id); the one that began it does, for a while.")
    }
    return Answer(json(record))
  }

  private func replayPlan(_ fields: Fields) throws(Problem) -> FoldPlan {
    let governance = live.governance
    let (name, document) = (try fields.text("rules"), try fields.rulesDocument("document"))
    if name != nil, document != nil {
      throw Problem(.invalidValue, "Give rules or document, not both.", pointer: fields.place("document"))
    }
    if let document { return FoldPlan(governance, rules: document) }
    do throws(RulesError) {
      guard let name else { return try FoldPlan(governance) }
      if let plan = try FoldPlan(governance, named: name) { return plan }
    } catch { throw Problem(.internalError, "The rules are not understood: \(error).") }
    throw Problem(
      .invalidValue, "No rules were published as \"\(name?.prefix(64) ?? "")\"; GET /api/v1/rules lists them.",
      pointer: fields.place("rules"))
  }

  private func json(_ record: Replays.Record) -> JSONWriter {
    var json = JSONWriter(capacity: 4096)
    json.object { json in
      json.field("position", live.position.rawValue)
      json.field("model", library.modelVersion)
      json.field("id", record.id.description)
      json.field("kind", "replay")
      json.field("subject", record.rules)
      json.field("show", record.shows)
      json.field("state", record.state.rawValue)
      json.field("done", record.done.rawValue)
      json.field("total", record.total.rawValue)
      json.field("message", record.reason)
      json.field("startedAt", record.startedAt.text)
      json.field("finishedAt", record.finishedAt?.text)
      if let report = record.report {
        json.object("result") { $0.members(of: report, usersMax: Self.usersMax) }
      } else {
        json.null("result")
      }
    }
    return json
  }
}
