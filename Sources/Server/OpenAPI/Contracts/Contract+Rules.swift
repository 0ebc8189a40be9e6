extension Contract {
  static let rules = Contract(
    area: .crowd, summary: "The rules of scoring",
    detail: "Those in force, everything that was published, every change, and the events that are passed over.",
    replies: [.json(.rules, about: "The rules.")])

  /// A decision that stands in the log.
  private static func decision(_ area: Area, _ summary: String, _ detail: String, _ body: Body) -> Contract {
    Contract(
      area: area, summary: summary, detail: detail, body: body,
      replies: [
        .json(.decided, status: 201, about: "Decided."), .json(.decided, about: "It had been decided before."),
      ], problems: [.conflict])
  }

  static let decideRules = decision(
    .crowd, "Publish rules, or put them in force", "A name means the same rules for ever.",
    Body(schema: .newRules, isRequired: true, example: #"{"name":"harder-2027","document":{"acceptedIQ":8000}}"#))

  static let quarantine = decision(
    .log, "Pass over the event that has stopped the projections", "It stays in the log and in every proof.",
    Body(schema: .quarantine, isRequired: true, example: #"{"position":17,"reason":"written by a broken version"}"#))

  static let startReplay = Contract(
    area: .crowd, summary: "Build the projections anew, beside those that answer",
    detail: "Under the rules in force, or under others to see what they would change.",
    body: Body(schema: .newReplay, isRequired: false, example: "{}"),
    replies: [.json(.replay, status: 202, about: "Begun.", headers: [.location])],
    problems: [.conflict, .projectionStopped, .notReady])

  static let replay = Contract(
    area: .crowd, summary: "How far a replay is, and what it found",
    detail: "Known to the server that began it, for a while.",
    replies: [.json(.replay, about: "The replay.")], problems: [.notFound])
}
