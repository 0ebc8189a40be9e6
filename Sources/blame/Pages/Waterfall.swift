import Racing

/// Costs as bars that begin where the one before ended: the way from nothing to the whole loss.
struct Waterfall {
  /// One step.
  struct Step {
    let title: String
    let milliseconds: Int64
    let interval: Autopsy.Interval?
  }

  let steps: [Step]
  private let width = 40

  /// A line for each step and one for the sum.
  var lines: [String] {
    var levels: [Int64] = [0]
    for step in steps { levels.append(levels[levels.count - 1] + step.milliseconds) }
    let low = levels.min() ?? 0
    let span = max(1, (levels.max() ?? 0) - low)
    func column(_ level: Int64) -> Int { Int(Double(level - low) / Double(span) * Double(width)) }
    let titleWidth = (steps.map(\.title.count) + ["together".count]).max() ?? 0
    func line(_ title: String, _ from: Int64, _ to: Int64, _ mark: String, _ text: String) -> String {
      let (left, right) = (min(column(from), column(to)), max(column(from), column(to)))
      let bar = String(repeating: " ", count: left) + String(repeating: mark, count: max(1, right - left))
      let name = title + String(repeating: " ", count: titleWidth - title.count)
      return "\(name)  \(bar)\(String(repeating: " ", count: max(0, width + 1 - bar.count)))  \(text)"
    }
    var lines = zip(steps, zip(levels, levels.dropFirst())).map { step, ends in
      line(
        step.title, ends.0, ends.1, step.milliseconds < 0 ? "-" : "#",
        tenths(step.milliseconds) + (step.interval.map { "  [\(tenths($0.low)), \(tenths($0.high))]" } ?? ""))
    }
    let sum = levels[levels.count - 1]
    lines.append(line("together", 0, sum, "=", tenths(sum)))
    return lines
  }

  private func tenths(_ milliseconds: Int64) -> String {
    let tenths = (milliseconds.magnitude + 50) / 100
    let text = "\(milliseconds < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10)"
    return String(repeating: " ", count: max(0, 6 - text.count)) + text + " s"
  }
}
