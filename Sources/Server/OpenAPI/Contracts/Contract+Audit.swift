extension Contract {
  static let auditUser = Contract(
    area: .audit, summary: "Every decision of an account, in the order made",
    detail:
      "Read from the log itself. Asked for by somebody else signed in, it makes that one's later runs of the races practice.",
    query: [
      Parameter(
        "after", .whole(0...Int(Int32.max)), "The value of next on the page before.", fallback: "0", example: "0"),
      .limit(100), .minPosition,
    ],
    replies: [.json(.decisions, about: "A page of decisions.", headers: [.link])],
    problems: [.unknownUser, .positionNotReached])

  static let auditSimulation = Contract(
    area: .audit, summary: "Every event of a run",
    detail: "Of a run that goes on, for its player only.",
    query: [.minPosition],
    replies: [.json(.auditedRun, about: "The events as they stand in the log.")],
    problems: [.unknownSimulation, .forbidden, .positionNotReached])

  static let receipt = Contract(
    area: .audit, summary: "The proof that an event is in the log",
    detail: """
      In the form of C2SP tlog-proof, with the event's line once its run is over; it is checked without us. A receipt asked for \
      before its checkpoint is signed waits for it, for two seconds at most.
      """,
    replies: [.document(.text, about: "The receipt.")], problems: [.notFound, .forbidden, .notSigned])

  static let history = Contract(
    area: .audit, summary: "Everything an account caused, each event with its proof",
    detail: "JSON lines under one checkpoint; at most 20,000 events.",
    replies: [.document(.lines, about: "A heading, a line an event, and their number.")],
    problems: [.unknownUser, .notSigned, .tooLarge])
}
