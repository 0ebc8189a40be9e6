import Events

extension Schema {
  private static let decisionMembers = [
    Member("lap", .integer),
    Member("kind", .words(DecisionMade.Kind.allCases.map(\.rawValue))),
    Member("value", .text.orNull, "The tyre or the pace."),
    Member("regretMilliseconds", .integer.orNull, "null until the run is over."),
    Member("optimal", .flag.orNull),
  ]

  /// `GET /audit/users/{id}/decisions`.
  static let decisions = Schema.answer(
    "Decisions",
    [
      Member("user", .identifier),
      Member(
        "decisions",
        .list(
          of: .named(
            "AuditedDecision",
            .object(
              [
                Member("position", .position),
                Member("actorVersion", .integer.orNull, "The account's own count of events."),
                Member("at", .instant),
                Member("simulation", .identifier),
                Member("version", .integer),
                Member("season", .season.orNull),
                Member("round", .integer.orNull),
                Member("driver", .driverCode.orNull),
              ] + decisionMembers)))),
      Member("next", .integer.orNull, "Hand it to after for the next page."),
    ])

  /// `GET /audit/simulations/{id}`.
  static let auditedRun = Schema.answer(
    "AuditedRun",
    [
      .optional("synthetic", .flag),
      Member("simulation", .identifier),
      Member("player", .identifier.orNull),
      Member("over", .flag),
      Member("events", .list(of: .auditedEvent)),
    ])

  private static let auditedEvent = Schema.named(
    "AuditedEvent",
    .object(
      [
        Member("position", .position),
        Member("version", .integer),
        Member("type", .words(EventType.allCases.map(\.name))),
        Member("at", .instant),
        Member("actor", .identifier.orNull),
        Member("actorVersion", .integer.orNull),
        Member("command", .identifier),
        Member("data", .anything, "The event's own data, exactly as hashed; null as long as it would tell what comes."),
        .optional("hidden", .text, "Why data is null."),
      ] + decisionMembers.map { .optional($0.name, $0.schema, $0.about) }))
}
