extension Schema {
  /// Problem details, RFC 9457.
  static let problem = Schema.named(
    "Problem",
    .object([
      Member("type", .text, "urn:blame:problem: and the code."),
      Member("title", .text, "The same whenever the code is."),
      Member("status", .integer),
      Member("code", .words(ProblemCode.allCases.map(\.rawValue)), "For programs; stable."),
      Member("detail", .text, "What was wrong this time, with which value, and what to do."),
      .optional("pointer", .text, "The place in the body, a JSON pointer."),
      .optional("parameter", .text, "The query parameter, header or part of the path."),
      .optional("retryAfterSeconds", .integer, "As in Retry-After."),
      .optional("known", .list(of: .text), "Values that would do."),
      .optional("legal", .list(of: .text), "What the rules allow."),
      .optional("offset", .integer, "Byte at which the JSON stops being JSON."),
      .optional("line", .integer),
      .optional("column", .integer),
      .optional("lap", .integer),
      .optional("kind", .text),
      .optional("first", .integer),
      .optional("last", .integer),
      .optional("found", .either([.integer, .text])),
      .optional("expected", .integer),
      .optional("expectedFrom", .integer),
      .optional("lastLapDriven", .integer),
      .optional("reason", .text, "A stable word, of no-autopsy."),
      .optional("idempotencyKey", .text, "The key under which the refused command was sent."),
      .optional("replay", .text, "The replay that is under way."),
      .optional("request", .text, "The request's number in the server's log."),
    ]))

  /// `GET /health`.
  static let health = Schema.answer(
    "Health",
    [
      Member("status", .words(["ok", "failing"])),
      Member("uptimeSeconds", .integer),
      Member(
        "projections",
        .object([
          Member("position", .position),
          Member("lag", .integer, "Events in the log that queries do not see yet."),
          Member("caughtUp", .flag),
          Member("writtenThrough", .position, "What the read schema holds."),
          Member("writeThroughProblem", .text.orNull),
          Member(
            "behind",
            .list(
              of: .object([
                Member("part", .words(["queries", "tables"])), Member("position", .position),
                Member("events", .integer, "How many it has not seen."), Member("reason", .text),
              ])), "What does not stand at the end of the log."),
          Member(
            "stoppedBy", .object([Member("position", .position), Member("reason", .text)]).orNull,
            "The event that could not be applied."),
        ])),
      .optional(
        "transparency",
        .object([
          Member("leading", .flag, "This process signs and seals."),
          Member("signed", .position),
          Member("refused", .flag, "The log does not fit what was signed."),
          Member("problem", .text.orNull),
        ]), "Absent where no key is given."),
    ])

  /// `GET /ready`.
  static let ready = Schema.named("Ready", .object([Member("position", .position), Member("ready", .flag)]))

  /// `GET /api/v1`.
  static let index = Schema.answer(
    "Index",
    [
      Member(
        "endpoints",
        .list(
          of: .object([
            Member("method", .words(["GET", "POST", "DELETE"])), Member("path", .text), Member("needsToken", .flag),
          ])))
    ])
}
