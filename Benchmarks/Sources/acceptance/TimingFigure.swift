import Foundation

/// One figure of timing with its target.
struct TimingFigure: Sendable {
  /// How the value must stand to the target.
  enum Comparison: String, Sendable { case exactly = "=", atLeast = ">=", atMost = "<=" }

  let name: String
  let value: Double
  let unit: String
  var comparison: Comparison?
  var target: Double?
  let count: Int
  var spread: [Double]
  var note: String

  init(
    _ name: String, _ value: Double, _ unit: String, _ comparison: Comparison? = nil, _ target: Double? = nil,
    n count: Int = 1, spread: [Double]? = nil, note: String = ""
  ) {
    self.name = name
    self.value = value
    self.unit = unit
    self.comparison = comparison
    self.target = target
    self.count = count
    self.spread = spread ?? [value, value]
    self.note = note
  }

  /// The target was met; nil where there is none.
  var pass: Bool? {
    guard let comparison, let target else { return nil }
    switch comparison {
    case .exactly: return value == target
    case .atLeast: return value >= target
    case .atMost: return value <= target
    }
  }

  /// So many of so many.
  static func all(_ name: String, _ met: Int, of count: Int, _ unit: String, note: String = "") -> TimingFigure {
    TimingFigure(name, Double(met), unit, .exactly, Double(count), n: count, note: note)
  }
}

/// Figures as a table and as JSON.
struct TimingReport: Sendable {
  let seed: UInt64
  let figures: [TimingFigure]

  var table: String {
    var lines = ["acceptance timing  seed \(seed)"]
    for figure in figures {
      let verdict = figure.pass.map { $0 ? "pass" : "MISS" } ?? "    "
      var line = "\(verdict)  \(figure.name)  \(Report.number(figure.value)) \(figure.unit)"
      if let comparison = figure.comparison, let target = figure.target {
        line += "  (\(comparison.rawValue) \(Report.number(target)))"
      }
      line += "  n \(figure.count)"
      if !figure.note.isEmpty { line += "  \(figure.note)" }
      lines.append(line)
    }
    let missed = figures.count { $0.pass == false }
    lines.append("\(figures.count { $0.pass == true }) met, \(missed) missed")
    return lines.joined(separator: "\n")
  }

  var json: String {
    let list = figures.map { figure -> [String: Any] in
      var object: [String: Any] = [
        "name": figure.name, "value": figure.value, "unit": figure.unit, "n": figure.count, "spread": figure.spread,
        "note": figure.note,
      ]
      if let comparison = figure.comparison, let target = figure.target, let pass = figure.pass {
        (object["comparison"], object["target"], object["pass"]) = (comparison.rawValue, target, pass)
      }
      return object
    }
    let machine: [String: Any] = [
      "cores": ProcessInfo.processInfo.activeProcessorCount, "model": TimingReport.processor, "build": "release",
    ]
    let object: [String: Any] = [
      "command": "acceptance timing", "seed": seed, "machine": machine, "figures": list,
    ]
    let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  private static var processor: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }
}
