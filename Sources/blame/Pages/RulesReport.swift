import Events
import Projections
import Racing
import Server

/// What other rules would change, for people and for programs.
struct RulesReport {
  let comparison: RulesComparison
  let before: ReadModel
  let after: ReadModel

  /// Compares the log as it is under the rules in force with the same log under others.
  init(_ before: ReadModel, _ after: ReadModel, in parts: ServerParts) async throws {
    comparison = RulesComparison(before, after, references: try await parts.library.references())
    self.before = before
    self.after = after
  }

  func print(_ output: OutputOptions) {
    if output.json { return Terminal.print(json) }
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
    Terminal.print("state  \(before.stateHash)")
    Terminal.print("    →  \(after.stateHash)")
  }

  private static func cells(_ place: RulesComparison.Place?) -> [String] {
    place.map { ["\($0.rank)", hundredths(Int($0.rating))] } ?? ["", "not listed"]
  }

  private static func text(_ strategy: OptimalStrategy?) -> String {
    guard let strategy else { return "nobody has played" }
    let stops = strategy.stops.map { "\($0.window.laps.lowerBound)–\($0.window.laps.upperBound)" }
    return "\(strategy.stopCount) stops, laps \(stops.joined(separator: ", ")), confidence \(strategy.confidence ?? 0)"
  }

  private var json: String {
    let users = comparison.users.map { user in
      #"{"user":"\#(user.user)","before":\#(Self.json(user.before)),"after":\#(Self.json(user.after))}"#
    }
    let windows = comparison.windows.filter { !$0.isEqual }.map { window in
      #"{"season":\#(window.race.season),"round":\#(window.race.round),"circuit":\#(quoted(window.circuit)),"#
        + #""before":\#(Self.json(window.before)),"after":\#(Self.json(window.after))}"#
    }
    return """
      {"position":\(before.position.rawValue),"before":"\(before.stateHash)","after":"\(after.stateHash)",\
      "listed":\(comparison.userCount),"users":[\(users.joined(separator: ","))],\
      "windows":[\(windows.joined(separator: ","))]}
      """
  }

  private static func json(_ place: RulesComparison.Place?) -> String {
    place.map { #"{"rank":\#($0.rank),"iq":\#(hundredths(Int($0.rating)))}"# } ?? "null"
  }

  private static func json(_ strategy: OptimalStrategy?) -> String {
    guard let strategy else { return "null" }
    let stops = strategy.stops.map {
      #"{"firstLap":\#($0.window.laps.lowerBound),"lastLap":\#($0.window.laps.upperBound)}"#
    }
    return
      #"{"stopCount":\#(strategy.stopCount),"confidence":\#(strategy.confidence ?? 0),"accepted":\#(strategy.accepted),"#
      + #""stops":[\#(stops.joined(separator: ","))]}"#
  }
}
