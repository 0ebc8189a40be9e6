import EventStore
import Events
import HTTPTypes
import Projections
import Racing

extension Api {
  /// Every decision of an account in the order it was made, read from the log itself.
  func auditUser(_ call: Call) async throws(Problem) -> Answer {
    let user: UserID = try call.identifier(0, of: .unknownUser, "an account")
    let after = try call.query.integer("after", in: 0...Int(Int32.max)) ?? 0
    let limit = try call.query.integer("limit", in: 1...limits.pageRows) ?? 100
    try await awaitPosition(call)
    try requireNotErased(user)
    let page = try await decisions(of: user, after: Version(rawValue: Int32(after)), limit: limit)
    if page.rows.isEmpty, after == 0 { try await requireAccount(user) }
    for race in page.races where call.caller?.id != user { try await disclose(race, to: call, what: "audit") }
    var json = JSONWriter(capacity: 256 * (page.rows.count + 1))
    json.object { json in
      json.field("position", live.position.rawValue)
      json.field("model", library.modelVersion)
      json.field("user", user.description)
      json.array("decisions", page.rows) { json, row in json.object { $0.members(of: row) } }
      json.field("next", page.next?.rawValue)
    }
    var answer = Answer(json)
    if let next = page.next {
      answer.headers[.link] =
        "</api/v1/audit/users/\(user)/decisions?after=\(next.rawValue)&limit=\(limit)>; rel=\"next\""
    }
    return answer
  }

  /// Every event of a run, as it stands in the log.
  func auditSimulation(_ call: Call) async throws(Problem) -> Answer {
    let id: StreamID = try call.identifier(0, of: .unknownSimulation, "a run")
    try await awaitPosition(call)
    let events: [RecordedEvent]
    do { events = try await reader.events(of: id) } catch { throw Problem(error) }
    guard let first = events.first, case .simulationStarted(let start) = first.event else {
      throw Problem(.unknownSimulation, "There is no run \(id).")
    }
    let isOver = events.contains { $0.event.endsRun }
    let isOwn = call.caller?.id == first.actor
    guard isOver || isOwn else {
      throw Problem(.forbidden, "The run \(id) is not over, and it is not yours: its events are shown when it is.")
    }
    if !isOwn, let race = library.summary(start.race) { try await disclose(race, to: call, what: "audit") }
    var json = JSONWriter(capacity: 512 * events.count)
    json.object { json in
      stamp(&json, live.position, race: library.summary(start.race))
      json.field("simulation", id.description)
      json.field("player", first.actor?.description)
      json.field("over", isOver)
      json.array("events", events) { json, event in json.object { $0.members(of: event, isOver: isOver) } }
    }
    return Answer(json)
  }

  /// What an erased account did is not listed any more; receipts that were given out stay valid.
  func requireNotErased(_ user: UserID) throws(Problem) {
    if live.read({ model, _ in model.isErased(user) }) {
      throw Problem(.unknownUser, "There is no account \(user) any more: it was erased.")
    }
  }

  private func requireAccount(_ user: UserID) async throws(Problem) {
    let stream: [RecordedEvent]
    do { stream = try await reader.events(of: StreamID(high: user.high, low: user.low)) } catch { throw Problem(error) }
    if stream.isEmpty { throw Problem(.unknownUser, "There is no account \(user).") }
  }
}

extension Event {
  /// The run takes no more decisions after it.
  var endsRun: Bool {
    switch self {
    case .simulationFinished, .simulationAbandoned: true
    default: false
    }
  }
}

extension JSONWriter {
  mutating func members(of event: RecordedEvent, isOver: Bool) {
    field("position", event.position.rawValue)
    field("version", event.version.rawValue)
    field("type", event.event.type.name)
    field("at", event.recordedAt.text)
    field("actor", event.actor?.description)
    field("actorVersion", event.actorVersion?.rawValue)
    field("command", event.command.description)
    if isOver || event.event.isHarmless {
      raw("data", event.event.data)
    } else {
      null("data")
      field("hidden", "What a decision cost is shown when the run is over.")
      if case .decisionMade(let decision) = event.event { members(of: decision, isOver: false) }
    }
  }

  /// A decision; what it cost only when the run is over, because that would tell what the race still holds.
  mutating func members(of decision: DecisionMade, isOver: Bool) {
    field("lap", decision.lap)
    field("kind", decision.kind.rawValue)
    field("value", decision.compound?.name ?? decision.pace?.name)
    field("regretMilliseconds", isOver ? decision.regret : nil)
    if isOver { field("optimal", decision.isOptimal) } else { null("optimal") }
  }
}

extension Event {
  /// Its data tell nothing of laps that are still to come.
  fileprivate var isHarmless: Bool {
    switch self {
    case .simulationStarted, .decisionMade: false
    default: true
    }
  }
}
