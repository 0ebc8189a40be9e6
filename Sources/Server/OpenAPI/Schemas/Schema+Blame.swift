import Racing

extension Schema {
  /// `GET /autopsy/{year}/{gp}/{driver}`: a race taken apart, or set against another driver's.
  static let autopsy = Schema.named(
    "AutopsyAnswer", .either([.wholeAutopsy, .comparison]))

  private static let wholeAutopsy = Schema.answer("Autopsy", autopsyMembers)

  private static let autopsyMembers: [Member] = [
    Member.synthetic,
    Member("season", .season),
    Member("round", .integer),
    Member("gp", .text),
    Member("driver", .driverCode),
    Member("team", .text),
    Member("recordDigest", .text, "SHA-256 of the race record that was taken apart."),
    Member("outcome", .outcome),
    Member("laps", .integer),
    Member("realMilliseconds", .integer),
    Member("idealMilliseconds", .integer, "The race without anything lost."),
    Member("gapToWinnerMilliseconds", .integer.orNull),
    Member("totalLossMilliseconds", .integer, "Exactly the six costs and the residual added up."),
    Member("totalLossInterval", .interval.orNull),
    Member("costs", .list(of: .cost), "The six causes; positive is time lost."),
    Member("residualMilliseconds", .integer, "What no cause explains."),
    Member("residualInterval", .interval.orNull),
    Member("unexplainedShare", .integer.orNull, "Percent."),
    Member("verdict", .text.orNull, "One sentence."),
    Member("replicates", .integer.orNull, "Refits behind the intervals."),
    Member("flags", .list(of: .words(Autopsy.Flag.allCases.map(\.rawValue))), "What to be careful about."),
    Member("parts", .parts),
    Member("driverInterval", .interval.orNull),
    Member("bestLaneMilliseconds", .integer.orNull, "The quickest way through the pit lane in this race."),
    Member("stops", .list(of: .realStop)),
    Member("realPlan", .plan),
    Member("idealPlan", .plan),
    Member("bestPlan", .plan),
    Member("calls", .list(of: .call), "Decisions that cost something, in order."),
    Member("alternatives", .list(of: .alternative), "Other plans, best first."),
    Member("timeline", .list(of: .timelineEvent)),
    Member("lapRows", .list(of: .lapRow)),
  ]

  private static let cost = Schema.named(
    "Cost",
    .object([
      Member("cause", .cause),
      Member("title", .text, "The cause in words."),
      Member("milliseconds", .integer),
      Member("interval", .interval.orNull),
      Member("share", .integer.orNull, "Percent of what was lost."),
    ]))

  private static let outcome = Schema.named(
    "Outcome",
    .object([
      Member("kind", .words(["classified", "retired", "disqualified"])),
      .optional("place", .integer, "When classified."),
      .optional("lapsDown", .integer, "When classified."),
      .optional("lap", .integer, "The lap of the retirement."),
      .optional("reason", .text.orNull, "Of a retirement or disqualification."),
    ]))

  private static let parts = Schema.named(
    "CostParts",
    .object(
      [
        "grid", "trafficBeforeStop", "decision", "trafficAfterStop", "team", "driver", "flagged", "bunching", "luck",
        "held", "knockOn", "penalty", "redReset",
      ].map { Member($0, .integer.orNull, "ms") } + [
        Member("isHindsight", .flag, "Strategy was judged knowing what came: a wet race.")
      ]))

  private static let realStop = Schema.named(
    "RealStop",
    .object([
      Member("lap", .integer),
      Member("compound", .compound),
      Member("laneMilliseconds", .integer.orNull),
      Member("crewMilliseconds", .integer.orNull, "Lost by the crew against the quickest lane time."),
      Member("penaltyServedMilliseconds", .integer.orNull),
      Member("assumed", .flag, "The lane time is not known."),
    ]))

  private static let call = Schema.named(
    "Call",
    .object([
      Member("lap", .integer),
      Member("compound", .compound.orNull, "What was fitted; null for staying out."),
      Member("bestCompound", .compound.orNull),
      Member("milliseconds", .integer),
    ]))

  private static let alternative = Schema.named(
    "AlternativePlan",
    .object(
      planMembers + [
        Member("finishMilliseconds", .integer),
        Member("deltaMilliseconds", .integer, "Against the real plan; negative is quicker."),
        .optional("deltaInterval", .interval.orNull, "Of the difference; not in autopsies of earlier versions."),
        Member("place", .integer.orNull),
        Member("windows", .list(of: .lapRange), "Laps that cost next to nothing more, by stop."),
      ]))

  private static let timelineEvent = Schema.named(
    "TimelineEvent",
    .object([
      Member(
        "event",
        .words([
          "start", "stop", "penalty_served", "neutralised", "odd_lap", "penalty_added", "retirement", "finish",
        ])),
      .optional("compound", .compound, "Of a stop."),
      .optional("laneMilliseconds", .integer.orNull, "Of a stop."),
      .optional("kind", .trackStatus, "Of a neutralisation."),
      .optional("reason", .text.orNull, "Of a retirement."),
      Member("firstLap", .integer),
      Member("lastLap", .integer),
      Member("milliseconds", .integer.orNull),
    ]))

  private static let lapRow = Schema.named(
    "LapRow",
    .object([
      Member("lap", .integer),
      Member("kind", .trackStatus),
      Member("real", .integer.orNull, "ms"),
      Member("simulated", .integer.orNull, "ms"),
      Member("ideal", .integer.orNull, "ms"),
      Member("traffic", .integer.orNull, "ms lost behind others"),
      Member("flagged", .flag, "Something odd happened."),
    ]))

  /// `GET /report/{year}/{gp}/{driver}`: the members of the autopsy, and these.
  static let report = Schema.answer(
    "Report",
    autopsyMembers + [
      Member("preview", .flag, "The first page only."),
      Member(
        "heading",
        .object([
          Member("circuit", .text),
          Member("checkpoint", .object([Member("size", .position), Member("root", .text)]).orNull),
          Member("autopsy", .object([Member("position", .position), Member("sha256", .digest)]).orNull),
          Member("permalink", .text, "The page with these very numbers."),
          Member("api", .text, "This document, for ever."),
        ])),
      Member(
        "evidence",
        .list(
          of: .object([Member("cause", .cause), Member("parts", .anything), Member("laps", .list(of: .integer))]))),
      Member("windows", .object(optimalMembers)),
      Member("method", .list(of: .text)),
      Member("limits", .list(of: .text)),
    ])

  private static let comparison = Schema.answer(
    "AutopsyComparison",
    [
      Member.synthetic,
      Member("driver", .driverCode),
      Member("reference", .driverCode),
      Member("totalLossMilliseconds", .integer, "What the driver lost more than the reference."),
      Member(
        "costs",
        .list(
          of: .object([
            Member("cause", .cause), Member("title", .text), Member("milliseconds", .integer),
            Member("interval", .interval.orNull),
          ]))),
      Member("residualMilliseconds", .integer),
    ])

  static let planMembers = [
    Member("start", .compound),
    Member("stops", .list(of: .tyreChange)),
  ]

  /// A strategy: the tyre for the start and the changes.
  static let plan = Schema.named("Plan", .object(planMembers))

  /// A change of tyres.
  static let tyreChange = Schema.named(
    "TyreChange",
    .object([
      Member("lap", .integer, "At whose end the car stops."),
      Member("compound", .compound),
      Member("age", .integer, "Laps the set has been driven before."),
      Member("free", .flag, "Under a red flag: no time is lost."),
    ]))
}
