import Events
import Projections

extension Api {
  /// The rules in force, and everything that was published and decided about the log.
  func rules(_ call: Call) throws(Problem) -> Answer {
    try call.query.allow([])
    let governance = live.governance
    let plan = live.plan
    var json = JSONWriter(capacity: 2048)
    json.object { json in
      json.field("position", live.position.rawValue)
      json.field("model", library.modelVersion)
      json.field("inForce", governance.rulesInForce()?.name ?? Governance.standardName)
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
