import Commands

extension Schema {
  /// `POST /simulate`.
  static let startOfRun = Schema.named(
    "StartOfRun",
    .request([
      Member(
        "race",
        .pattern(
          "^((19[5-9]|2[0-9]{2})[0-9][/-][a-z][a-z0-9-]*|[a-z][a-z0-9-]*[/-](19[5-9]|2[0-9]{2})[0-9])$",
          example: "2023/monaco"),
        "Season and Grand Prix or circuit, such as 2023/monaco or monaco-2023."),
      Member("driver", .pattern("^[A-Za-z0-9]{3}$", example: "VER"), "The car to take over."),
      .optional(
        "start", .compound.orNull,
        "The tyre for the start. Default: the one really used. Small and first letters are understood."),
      .optional(
        "stops", .nullable(.list(.plannedStop, atMost: Limits().planStops)),
        "A whole plan, played at once, for practice; startLap, mode, ranked and pace do not go with it."),
      .optional("startLap", .lap.orNull, "Take over at the end of the lap before. Default 1."),
      .optional("mode", .words(["live", "hindsight"]).orNull, "hindsight shows the whole race. Default live."),
      .optional("ranked", .flag.orNull, "Counts on the leaderboard if everything else allows it. Default true."),
      .optional("pace", .flag.orNull, "Offers push and save. Default false."),
    ]))

  private static let plannedStop = Schema.named(
    "PlannedStop", .request([Member("lap", .lap, "At whose end the car stops."), Member("compound", .compound)]))

  /// `POST /simulate/{id}/decisions`.
  static let choice = Schema.named(
    "Choice",
    .request([
      Member("lap", .lap),
      Member("kind", .words(["pit", "stay", "pace"])),
      .optional("compound", .compound.orNull, "For pit: the tyre to fit."),
      .optional("pace", .pace.orNull, "For pace: how hard to drive."),
    ]))

  /// `POST /simulate/{id}/advance`.
  static let advance = Schema.named(
    "Advance",
    .request([
      .optional("toLap", .lap.orNull, "Drive to the end of this lap. Default: one lap."),
      .optional(
        "stopOn", .nullable(.list(.words(StopSignal.allCases.map(\.rawValue)), atMost: StopSignal.allCases.count)),
        "What else ends the drive early: a car directly ahead or behind comes in; somebody fits tyres for other "
          + "weather; the car's place changes."),
    ]))

  /// `POST /simulate/{id}/fork`.
  static let fork = Schema.named("Fork", .request([Member("lap", .lap, "The last lap that is kept.")]))

  /// A body without members.
  static let empty = Schema.named("Nothing", .request([]))

  /// `POST /log/cosignatures`.
  static let cosignature = Schema.named(
    "Cosignature",
    .request([
      Member("size", .whole(1...Int.max), "The size of the checkpoint."),
      Member(
        "signature", .pattern("^— [^ ]+ [A-Za-z0-9+/]+={0,2}$"),
        "The witness's line under the checkpoint, as in a signed note."),
    ]))
}
