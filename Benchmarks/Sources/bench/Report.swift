import Foundation

/// What a benchmark run prints: a table for people, one JSON object for programs.
struct Report: Codable {
  let command: String
  let seed: UInt64
  var machine: Machine
  var figures: [Figure]

  /// 0 when every target was met, else 1.
  var status: Int32 { figures.contains { $0.pass == false } ? 1 : 0 }

  /// Exactly one JSON object.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// A line a figure.
  func table() -> String {
    var lines = [
      "\(command)  seed \(seed)  \(machine.model), \(machine.cores) cores, PostgreSQL \(machine.postgres), \(machine.build)",
      "fdatasync \(machine.fsyncMilliseconds) ms, foreign CPU \(Int((machine.foreignCPU * 100).rounded())) %",
    ]
    for figure in figures {
      let verdict = figure.pass.map { $0 ? "pass" : "MISS" } ?? "    "
      var line = "\(verdict)  \(figure.name)  \(plain(figure.value)) \(figure.unit)"
      if let comparison = figure.comparison, let target = figure.target {
        line += "  (\(comparison.rawValue) \(plain(target)))"
      }
      if let limit = figure.limit, let ratio = figure.ratio { line += "  limit \(plain(limit)), ratio \(ratio)" }
      line += "  n \(figure.n) [\(plain(figure.spread[0])) … \(plain(figure.spread[1]))]"
      if !figure.note.isEmpty { line += "  \(figure.note)" }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }

  private func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}
