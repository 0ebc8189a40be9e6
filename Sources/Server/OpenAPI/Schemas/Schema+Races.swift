extension Schema {
  /// A driver of a race.
  static let raceDriver = Schema.named(
    "RaceDriver",
    .object([
      Member("code", .driverCode),
      Member("name", .text),
      Member("team", .text, "The team in that season."),
      Member("colour", .colour.orNull, "The team's colour in that season."),
      Member("number", .integer.orNull, "The car's number."),
      Member("grid", .integer.orNull, "Place on the grid; null from the pit lane or when unknown."),
    ]))

  private static let raceMembers = [
    Member("season", .season),
    Member("round", .integer),
    Member("gp", .text, "The Grand Prix as in URLs."),
    Member("name", .text),
    Member("circuit", .text),
    Member("date", .text.orNull, "The day of the race, as YYYY-MM-DD."),
    Member("laps", .integer),
    Member.synthetic,
    Member("quality", .words(["A", "B", "C"]), "How far the data can be trusted, A being best."),
    Member("compounds", .list(of: .compound), "Tyres that somebody used."),
    Member("drivers", .list(of: .raceDriver)),
  ]

  /// A race without its laps and result.
  static let raceSummary = Schema.named("RaceSummary", .object(raceMembers))

  /// A race with its rules and where its data came from.
  static let raceDetail = Schema.named(
    "Race",
    .object(
      raceMembers + [
        Member("qualityNote", .text, "Why the quality is below A."),
        Member("digest", .text, "SHA-256 of the race record."),
        Member("rules", .raceRules),
        Member("provenance", .list(of: .provenance)),
      ]))

  private static let raceRules = Schema.named(
    "RaceRules",
    .object([
      Member("minimumDryCompounds", .integer, "Different dry tyres a car must use."),
      Member("minimumStops", .integer),
      Member("maximumStintLaps", .integer.orNull, "Laps allowed on one set."),
    ]))

  private static let provenance = Schema.named(
    "Provenance",
    .object([Member("part", .text), Member("source", .text), Member("digest", .text, "SHA-256 of what was read.")]))

  /// `GET /races`.
  static let races = Schema.answer("Races", [Member("races", .list(of: .raceSummary))])

  /// `GET /races/{year}/{gp}`.
  static let race = Schema.answer(
    "RaceAnswer",
    [
      Member.synthetic,
      Member("race", .raceDetail),
      Member("modelled", .modelled.orNull, "What the model made of it; null where it refuses."),
      Member("decisionPoints", .list(of: .decisionPoint), "Where a run can begin later than lap 1."),
      Member("notModelled", .text.orNull, "Why the race has no model."),
    ])

  private static let modelled = Schema.named(
    "Modelled",
    .object([
      Member("model", .text, "The version of the model."),
      Member("artefact", .text, "Hash of everything that was fitted."),
      Member(
        "fuelMicroseconds", .integer.orNull,
        "What each lap changes by burnt fuel and a track that takes rubber; below zero is faster."),
      Member("wet", .flag),
      Member("playable", .list(of: .driverCode), "Cars that can be taken over."),
      Member("compounds", .list(of: .compound), "Tyres that can be fitted."),
    ]))

  private static let decisionPoint = Schema.named(
    "DecisionPoint",
    .object([
      Member("driver", .driverCode), Member("lap", .integer),
      Member("startLap", .integer, "Hand this to POST /simulate."),
    ]))

  /// `GET /races/{year}/{gp}/laps`.
  static let laps = Schema.answer(
    "Laps",
    [
      Member.synthetic,
      Member("columns", .list(of: .text), "Names of the columns; times are ms."),
      Member(
        "drivers",
        .list(
          of: .object([
            Member("code", .driverCode),
            Member(
              "laps", .list(of: .list(of: .nullable(.either([.integer, .text])))), "Rows of values, by column."),
          ]))),
    ])

  /// `GET /races/{year}/{gp}/pitlaps/{driver}`.
  static let pitLaps = Schema.answer(
    "PitLaps",
    [
      Member.synthetic,
      Member("season", .season),
      Member("round", .integer),
      Member("gp", .text),
      Member("driver", .driverCode),
      Member("start", .compound, "The tyre that the figures begin on."),
      Member("stopLossMilliseconds", .integer, "What a stop costs on this track."),
      Member("isEstimate", .flag),
      Member("pitLaps", .list(of: .pitLap)),
    ])

  private static let pitLap = Schema.named(
    "PitLap",
    .object([
      Member("lap", .integer),
      Member("trackStatus", .trackStatus),
      Member(
        "regretMilliseconds", .integer.orNull,
        "What stopping here costs against the best plan; null where it is not allowed."),
      Member("compound", .compound.orNull, "The best tyre to fit here."),
      Member("rejoinPlace", .integer.orNull),
      Member("ahead", .neighbour.orNull),
      Member("behind", .neighbour.orNull),
      Member("undercutMilliseconds", .integer.orNull),
      Member("overcutMilliseconds", .integer.orNull),
    ]))

  /// Another car and how far away it is.
  static let neighbour = Schema.named(
    "Neighbour", .object([Member("driver", .driverCode), Member("gapMilliseconds", .integer)]))
}
