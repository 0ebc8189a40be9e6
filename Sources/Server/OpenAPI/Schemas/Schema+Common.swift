import Racing

extension Schema {
  /// A season's year.
  static let season = Schema.whole(1950...2999)
  /// A lap's number.
  static let lap = Schema.whole(1...999)
  /// A position of the log; 0 before its first event.
  static let position = Schema.count
  /// A UUID in the usual form, lower case.
  static let identifier = Schema.format("uuid", example: "01940000-0000-7000-8000-000000000001")
  /// An instant in UTC with microseconds.
  static let instant = Schema.format("date-time", example: "2026-11-25T14:02:00.000000Z")
  /// Three letters or digits.
  static let driverCode = Schema.pattern("^[A-Z0-9]{3}$", example: "VER")
  /// A tyre.
  static let compound = Schema.named("Compound", .words(Compound.allCases.map(\.name)))
  /// What the track was like on a lap.
  static let trackStatus = Schema.named(
    "TrackStatus", .words([LapKind.green, .yellow, .virtualSafetyCar, .safetyCar, .red].map(\.name)))
  /// A team's colour, six hexadecimal digits.
  static let colour = Schema.pattern("^[0-9A-Fa-f]{6}$", example: "3671C6")
  /// One of the six causes.
  static let cause = Schema.named("Cause", .words(AutopsyCause.allCases.map(\.key)))
  /// Two ends between which nine in ten refits lie, ms.
  static let interval = Schema.named(
    "Interval",
    .object([Member("low", .integer, "The 5 % quantile, ms."), Member("high", .integer, "The 95 % quantile, ms.")]))
  /// Laps from one to another, both included.
  static let lapRange = Schema.named("LapRange", .object([Member("firstLap", .integer), Member("lastLap", .integer)]))
  /// SHA-256 in hexadecimal digits.
  static let digest = Schema.pattern("^[0-9a-f]{64}$")
  /// 0 to 100 with two decimals.
  static let score = Schema.decimal

  /// An answer's object: the position it was read at, the model version, then what was asked for.
  static func answer(_ name: String, _ members: [Member]) -> Schema {
    .named(name, .object(Member.stamp + members))
  }
}

extension Schema.Member {
  /// What every answer from the projections carries.
  static let stamp = [
    Self("position", .position, "The log position that the answer was read at."),
    Self("model", .text, "The version of the lap-time model."),
  ]
  /// True when the race was made up.
  static let synthetic = Self("synthetic", .flag, "Made up by our generator; no real race.")
}

extension Parameter {
  /// `minPosition`.
  static let minPosition = Parameter(
    "minPosition", .whole(0...Int.max),
    "Wait, for two seconds at most, until the answer covers this log position: read your own writes.", example: "0")
  /// `asOf`.
  static let asOf = Parameter(
    "asOf", .either([.whole(0...Int.max), .instant]),
    "Answer as of an earlier position of the log, or an instant in UTC with microseconds.", fallback: "now")
  /// `rules`.
  static let rules = Parameter(
    "rules", .text(length: 1...64), "Score by rules that were published under this name.",
    fallback: "the rules in force then")
  /// `format`.
  static let format = Parameter(
    "format", .words(["json", "csv"]), "A JSON document or comma-separated values.",
    fallback: "what Accept prefers, else json")
  /// `dry`.
  static let dry = Parameter("dry", .whole(0...1), "1 leaves wet races out.", fallback: "0")

  /// `limit` of a page.
  static func limit(_ fallback: Int) -> Parameter {
    Parameter("limit", .whole(1...Limits().pageRows), "Rows on the page.", fallback: "\(fallback)", example: "5")
  }
}
