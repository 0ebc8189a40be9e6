import Events
import Racing

extension JSONWriter {
  /// The first page, which everybody may see: what it is about, the verdict, the six costs.
  mutating func firstPage(of report: Report) {
    field("position", report.position.rawValue)
    field("model", report.model)
    field("synthetic", report.race.isSynthetic)
    object("title") { $0.title(of: report) }
    field("verdict", report.autopsy["verdict"])
    field("totalLossMilliseconds", report.autopsy["totalLossMilliseconds"])
    field("totalLossInterval", report.autopsy["totalLossInterval"])
    array("costs", AutopsyCause.allCases) { json, cause in
      json.object { json in
        let cost = report.cost(cause)
        json.field("cause", cause.key)
        json.field("title", cause.title)
        json.field("milliseconds", cost?["milliseconds"])
        json.field("interval", cost?["interval"])
        json.field("share", cost?["share"])
      }
    }
    field("residualMilliseconds", report.autopsy["residualMilliseconds"])
    field("residualInterval", report.autopsy["residualInterval"])
    field("unexplainedShare", report.autopsy["unexplainedShare"])
    field("replicates", report.autopsy["replicates"])
    field("flags", report.autopsy["flags"])
  }

  private mutating func title(of report: Report) {
    field("season", report.race.race.season)
    field("round", report.race.race.round)
    field("gp", report.race.slug)
    field("circuit", report.race.circuit)
    field("laps", report.race.laps)
    field("driver", report.driver)
    field("team", report.autopsy["team"])
    field("outcome", report.autopsy["outcome"])
    field("gapToWinnerMilliseconds", report.autopsy["gapToWinnerMilliseconds"])
    field("recordDigest", report.race.digest)
    if let root = report.root {
      object("checkpoint") { json in
        json.field("size", report.position.rawValue)
        json.field("root", root.base64)
      }
    } else {
      null("checkpoint")
    }
    if let finding = report.finding {
      object("autopsy") { json in
        json.field("position", finding.position.rawValue)
        json.field("sha256", finding.answer)
      }
    } else {
      null("autopsy")
    }
    field("permalink", "\(report.path)?\(report.query)")
    field("api", "/api/v1\(report.path)?\(report.query)")
  }

  /// Everything behind the first page.
  mutating func furtherPages(of report: Report) {
    array("evidence", AutopsyCause.allCases) { json, cause in
      json.object { json in
        json.field("cause", cause.key)
        json.object("parts") { json in
          for part in Report.parts(of: cause) {
            json.field(part, report.autopsy["parts"]?[part.description])
          }
        }
        json.array("laps", report.laps(of: cause)) { $0.value($1) }
      }
    }
    field("isHindsight", report.autopsy["parts"]?["isHindsight"])
    field("driverInterval", report.autopsy["driverInterval"])
    field("realMilliseconds", report.autopsy["realMilliseconds"])
    field("idealMilliseconds", report.autopsy["idealMilliseconds"])
    field("alternatives", report.autopsy["alternatives"])
    field("bestLaneMilliseconds", report.autopsy["bestLaneMilliseconds"])
    field("stops", report.autopsy["stops"])
    field("calls", report.autopsy["calls"])
    object("plans") { json in
      json.field("real", report.autopsy["realPlan"])
      json.field("best", report.autopsy["bestPlan"])
      json.field("ideal", report.autopsy["idealPlan"])
    }
    field("timeline", report.autopsy["timeline"])
    field("lapRows", report.autopsy["lapRows"])
    object("windows") { $0.members(of: report.windows) }
    array("method", Report.method) { $0.value($1) }
    array("limits", Report.limits) { $0.value($1) }
  }
}
