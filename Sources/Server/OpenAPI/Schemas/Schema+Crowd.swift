extension Schema {
  /// `GET /optimal/{circuit}/{year}`.
  static let optimal = Schema.answer(
    "Optimal",
    optimalMembers + [
      Member("pooledSeasons", .list(of: .integer), "Earlier years that were added.")
    ])

  /// What is said of the windows of a race.
  static let optimalMembers: [Member] = [
    Member.synthetic,
    Member("circuit", .text),
    Member("season", .season),
    Member("round", .integer),
    Member("gp", .text),
    Member("laps", .integer),
    .optional("basis", .words(["model", "crowd"]), "model: nobody has played it yet."),
    .optional("label", .text.orNull, "What to say where no player stands behind the figures."),
    .optional("confidence", .integer.orNull, "Percent."),
    .optional("users", .integer),
    .optional("simulations", .integer, "Ranked runs."),
    .optional("accepted", .integer, "Runs good enough to count."),
    .optional("sampleSize", .integer),
    .optional("effectiveUsers", .decimal),
    .optional("stopCount", .integer, "The number of stops that is best."),
    .optional("stopShares", .list(of: .object([Member("stops", .integer), Member("share", .decimal)]))),
    Member(
      "stops", .list(of: .optimalStop).orNull, "null where the model refuses the race and nobody has played it."),
  ]

  private static let optimalStop = Schema.named(
    "OptimalStop",
    .object([
      Member("stop", .integer, "1 for the first."),
      Member("window", .lapRange),
      Member("confidence", .integer.orNull, "Percent."),
      Member("split", .flag, "There are two windows."),
      Member("otherWindow", .lapRange.orNull),
      Member("users", .integer),
      Member("effectiveUsers", .decimal),
      Member("compound", .compound.orNull),
      Member("compoundConfidence", .integer.orNull, "Percent."),
      Member(
        "compounds",
        .list(
          of: .object([
            Member("compound", .compound), Member("share", .decimal), Member("low", .decimal), Member("high", .decimal),
          ]))),
      Member("undercutMilliseconds", .integer.orNull),
      Member("densityMillionths", .list(of: .integer), "Of the stop by lap from 0: crowd and prior together."),
      Member("priorMillionths", .list(of: .integer), "The model's part of it."),
    ]))

  /// `GET /players/{name}`.
  static let player = Schema.answer(
    "Player",
    [
      Member("id", .identifier),
      Member("name", .text),
      Member("kind", .words(["registered", "guest", "synthetic"])),
      Member("rank", .integer.orNull, "On the overall leaderboard; null when not listed."),
      Member("iqHundredths", .integer.orNull),
      Member("intervalHundredths", .integer.orNull),
      Member("races", .integer.orNull),
      Member("runs", .list(of: .finishedRun)),
      Member("next", .identifier.orNull, "Where the next page begins."),
    ])

  private static let finishedRun = Schema.named(
    "FinishedRun",
    .object([
      Member("id", .identifier),
      Member("season", .season),
      Member("round", .integer),
      Member("gp", .text.orNull),
      Member("synthetic", .flag.orNull),
      Member("driver", .driverCode),
      Member("mode", .text),
      Member("ranked", .flag),
      Member("attempt", .integer),
      Member("iqHundredths", .integer.orNull),
      Member("place", .integer.orNull),
      Member("toOptimumMilliseconds", .integer.orNull),
      Member("toRealMilliseconds", .integer.orNull),
      Member("endedAtPosition", .position.orNull),
    ]))

  /// `GET /stats`.
  static let stats = Schema.answer(
    "Statistics",
    ["races", "players", "runs", "finishedRuns", "rankedRuns", "decisions", "events"].map { Member($0, .count) })

  /// `GET /heatmap/{circuit}/{year}/runs`.
  static let heatmapRuns = Schema.answer(
    "HeatmapRuns",
    [
      Member.synthetic,
      Member("circuit", .text),
      Member("season", .season),
      Member("first", .integer),
      Member("second", .integer.orNull),
      Member(
        "runs",
        .list(
          of: .named(
            "RankedRun",
            .object([
              Member("simulation", .identifier),
              Member("user", .identifier),
              Member("name", .text.orNull),
              Member("driver", .driverCode),
              Member("position", .position.orNull, "Of the event that ended the run."),
              Member("iq", .score.orNull),
              Member("toOptimumMilliseconds", .integer.orNull),
              Member("start", .compound.orNull),
              Member("stops", .list(of: .object([Member("lap", .integer), Member("compound", .compound)]))),
            ])))),
    ])

  /// `GET /heatmap/{circuit}/{year}`.
  static let heatmap = Schema.answer(
    "Heatmap",
    [
      Member.synthetic,
      Member("circuit", .text),
      Member("season", .season),
      Member("gp", .text),
      Member("laps", .integer),
      Member("stops", .whole(1...2)),
      Member("compound", .compound.orNull),
      Member("runs", .integer),
      Member("basis", .words(["model", "crowd"])),
      Member("cells", .list(of: .heatmapCell)),
    ])

  private static let heatmapCell = Schema.named(
    "HeatmapCell",
    .object([
      Member("first", .integer, "Lap of the first stop."),
      Member("second", .integer.orNull, "Lap of the second stop."),
      Member("modelMilliseconds", .integer.orNull, "What the pair of laps costs against the best one."),
      Member("tyres", .list(of: .compound)),
      Member("runs", .integer),
      Member("accepted", .integer),
      Member("weightMillionths", .integer),
      Member("meanIQ", .score.orNull),
      Member("meanRegretMilliseconds", .integer.orNull),
    ]))

  /// `GET /leaderboard`.
  static let leaderboard = Schema.answer(
    "Leaderboard",
    [
      Member("board", .text, "overall, season:YEAR or circuit:CIRCUIT."),
      Member("listed", .integer, "Accounts on the whole board."),
      Member(
        "rows",
        .list(
          of: .named(
            "LeaderboardRow",
            .object([
              Member("rank", .integer),
              Member("user", .identifier),
              Member("name", .text.orNull),
              Member("iq", .score),
              Member("interval", .score, "Half of the 90 % interval."),
              Member("races", .integer),
              Member("synthetic", .flag, "A program plays."),
            ])))),
      Member("next", .text.orNull, "Hand it to after for the next page."),
    ])
}
