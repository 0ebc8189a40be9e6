import Commands
import Events
import Racing

extension Schema {
  static let pace = Schema.named("Pace", .words([PaceMode.normal, .push, .save].map(\.name)))

  private static let runMembers = [
    Member("model", .text),
    Member.synthetic,
    Member("id", .identifier),
    Member("version", .integer, "Events of the run so far."),
    Member("player", .identifier),
    Member("season", .season),
    Member("round", .integer),
    Member("driver", .driverCode),
    Member("mode", .words(["live", "hindsight"])),
    Member("ranked", .flag),
    Member("forkOf", .identifier.orNull),
    Member("status", .words(["running", "finished", "abandoned"])),
    Member("startLap", .integer),
    Member("laps", .integer, "Laps of the race."),
    Member("lap", .integer, "Laps driven."),
    Member("elapsedMilliseconds", .integer),
    Member("lapMilliseconds", .integer.orNull, "The last lap."),
    Member("place", .integer.orNull),
    Member("toRealMilliseconds", .integer.orNull, "Against the real race at the same lap."),
    Member(
      "replayErrorMilliseconds", .integer,
      "How far the real decisions, simulated from the same lap, are from the real race by now."),
    Member("tower", .list(of: .towerRow), "Everybody in the order of the race."),
    Member("ahead", .neighbour.orNull),
    Member("behind", .neighbour.orNull),
    Member(
      "tyre",
      .object([
        Member("compound", .compound), Member("laps", .integer), Member("wear", .decimal, "Laps' worth of wear."),
      ])),
    Member("pace", .pace),
    Member("stops", .list(of: .tyreChange)),
    Member("next", .nextLap.orNull, "What can be decided for the next lap; null when the run is over."),
    Member("decisions", .list(of: .decision)),
    Member("result", .result.orNull, "Scores; null until the run is finished."),
  ]

  /// `GET /simulate/{id}`.
  static let run = Schema.named("Run", .object([Member("position", .position)] + runMembers))

  /// What a command did, with the run after it.
  static let outcomeOfCommand = Schema.named(
    "RunAfterCommand",
    .object(
      [
        Member("position", .position, "The last event of the command."),
        Member("firstPosition", .position, "The first event of the command."),
        Member("command", .identifier),
        Member("repeated", .flag, "The same command had been carried out before."),
        Member("interruption", .interruption.orNull, "What has stopped the car, as a rule before the lap asked for."),
      ] + runMembers))

  private static let interruption = Schema.named(
    "Interruption",
    .object([
      Member("lap", .integer),
      Member("reason", .words(["trackStatus", "mustStop", "notPossible"] + StopSignal.allCases.map(\.rawValue))),
      .optional("trackStatus", .trackStatus),
      .optional("driver", .text, "For rivalStop and rainTyres: whose car it was."),
      .optional("place", .integer, "For place: the one that the car has now."),
    ]))

  private static let nextLap = Schema.named(
    "NextLap",
    .object([
      Member("lap", .integer),
      Member("trackStatus", .trackStatus),
      Member("mayStay", .flag),
      Member("compounds", .list(of: .compound), "Tyres that may be fitted."),
      Member("freeChange", .flag, "Under a red flag."),
      Member("paces", .list(of: .pace)),
      Member("decided", .decision.orNull),
      Member("compoundRuleMet", .flag, "Two dry tyres have been used, or rain tyres."),
      Member("stopsOwed", .integer),
      Member("boxNow", .rejoin.orNull, "Where the car would come out."),
      Member("rejoins", .rejoins.orNull, "The same for every kind of track, on one line."),
    ]))

  private static let towerRow = Schema.named(
    "TowerRow",
    .object([
      Member("driver", .driverCode),
      Member("place", .integer.orNull),
      Member("gapMilliseconds", .integer.orNull),
      Member("lapMilliseconds", .integer.orNull),
      Member("compound", .compound.orNull),
      Member("tyreLaps", .integer.orNull),
      Member("stops", .integer),
      Member("inLane", .flag),
      Member("lastLap", .integer.orNull, "Of a car that is out of the race."),
    ]))

