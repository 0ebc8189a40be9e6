import Racing

extension Contract {
  static let optimal = Contract(
    area: .crowd, summary: "When to stop, and for what",
    detail: """
      Windows with confidence, tyres, undercut and sample sizes, from everybody's ranked play over what the model says. Asked \
      for signed in, it makes later runs of the race practice.
      """,
    query: [
      Parameter(
        "pool", .whole(0...10), "Add up to so many earlier years, each year back at half the weight.", fallback: "0",
        example: "3"), .asOf, .rules, .minPosition,
    ],
    replies: Reply.cached(.optimal),
    problems: [.unknownRace, .notPlayable, .conflict, .positionNotReached, .projectionStopped, .notReady])

  static let heatmap = Contract(
    area: .crowd, summary: "Where ranked runs stopped, over what the model says each lap costs",
    detail: "Asked for signed in, it makes later runs of the race practice.",
    query: [
      Parameter("stops", .whole(1...2), "Plans with so many stops.", fallback: "1", example: "2"),
      Parameter(
        "compound", .words(Compound.allCases.map(\.name)), "Only plans that begin on this tyre.", fallback: "all"),
      .format, .asOf, .rules, .minPosition,
    ],
    replies: Reply.table(.heatmap, about: "The grid."),
    problems: [.unknownRace, .unknownCompound, .notAcceptable, .positionNotReached, .projectionStopped, .notReady])

  static let heatmapRuns = Contract(
    area: .crowd, summary: "The ranked runs behind one cell of a heatmap, best first",
    detail: "Asked for signed in, it makes later runs of the race practice.",
    query: [
      Parameter("first", .whole(1...999), "The lap of the first stop.", isRequired: true, example: "25"),
      Parameter("second", .whole(1...999), "The lap of the second stop.", fallback: "plans with one stop"),
      .limit(50), .minPosition,
    ],
    replies: [.json(.heatmapRuns, about: "The runs.")],
    problems: [.unknownRace, .positionNotReached, .projectionStopped, .notReady])

  private static let board = [
    Parameter("season", .season, "The board of a season.", fallback: "overall"),
    Parameter(
      "circuit", .text(length: 1...64), "The board of a circuit; not together with season.", fallback: "overall"),
  ]

  static let leaderboard = Contract(
    area: .crowd, summary: "The best strategists",
    detail: "Five ranked first runs list an account. Pages by key: Link holds the next one.",
    query: board + [
      .limit(50),
      Parameter(
        "after", .pattern("^-?[0-9]{1,9}_[0-9]{1,9}_[0-9]{1,18}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
        "The value of next on the page before.", fallback: "the first page"), .asOf, .rules, .minPosition,
    ],
    replies: Reply.cached(.leaderboard, headers: [.link]),
    problems: [.positionNotReached, .projectionStopped, .notReady])

  static let player = Contract(
    area: .crowd, summary: "A player: place on the leaderboard and finished runs, the last one first",
    query: [
      Parameter("after", .identifier, "The value of next on the page before.", fallback: "the first page"), .limit(50),
      .minPosition,
    ],
    replies: [.json(.player, about: "The player.", headers: [.link])],
    problems: [.unknownUser, .positionNotReached, .projectionStopped, .notReady])

  static let stats = Contract(
    area: .crowd, summary: "How much there is", query: [.minPosition], replies: [.json(.stats, about: "Counters.")],
    problems: [.positionNotReached, .projectionStopped, .notReady])

  static let leaderboardAround = Contract(
    area: .crowd, summary: "An account on the leaderboard and its neighbours",
    query: board + [.limit(11), .asOf, .rules, .minPosition],
    replies: Reply.cached(.leaderboard), problems: [.unknownUser, .positionNotReached, .projectionStopped, .notReady])
}
