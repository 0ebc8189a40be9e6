extension Contract {
  private static let key = Parameter(
    "Idempotency-Key", .text(length: 1...128),
    "Any text, best a UUID. The same key gives the same answer with the same positions; with another command it is refused.",
    fallback: "a fresh one")

  /// A command that changes a run.
  private static func command(
    _ summary: String, detail: String = "", body: Body, creates: Bool = false, problems: [ProblemCode]
  ) -> Contract {
    let done = Reply.json(
      .outcomeOfCommand, about: creates ? "The command had been carried out before." : "Done.",
      headers: creates ? [.idempotencyKey, .location] : [.idempotencyKey])
    let made = Reply.json(
      .outcomeOfCommand, status: 201, about: "The new run.", headers: [.idempotencyKey, .location])
    return Contract(
      area: .simulator, summary: summary, detail: detail, headers: [key], body: body,
      replies: creates ? [made, done] : [done],
      problems: [.forbidden, .unknownSimulation, .conflict, .keyReused, .notPlayable] + problems)
  }

  static let startSimulation = command(
    "Take over a car",
    detail: """
      Play lap by lap with /decisions, /advance and /finish. With stops the whole plan is played at once, for practice. A \
      race that was looked into before is practice too.
      """,
    body: Body(
      schema: .startOfRun, isRequired: true, example: #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM"}"#),
    creates: true, problems: [.unknownRace, .unknownDriver, .unknownCompound, .ruleRefused])

  static let simulation = Contract(
    area: .simulator, summary: "A run as its player may see it",
    detail: "Laps to come and the cost of decisions are hidden until the run is over.",
    query: [.minPosition],
    replies: [.json(.run, about: "The run.")],
    problems: [.forbidden, .unknownSimulation, .positionNotReached, .notPlayable, .conflict])

  static let raceSoFar = Contract(
    area: .simulator, summary: "The race of a run up to its lap",
    detail: "Everybody's times and tyres, and nothing of what comes.",
    replies: [.json(.raceSoFar, about: "The race.")],
    problems: [.forbidden, .unknownSimulation, .notPlayable, .conflict])

  static let review = Contract(
    area: .simulator, summary: "A finished run beside what it could have been",
    detail: "The optimum, the real race, and the best that could be done without knowing what comes.",
    replies: [.json(.review, about: "The review.")],
    problems: [.forbidden, .unknownSimulation, .notFinished, .notPlayable, .conflict])

  static let decide = command(
    "Decide something for a lap",
    detail: "A stop with its tyre, staying out, or a pace.",
    body: Body(schema: .choice, isRequired: true, example: #"{"lap":20,"kind":"pit","compound":"HARD"}"#),
    problems: [.unknownCompound, .ruleRefused, .decisionInThePast, .alreadyFinished])

  static let advance = command(
    "Drive on",
    detail:
      "One lap, or to the end of toLap. Stops early where the track status changes, something must be decided, or "
      + "something of stopOn happens.",
    body: Body(schema: .advance, isRequired: false, example: #"{"toLap":5,"stopOn":["rivalStop"]}"#),
    problems: [.ruleRefused, .alreadyFinished])

  static let finish = command(
    "Drive to the flag",
    detail: "Stops early where something must be decided.",
    body: Body(schema: .empty, isRequired: false, example: "{}"), problems: [.ruleRefused, .alreadyFinished])

  static let abandon = command(
    "Give a run up", body: Body(schema: .empty, isRequired: false, example: "{}"), problems: [.alreadyFinished])

  static let fork = command(
    "Go on from an earlier lap as a new run",
    detail: "For practice: forks are never ranked.",
    body: Body(schema: .fork, isRequired: true, example: #"{"lap":1}"#), creates: true, problems: [.ruleRefused])
}
