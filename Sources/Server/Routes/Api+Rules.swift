import Commands
import Events
import Projections

extension Api {
  /// Publishes rules under a name, or puts them in force.
  func decideRules(_ call: Call) async throws(Problem) -> Answer {
    let fields = try Fields.body(call.body, names: ["name", "document", "change"], limits: limits)
    let name = try fields.required("name", try fields.text("name"))
    let actor = try call.account().id
    let isChange = try fields.flag("change") ?? false
    if name == Governance.standardName, isChange, !fields.has("document") {
      return try await decided { () async throws(CommandError) in
        try await commands.restoreStandardRules(document: CrowdRules.standard.document, by: actor)
      }
    }
    let known = live.governance.rules(named: name)?.document
    let document = try fields.required("document", try fields.rulesDocument("document")?.document ?? known)
    return try await decided { () async throws(CommandError) in
      isChange
        ? try await commands.changeRules(name: name, document: document, by: actor)
        : try await commands.proposeRules(name: name, document: document, by: actor)
    }
  }

  /// Passes over the event that has stopped the projections.
  func quarantine(_ call: Call) async throws(Problem) -> Answer {
    let fields = try Fields.body(call.body, names: ["position", "reason"], limits: limits)
    let number = try fields.required("position", try fields.integer("position", in: 1...Int.max))
    let reason = try fields.required("reason", try fields.text("reason"))
    guard (1...500).contains(reason.utf8.count) else {
      throw Problem(
        .invalidValue, "The reason has \(reason.utf8.count) bytes; 1 to 500 were expected.",
        pointer: fields.place("reason"))
    }
    let position = Position(rawValue: Int64(number))
    let isKnown = live.governance.isQuarantined(position)
    guard isKnown || live.status.failure?.position == position else {
      let stopped = live.status.failure.map { "at event \($0.position.rawValue)" } ?? "nowhere"
      throw Problem(
        .conflict, "The projections have stopped \(stopped); only what stops them is passed over.",
        pointer: fields.place("position"))
    }
    let actor = try call.account().id
    return try await decided { () async throws(CommandError) in
      try await commands.quarantine(position, reason: reason, by: actor)
    }
  }

  private func decided(
    _ decision: () async throws(CommandError) -> GovernanceOutcome
  ) async throws(Problem) -> Answer {
    let outcome: GovernanceOutcome
    do throws(CommandError) { outcome = try await decision() } catch { throw Problem(error) }
    var json = JSONWriter()
    json.object { json in
      json.field("position", outcome.position.rawValue)
      json.field("model", library.modelVersion)
      json.field("new", outcome.isNew)
    }
    return Answer(status: outcome.isNew ? 201 : 200, json)
  }

  /// The rules in force, and everything that was published and decided about the log.
  func rules(_ call: Call) throws(Problem) -> Answer {
    let governance = live.governance
    let plan = live.plan
    var json = JSONWriter(capacity: 2048)
    json.object { json in
      json.field("position", live.position.rawValue)
      json.field("model", library.modelVersion)
      json.field("inForce", governance.nameInForce)
      json.field("shown", plan.name)
      json.array("rules", [nil] + governance.published.map { Optional($0) }) { json, rules in
        json.object { json in
          json.field("name", rules?.name ?? Governance.standardName)
          json.field("position", rules?.position.rawValue)
          json.raw("document", (rules?.document ?? CrowdRules.standard.document).utf8)
        }
      }
      json.array("changes", governance.changes) { json, change in
        json.object { json in
          json.field("position", change.position.rawValue)
          json.field("name", change.name)
        }
      }
      json.array("quarantined", governance.quarantined) { json, quarantined in
        json.object { json in
          json.field("position", quarantined.position.rawValue)
          json.field("reason", quarantined.reason)
          json.field("by", quarantined.by?.description)
          json.field("decidedAt", quarantined.decidedAt.rawValue)
        }
      }
    }
    return Answer(json, caching: .revalidate)
  }
}