  private static let rejoins = Schema.named(
    "Rejoins",
    .object([
      Member("reachMilliseconds", .integer, "How sure the places are."),
      Member("greenMilliseconds", .integer, "Behind the first of all."),
      Member("virtualSafetyCarMilliseconds", .integer),
      Member("safetyCarMilliseconds", .integer),
      Member("field", .list(of: .object([Member("driver", .driverCode), Member("milliseconds", .integer)]))),
    ]))

  /// `GET /simulate/{id}/field`.
  static let raceSoFar = Schema.answer(
    "RaceSoFar",
    [
      Member.synthetic,
      Member("id", .identifier),
      Member("lap", .integer, "Laps driven."),
      Member("laps", .integer),
      Member("kinds", .list(of: .trackStatus), "Of the laps so far."),
      Member(
        "cars",
        .list(
          of: .object([
            Member("driver", .driverCode),
            Member("elapsedMilliseconds", .list(of: .integer.orNull), "At the end of each lap from 1."),
            Member(
              "stints",
              .list(
                of: .object([
                  Member("compound", .compound), Member("firstLap", .integer), Member("lastLap", .integer),
                  Member("age", .integer, "Laps the set had been driven before."),
                ]))),
          ]))),
    ])

  private static let rejoin = Schema.named(
    "Rejoin",
    .object([
      Member("place", .integer), Member("bestPlace", .integer), Member("worstPlace", .integer),
      Member("ahead", .neighbour.orNull), Member("behind", .neighbour.orNull),
      Member(
        "rivals",
        .list(
          of: .object([
            Member("driver", .driverCode), Member("stopToCome", .flag),
            Member("aheadPercent", .decimal, "The chance to come out ahead."),
          ]))),
    ]))

  private static let decision = Schema.named(
    "Decision",
    .object([
      Member("lap", .integer),
      Member("kind", .words(DecisionMade.Kind.allCases.map(\.rawValue))),
      Member("compound", .compound.orNull),
      Member("pace", .pace.orNull),
      Member("regretMilliseconds", .integer.orNull, "What it cost against the optimum; null until the run is over."),
      Member("optimal", .flag.orNull),
    ]))

  private static let result = Schema.named(
    "Result",
    .object([
      Member("iq", .score, "Strategy IQ, 0 to 100."),
      Member("pitTiming", .score),
      Member("tyreEfficiency", .score),
      Member("safetyCarReaction", .score.orNull, "null when the race had no neutralisation."),
      Member("raceOutcome", .score),
      Member("totalMilliseconds", .integer),
      Member("toOptimumMilliseconds", .integer),
      Member("toRealMilliseconds", .integer),
      Member("place", .integer),
      Member("attempt", .integer, "1 for the first run on this race."),
      Member("ranked", .flag),
      Member("stopCount", .integer),
      Member("optimumMilliseconds", .integer),
      Member("optimalPlan", .plan),
      Member("realPlan", .plan),
      Member("replayErrorMilliseconds", .integer, "How far the simulated real plan is from the real race."),
    ]))

  /// `GET /simulate/{id}/review`.
  static let review = Schema.answer(
    "Review",
    [
      Member("id", .identifier),
      Member("isEstimate", .flag),
      Member(
        "stops",
        .list(
          of: .object([
            Member("window", .list(of: .integer), "Laps within reach of the best."),
            Member(
              "laps", .list(of: .object([Member("lap", .integer), Member("milliseconds", .integer.orNull)])),
              "What each lap for the stop costs."),
          ]))),
      Member("optimum", .benchmark.orNull),
      Member("unforeseeing", .benchmark.orNull, "The best without knowing what comes."),
      Member("real", .benchmark.orNull),
      Member("expectedCostMilliseconds", .integer.orNull),
      Member("randomIQ", .score.orNull, "What chance would score."),
    ])

  private static let benchmark = Schema.named(
    "Benchmark",
    .object([
      Member("plan", .plan), Member("finishMilliseconds", .integer), Member("place", .integer.orNull),
      Member("iq", .score.orNull),
    ]))
}
