import Events
import HTTPTypes
import Projections
import Racing

extension Api {
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
        json.object("result") { $0.members(of: report) }
      } else {
        json.null("result")
      }
    }
    return json
  }
}

extension JSONWriter {
  /// Users that are listed one by one.
  private static let usersMax = 100

  fileprivate mutating func members(of report: ReplayReport) {
    field("live", report.live)
    field("replayed", report.replayed)
    field("equal", report.live == report.replayed)
    field("listed", report.comparison.userCount)
    field("usersChanged", report.comparison.users.count)
    array("users", report.comparison.users.prefix(Self.usersMax)) { json, user in
      json.object { json in
        json.field("user", user.user.description)
        json.place("before", user.before)
        json.place("after", user.after)
      }
    }
    field("windows", report.comparison.windows.count)
    array("windowsChanged", report.comparison.windows.filter { !$0.isEqual }) { json, window in
      json.object { json in
        json.field("season", window.race.season)
        json.field("round", window.race.round)
        json.field("circuit", window.circuit)
        json.windows("before", window.before)
        json.windows("after", window.after)
      }
    }
  }

  private mutating func place(_ key: StaticString, _ place: RulesComparison.Place?) {
    guard let place else { return null(key) }
    object(key) { json in
      json.field("rank", place.rank)
      json.decimal("iq", place.rating, places: 2)
    }
  }

  private mutating func windows(_ key: StaticString, _ strategy: OptimalStrategy?) {
    guard let strategy else { return null(key) }
    object(key) { json in
      json.field("stopCount", strategy.stopCount)
      json.field("confidence", strategy.confidence)
      json.field("accepted", strategy.accepted)
      json.array("stops", strategy.stops) { json, stop in
        json.object { json in
          json.field("firstLap", stop.window.laps.lowerBound)
          json.field("lastLap", stop.window.laps.upperBound)
        }
      }
    }
  }
}
