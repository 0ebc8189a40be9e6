import Fetching

extension Schema {
  /// `POST /races/{year}/{gp}/import`.
  static let importWish = Schema.named(
    "ImportWish",
    .request([
      .optional(
        "sources", .nullable(.list(.words(NetworkSource.allCases.map(\.rawValue)), atMost: 16)),
        "Whom to ask. Default: everybody."),
      .optional("offline", .flag.orNull, "Only what was fetched before. Default false."),
      .optional("refresh", .flag.orNull, "Ask even where what was fetched is fresh. Default false."),
      .optional("round", .nullable(.whole(1...99)), "Where the sources do not say."),
    ]))

  private static let jobMembers = [
    Member("id", .identifier),
    Member("kind", .text, "import, for instance."),
    Member("subject", .text, "What it is about."),
    Member("state", .words(["queued", "running", "done", "failed"])),
    Member("done", .count, "Steps done."),
    Member("total", .count, "Steps in all; 0 while nobody knows."),
    Member("message", .text, "What is being done, or what came of it."),
    Member("error", .text.orNull, "Why the last attempt came to nothing."),
    Member("cancelling", .flag, "Somebody wants it to stop."),
    Member("attempts", .count),
    Member("createdAt", .instant),
    Member("startedAt", .instant.orNull),
    Member("finishedAt", .instant.orNull),
  ]

  /// `GET /jobs/{id}`.
  static let job = Schema.answer("Job", jobMembers)

  /// A job that was just queued, or told to stop.
  static let queuedJob = Schema.answer(
    "QueuedJob", [Member("job", .object(jobMembers)), .optional("new", .flag, "False when it was queued before.")])

  /// `GET /races/{year}/{gp}/disagreements`.
  static let disagreements = Schema.answer(
    "Disagreements",
    [
      Member.synthetic,
      Member(
        "disagreements",
        .list(
          of: .named(
            "Disagreement",
            .object([
              Member("driver", .driverCode.orNull, "null: the whole race."),
              Member("lap", .integer.orNull),
              Member("field", .text),
              Member("kept", .text.orNull, "The value that was kept."),
              Member("keptSource", .text),
              Member("other", .text.orNull),
              Member("otherSource", .text),
              Member("rule", .text.orNull, "Why, where it is not the order of trust."),
              Member("severity", .words(["info", "warning", "error"])),
            ])))),
    ])
}
