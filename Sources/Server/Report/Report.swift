import Events
import Projections
import Racing

/// One driver's race on paper: the stored autopsy of a model version, and what the crowd thought at a position of the
/// log. The same permalink gives the same numbers for ever.
struct Report: Sendable {
  /// The race's data in force at ``position``.
  let race: RaceImported
  /// The position of the log that it was read at.
  let position: Position
  /// The root of the log's tree of that size; nil where the log is not signed.
  let root: TreeHash?
  /// The model version that took the race apart.
  let model: String
  /// What it found.
  let autopsy: StoredAutopsy
  /// The event that says so.
  let finding: Finding?
  /// When to stop, in the eyes of the crowd at ``position``; nil when nobody has played and no model speaks.
  let windows: OptimalStrategy?

  /// Where the log says what an autopsy found.
  struct Finding: Sendable {
    let position: Position
    /// SHA-256 of the stored answer, hexadecimal.
    let answer: String
  }

  /// The query that leads to this very report.
  var query: String { "asOf=\(position.rawValue)&model=\(PercentCoding.encode(model))" }

  var driver: String { autopsy["driver"]?.text ?? "" }

  /// The path of the report, the same for the page and, behind `/api/v1`, for programs.
  var path: String { "/report/\(race.race.season)/\(PercentCoding.encode(race.slug))/\(driver.lowercased())" }

  /// Members of the autopsy that stand on the first page.
  static let firstPage: [StaticString] = [
    "season", "round", "gp", "driver", "team", "recordDigest", "outcome", "laps", "realMilliseconds",
    "idealMilliseconds", "gapToWinnerMilliseconds", "totalLossMilliseconds", "totalLossInterval", "costs",
    "residualMilliseconds", "residualInterval", "unexplainedShare", "verdict", "replicates", "flags",
  ]

  /// What a report holds besides its first page.
  static let holds = ["evidence", "alternatives", "stops", "plans", "calls", "laps", "windows", "method", "limits"]
}

/// The answer of an autopsy as it was stored, read again.
struct StoredAutopsy: Sendable {
  /// The stored bytes: members of a JSON object, without its braces.
  let members: [UInt8]
  private let value: JSONValue

  init(members: [UInt8]) throws(JSONSyntaxError) {
    self.members = members
    value = try JSONParser.parse([UInt8(ascii: "{")] + members + [UInt8(ascii: "}")], depthLimit: 16)
  }

  subscript(name: String) -> JSONValue? { value[name] }
}
