import Fetching

extension Schema {
  private static let jobMembers = [
    Member("id", .identifier),
    Member("kind", .text, "import."),
    Member("subject", .text, "What it is about, such as 2023/monaco."),
    Member("state", .words(["queued", "running", "done", "failed"])),
    Member("done", .count, "Steps done."),
    Member("total", .count, "Steps as far as they are known; it grows."),
    Member("message", .text, "What is being done, or what came of it."),
    Member("error", .text.orNull, "Why the last attempt came to nothing."),
    Member("cancelling", .flag, "Somebody wants it to stop, and its worker has not seen it yet."),
    Member("attempts", .count, "How often somebody began."),
    Member("createdAt", .instant),
    Member("startedAt", .instant.orNull),
    Member("finishedAt", .instant.orNull),
  ]

  /// `GET /jobs/{id}`.
  static let job = Schema.answer("Job", jobMembers)

  /// The answer to whoever wants a job.
  static let queuedJob = Schema.answer(
    "QueuedJob",
    [
      Member("job", .object(jobMembers)),
      Member("new", .flag, "False when the job was in the queue before."),
    ])

  /// The answer to whoever wants a job to stop that is under way.
  static let cancelledJob = Schema.answer("CancelledJob", [Member("job", .object(jobMembers))])

  /// The body of `POST /races/{year}/{gp}/import`.
  static let newImport = Schema.named(
    "NewImport",
    .request([
      .optional(
        "sources", .nullable(.list(.words(NetworkSource.allCases.map(\.rawValue)), atMost: 16)),
        "Who is asked. Default: everybody."),
      .optional("offline", .flag.orNull, "Open no connection: only what the cache has."),
      .optional("refresh", .flag.orNull, "Ask whether anything changed, however fresh the cache is."),
      .optional("round", .whole(1...99).orNull, "The round of the season, where the sources do not tell."),
    ]))

  /// `GET /races/{year}/{gp}/disagreements`.
  static let disagreements = Schema.answer(
    "Disagreements",
    [
      .synthetic,
      Member(
        "disagreements",
        .list(
          of: .object([
            Member("driver", .text.orNull, "null for the whole race."),
            Member("lap", .integer.orNull, "null for all of them."),
            Member("field", .text, "Such as lap_time_ms."),
            Member("kept", .text.orNull, "The value that was kept; null when it is unknown."),
            Member("keptSource", .text),
            Member("other", .text.orNull),
            Member("otherSource", .text),
            Member("rule", .text.orNull, "Why, where it is not just the order of trust."),
            Member("severity", .words(["info", "warning", "error"])),
          ]))),
    ])
}
