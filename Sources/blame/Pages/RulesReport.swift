import Events
import Projections
import Racing
import Server

/// What other rules would change, for people and for programs.
struct RulesReport {
  private let report: ReplayReport
  private var comparison: RulesComparison { report.comparison }

  /// Compares the log as it is under the rules in force with the same log under others.
  init(_ before: ReadModel, _ after: ReadModel, in parts: ServerParts) async throws {
    report = ReplayReport(before, after, references: try await parts.library.allReferences())
  }

  func print(_ output: OutputOptions) {
    if output.json {
      var json = JSONWriter()
      json.object { $0.members(of: report) }
      return Terminal.print(String(decoding: json.bytes, as: UTF8.self))
    }
    Terminal.print(
      "\(grouped(comparison.users.count)) of \(grouped(comparison.userCount)) listed users change, and "
        + "\(grouped(comparison.windows.count { !$0.isEqual })) of \(grouped(comparison.windows.count)) windows")
    var users = TextTable([
      ("user", .left), ("rank", .right), ("IQ", .right), ("", .left), ("rank", .right), ("IQ", .right),
    ])
    for user in comparison.users.prefix(20) {
      users.add([user.user.description] + Self.cells(user.before) + ["→"] + Self.cells(user.after))
    }
    for line in users.lines { Terminal.print(line) }
    if comparison.users.count > 20 {
      Terminal.print("… and \(grouped(comparison.users.count - 20)) more; --json has all")
    }
    var windows = TextTable([("race", .left), ("in force", .left), ("", .left), ("with these rules", .left)])
    for window in comparison.windows where !window.isEqual {
      windows.add(["\(window.race.season) \(window.circuit)", Self.text(window.before), "→", Self.text(window.after)])
    }
    for line in windows.lines { Terminal.print(line) }
    Terminal.print("state  \(report.live)")
    Terminal.print("    →  \(report.replayed)")
  }

  private static func cells(_ place: RulesComparison.Place?) -> [String] {
    place.map { ["\($0.rank)", hundredths(Int($0.rating))] } ?? ["", "not listed"]
  }

  private static func text(_ strategy: OptimalStrategy?) -> String {
    guard let strategy else { return "nobody has played" }
    let stops = strategy.stops.map { "\($0.window.laps.lowerBound)–\($0.window.laps.upperBound)" }
    return "\(strategy.stopCount) stops, laps \(stops.joined(separator: ", ")), confidence \(strategy.confidence ?? 0)"
  }
}
