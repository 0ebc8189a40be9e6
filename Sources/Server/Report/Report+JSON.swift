import Events
import Racing

extension JSONWriter {
  /// The first page, which everybody may see: what it is about, the verdict, the six costs.
  mutating func firstPage(of report: Report) {
    opening(of: report, isPreview: true)
    for name in Report.firstPage { field(name, report.autopsy[name.description]) }
  }

  /// The whole report. The autopsy's members stand in it byte by byte as they are stored.
  mutating func members(of report: Report) {
    opening(of: report, isPreview: false)
    members(report.autopsy.members)
    array("evidence", AutopsyCause.allCases) { json, cause in
      json.object { json in
        json.field("cause", cause.key)
        json.object("parts") { json in
          for part in Report.parts(of: cause) { json.field(part, report.autopsy["parts"]?[part.description]) }
        }
        json.array("laps", report.laps(of: cause)) { $0.value($1) }
      }
    }
    object("windows") { json in
      json.members(of: WindowPlace(report.race))
      json.members(of: report.windows)
    }
    array("method", Report.method) { $0.value($1) }
    array("limits", Report.limits) { $0.value($1) }
  }

  private mutating func opening(of report: Report, isPreview: Bool) {
    field("position", report.position.rawValue)
    field("model", report.model)
    field("synthetic", report.race.isSynthetic)
    field("preview", isPreview)
    object("heading") { $0.heading(of: report) }
  }

  private mutating func heading(of report: Report) {
    field("circuit", report.race.circuit)
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
    field("permalink", "\(report.path)?at=\(report.position.rawValue)&model=\(PercentCoding.encode(report.model))")
    field("api", "/api/v1\(report.path)?\(report.query)")
  }
}
