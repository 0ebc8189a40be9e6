import Events
import Projections
import Racing

extension Report {
  /// The report as a table (RFC 4180): a number a row, each with its interval, the log position and the model version.
  var csv: [UInt8] {
    var table = ReportTable(report: self)
    table.row("title", "race", text: "\(race.race.season)/\(race.slug)")
    table.row("title", "driver", text: driver)
    table.row("title", "team", text: autopsy["team"]?.text ?? "")
    table.row("title", "record", text: race.digest)
    table.row("title", "root", text: root?.base64 ?? "")
    table.row("title", "permalink", text: "/api/v1\(path)?\(query)")
    table.row("title", "verdict", text: autopsy["verdict"]?.text ?? "")
    table.row("loss", "total", autopsy["totalLossMilliseconds"], autopsy["totalLossInterval"])
    for cause in AutopsyCause.allCases {
      table.row("cost", cause.key, cost(cause)?["milliseconds"], cost(cause)?["interval"])
    }
    table.row("cost", "residual", autopsy["residualMilliseconds"], autopsy["residualInterval"])
    for cause in AutopsyCause.allCases {
      for part in Self.parts(of: cause) {
        table.row("evidence", "\(cause.key) \(part)", autopsy["parts"]?[part.description], nil)
      }
    }
    for stop in autopsy["stops"]?.elements ?? [] {
      let name = "lap \(stop["lap"]?.integer ?? 0) \(stop["compound"]?.text ?? "")"
      table.row("stop", "\(name) lane", stop["laneMilliseconds"], nil)
      table.row("stop", "\(name) crew", stop["crewMilliseconds"], nil)
    }
    for alternative in autopsy["alternatives"]?.elements ?? [] {
      table.row(
        "alternative", Self.name(of: alternative), alternative["deltaMilliseconds"], alternative["deltaInterval"])
    }
    for stop in windows?.stops ?? [] {
      table.row(
        "window", "stop \(stop.number) of \(windows?.stopCount ?? 0)", .integer(Int64(stop.window.centre)),
        low: Int64(stop.window.laps.lowerBound), high: Int64(stop.window.laps.upperBound), unit: "lap")
    }
    return Array(table.text.utf8)
  }

  /// A plan in a line: `MEDIUM, lap 25 HARD`.
  private static func name(of plan: JSONValue) -> String {
    let stops = (plan["stops"]?.elements ?? []).map { "lap \($0["lap"]?.integer ?? 0) \($0["compound"]?.text ?? "")" }
    return ([plan["start"]?.text ?? ""] + stops).joined(separator: ", ")
  }
}

/// Rows of the table.
private struct ReportTable {
  private(set) var text = "section,item,value,low,high,unit,position,model\r\n"
  private let tail: String

  init(report: Report) { tail = "\(report.position.rawValue),\(report.model)" }

  mutating func row(_ section: String, _ item: String, text value: String) {
    append([section, item, value, "", "", ""])
  }

  /// A row of ms; none when the autopsy has no such number.
  mutating func row(_ section: String, _ item: String, _ value: JSONValue?, _ interval: JSONValue?) {
    row(section, item, value, low: interval?["low"]?.integer, high: interval?["high"]?.integer, unit: "ms")
  }

  mutating func row(_ section: String, _ item: String, _ value: JSONValue?, low: Int64?, high: Int64?, unit: String) {
    guard let number = value?.integer else { return }
    append([section, item, "\(number)", low.map { "\($0)" } ?? "", high.map { "\($0)" } ?? "", unit])
  }

  private mutating func append(_ cells: [String]) {
    text += cells.map(Self.quoted).joined(separator: ",") + ",\(tail)\r\n"
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\r\n".contains($0) }) else { return cell }
    return "\"\(cell.replacing("\"", with: "\"\""))\""
  }
}
