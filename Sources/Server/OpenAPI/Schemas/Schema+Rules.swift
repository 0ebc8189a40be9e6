import Projections

extension Schema {
  private static let ruleNumbers = CrowdRules.documentNames.map { Member.optional($0, .integer) }

  /// Rules as numbers; those that are left out are the standard ones.
  private static let rulesDocument = Schema.named(
    "ScoringRules",
    .request(
      ruleNumbers + [
        .optional("scoreWeights", .request(CrowdRules.weightNames.map { .optional($0, .integer) }).orNull)
      ]))

  /// `GET /rules`.
  static let rules = Schema.answer(
    "Rules",
    [
      Member("inForce", .text),
      Member("shown", .text, "What queries are scored by at the moment: the rules in force, once they are folded."),
      Member(
        "rules",
        .list(
          of: .object([
            Member("name", .text), Member("position", .position.orNull, "null of the standard rules."),
            Member("document", .rulesDocument),
          ]))),
      Member("changes", .list(of: .object([Member("position", .position), Member("name", .text)]))),
      Member(
        "quarantined",
        .list(
          of: .object([
            Member("position", .position), Member("reason", .text), Member("by", .identifier.orNull),
            Member("decidedAt", .position),
          ])), "Events that are passed over."),
    ])

  /// The answer to a decision of an operator.
  static let decided = Schema.answer("Decided", [Member("new", .flag, "It had not been decided before.")])

  /// The body of `POST /rules`.
  static let newRules = Schema.named(
    "NewRules",
    .request([
      Member("name", .pattern("^[a-z0-9-]{1,40}$", example: "harder-2027")),
      .optional("document", .rulesDocument.orNull, "Not needed for rules that were published under the name."),
      .optional("change", .flag.orNull, "Put them in force; without it they are only published."),
    ]))

  /// The body of `POST /log/quarantine`.
  static let quarantine = Schema.named(
    "Quarantine", .request([Member("position", .whole(1...Int.max)), Member("reason", .text(length: 1...500))]))

  /// The body of `POST /replay`.
  static let newReplay = Schema.named(
    "NewReplay",
    .request([
      .optional("rules", .text.orNull, "The name of published rules. Default: those in force."),
      .optional("document", .rulesDocument.orNull, "Rules that nobody has published; not together with rules."),
      .optional("show", .flag.orNull, "Let the result answer queries, if it is under the rules in force."),
    ]))

  /// `GET /replay/{id}`.
  static let replay = Schema.answer(
    "Replay",
    [
      Member("id", .identifier),
      Member("kind", .words(["replay"])),
      Member("subject", .text, "The rules."),
      Member("show", .flag),
      Member("state", .words(["running", "done", "failed"])),
      Member("done", .position),
      Member("total", .position),
      Member("message", .text.orNull),
      Member("startedAt", .instant),
      Member("finishedAt", .instant.orNull),
      Member("result", .replayReport.orNull),
    ])

  private static let replayReport = Schema.named(
    "ReplayReport",
    .object([
      Member("position", .position, "Where both stand."),
      Member("live", .text, "Hash of what queries saw."),
      Member("replayed", .text, "Hash of what was built."),
      Member("equal", .flag),
      Member("listed", .integer),
      Member("usersChanged", .integer),
      Member(
        "users",
        .list(
          of: .object([Member("user", .identifier), Member("before", .place.orNull), Member("after", .place.orNull)])),
        "At most a hundred of them."),
      Member("windows", .integer),
      Member(
        "windowsChanged",
        .list(
          of: .object([
            Member("season", .season), Member("round", .integer), Member("circuit", .text),
            Member("before", .windows.orNull), Member("after", .windows.orNull),
          ]))),
    ]))

  private static let place = Schema.named("Place", .object([Member("rank", .integer), Member("iq", .score)]))

  private static let windows = Schema.named(
    "Windows",
    .object([
      Member("stopCount", .integer), Member("confidence", .integer.orNull), Member("accepted", .integer),
      Member("stops", .list(of: .lapRange)),
    ]))
}
