import Foundation

/// Rows as a table and as JSON.
struct Report: Sendable {
  let races: Races
  var rows: [Row] = []

  var missed: Int { rows.count { $0.outcome == .miss } }

  var table: String {
    let head = ["", "goal", "figure", "target", "races", "n"]
    let cells = rows.map { row in
      [
        row.outcome.rawValue, row.goal, row.figure.map { "\(Self.number($0)) \(row.unit)" } ?? "-", row.targetText,
        row.list, String(row.sample),
      ]
    }
    let widths = head.indices.map { column in ([head] + cells).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      zip(cells, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: "  ")
    }
    var lines = [line(head)]
    for (row, cells) in zip(rows, cells) {
      lines.append(line(cells))
      if !row.detail.isEmpty { lines.append("        \(row.detail)") }
    }
    lines.append("")
    for (name, list) in races.lists {
      lines.append("\(name): \(list.isEmpty ? "no races" : list.joined(separator: " "))")
    }
    lines.append("\(rows.count { $0.outcome == .pass }) met, \(missed) missed")
    return lines.joined(separator: "\n")
  }

  var json: String {
    let list = rows.map { row -> [String: Any] in
      var object: [String: Any] = [
        "goal": row.goal, "unit": row.unit, "target": row.targetText, "outcome": row.outcome.rawValue,
        "races": row.list,
        "sample": row.sample, "detail": row.detail,
      ]
      if let figure = row.figure { object["figure"] = Double(Self.number(figure)) ?? figure }
      return object
    }
    let lists = Dictionary(uniqueKeysWithValues: races.lists.map { ($0.0, $0.1) })
    let object: [String: Any] = ["rows": list, "lists": lists, "missed": missed]
    let data = try? JSONSerialization.data(withJSONObject: object, options: [.prettyPrinted, .sortedKeys])
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// Three decimals at most.
  static func number(_ value: Double) -> String {
    var text = String(format: "%.3f", value)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text == "-0" ? "0" : text
  }
}
