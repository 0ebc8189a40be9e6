extension Schema {
  private static let seasonMembers = [
    Member.synthetic,
    Member("season", .season),
    Member("computed", .integer, "Races in the figures."),
    Member("pending", .list(of: .text), "Races that are being computed and will be there later."),
    Member("notModelled", .list(of: .text), "Races that the model refuses."),
    Member(
      "races", .list(of: .object([Member("round", .integer), Member("gp", .text), Member("name", .text)]))),
  ]

  private static let figure = [
    Member("milliseconds", .integer.orNull, "A car and race, drawn towards the mean of all teams."),
    Member("plainMilliseconds", .integer.orNull, "The plain mean."),
    Member("interval", .interval.orNull),
  ]

  private static let calls = Schema.named(
    "Calls",
    .object([
      Member("inWindow", .integer, "Stops within the best window."), Member("early", .integer),
      Member("late", .integer),
    ]))

  private static let teamMembers = [
    Member("team", .text),
    Member("slug", .text, "The team's name in URLs."),
    Member("colour", .colour.orNull),
    Member("drivers", .list(of: .driverCode)),
    Member("raceCount", .integer),
    Member("isProvisional", .flag, "Too few races for an interval."),
    Member(
      "costs",
      .list(
        of: .named(
          "TeamCost",
          .object(
            [Member("cause", .cause), Member("title", .text)] + figure + [Member("pointsLost", .integer)])))),
    Member("residual", .object(figure)),
    Member("decision", .object(figure)),
    Member("luck", .object(figure)),
    Member(
      "pitStops",
      .object([
        Member("count", .integer), Member("medianMilliseconds", .integer.orNull),
        Member("slowestTenthMilliseconds", .integer.orNull),
      ])),
    Member("calls", .calls.orNull),
    Member("safetyCarRegretMilliseconds", .integer.orNull),
    Member(
      "trend",
      .list(
        of: .object([
          Member("round", .integer), Member("milliseconds", .list(of: .integer.orNull), "By cause."),
        ]))),
  ]

  /// `GET /teams`.
  static let teams = Schema.answer(
    "Teams", seasonMembers + [Member("teams", .list(of: .named("Team", .object(teamMembers))))])

  /// `GET /teams/{year}/{team}`.
  static let team = Schema.answer(
    "TeamAnswer",
    seasonMembers + teamMembers + [
      Member(
        "cars", .list(of: .object([Member("driver", .driverCode), Member("races", .list(of: .teamRace))])))
    ])

  private static let costMembers = [
    Member("milliseconds", .integer),
    Member("interval", .interval.orNull),
    Member("uncertain", .flag, "The interval holds zero."),
    Member("placesLost", .integer.orNull),
    Member("pointsLost", .integer.orNull),
  ]

  private static let teamRace = Schema.named(
    "TeamRace",
    .object([
      Member("round", .integer.orNull),
      Member("gp", .text.orNull),
      Member("reason", .text.orNull, "Why there is no autopsy."),
      Member("totalLossMilliseconds", .integer.orNull),
      Member("costs", .list(of: .object([Member("cause", .cause)] + costMembers))),
      Member("decisionMilliseconds", .integer.orNull),
      Member("luckMilliseconds", .integer.orNull),
      Member("pitStops", .list(of: .integer.orNull), "ms lost by the crew, by stop."),
      Member("calls", .calls.orNull),
      Member("safetyCarRegretMilliseconds", .integer.orNull),
    ]))

  /// `GET /heatmap/blame/{year}`.
  static let blameHeatmap = Schema.answer(
    "BlameHeatmap",
    seasonMembers + [
      Member("cause", .cause),
      Member("title", .text),
      Member(
        "drivers",
        .list(
          of: .object([
            Member("driver", .driverCode), Member("team", .text), Member("colour", .colour.orNull),
            Member("races", .list(of: .blameCell)),
          ]))),
    ])

  private static let blameCell = Schema.named(
    "BlameCell",
    .object(
      [
        Member("round", .integer), Member("gp", .text.orNull),
        Member("reason", .text.orNull, "Why there is no figure."),
      ] + costMembers.map { .optional($0.name, $0.schema, $0.about) }))
}
