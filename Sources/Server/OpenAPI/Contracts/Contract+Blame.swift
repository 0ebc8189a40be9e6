import Racing

extension Contract {
  static let autopsy = Contract(
    area: .blame, summary: "Who lost the race, and why",
    detail: """
      Six causes with intervals, verdict, stops, alternatives, timeline, lap by lap. Times are ms, positive is time lost; the \
      six costs and the residual add up to the total exactly. Computed once for a race's content, driver and model version and \
      recorded in the log. With a reference the answer is the difference of two drivers. Asked for signed in, it makes later \
      runs of the race practice.
      """,
    query: [
      Parameter(
        "reference", .pattern("^(ideal|winner|teammate|[A-Za-z0-9]{3})$"),
        "Set the driver against the winner, the team mate, or a driver by code.", fallback: "ideal")
    ],
    replies: Reply.cached(.autopsy),
    problems: [.unknownRace, .unknownDriver, .noAutopsy, .notPlayable, .conflict])

  static let report = Contract(
    area: .blame, summary: "A driver's race on paper, reproducible for ever by its permalink",
    detail: """
      The autopsy with its evidence, the crowd's windows, method and limits, with the log position and the model version of \
      everything. Whoever has no Pro gets the first page in the refusal.
      """,
    query: [
      .asOf,
      Parameter("model", .text(length: 1...64), "The model version of the autopsy.", fallback: "the present one"),
      .format,
    ],
    replies: [
      Reply(
        status: 200, about: "The report.",
        contents: [.init(type: .json, schema: .report), .init(type: .csv, schema: .text)])
    ],
    problems: [
      .unknownRace, .unknownDriver, .noAutopsy, .notPlayable, .conflict, .proOnly, .notAcceptable, .projectionStopped,
      .notReady, .notSigned,
    ])

  static let teams = Contract(
    area: .blame, summary: "Where the teams of a season lose their seconds",
    detail: """
      Cause by cause with intervals. Races that have not been taken apart yet are computed in the background; the answer says \
      which are missing.
      """,
    query: [Parameter("year", .season, "The season.", fallback: "the latest one here", example: "2000"), .dry],
    replies: Reply.cached(.teams), problems: [.unknownRace])

  static let team = Contract(
    area: .blame, summary: "One team of a season, race by race and car by car",
    query: [.dry],
    replies: Reply.cached(.team), problems: [.unknownRace, .unknownTeam, .noAutopsy, .notReady])

  static let blameHeatmap = Contract(
    area: .blame, summary: "What one cause cost every driver in every race of a season",
    query: [
      Parameter("cause", .words(AutopsyCause.allCases.map(\.key)), "The cause.", fallback: "strategy_error"), .dry,
      .format,
    ],
    replies: Reply.table(.blameHeatmap, about: "The grid."), problems: [.unknownRace, .notAcceptable])
}
