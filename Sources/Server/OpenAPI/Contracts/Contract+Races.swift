extension Contract {
  static let races = Contract(
    area: .races, summary: "The races that are here",
    detail: "Without laps and results, so that nobody is spoilt.",
    query: [
      Parameter("season", .season, "Only the races of this season.", fallback: "all", example: "2000"), .minPosition,
    ],
    replies: Reply.cached(.races), problems: [.positionNotReached])

  static let race = Contract(
    area: .races, summary: "One race: cars, rules, provenance",
    detail: "With what the model made of it: which cars can be taken over, and where a run can begin late.",
    replies: Reply.cached(.race), problems: [.unknownRace])

  static let laps = Contract(
    area: .races, summary: "Every lap of a race",
    detail: """
      Names of the columns once, then rows of plain values by driver. Asked for signed in, it makes later runs of the race \
      practice.
      """,
    query: [
      .format,
      Parameter("driver", .pattern("^[A-Za-z0-9]{3}$"), "Only this driver's laps.", fallback: "all", example: "ADL"),
    ],
    replies: Reply.table(.laps, about: "The laps."),
    problems: [.unknownRace, .unknownDriver, .notAcceptable, .notPlayable, .conflict])

  static let pitLaps = Contract(
    area: .races, summary: "What another pit lap would have brought",
    detail: """
      For every lap, what stopping there costs against the best plan, and where the car would rejoin. Asked for signed in, it \
      makes later runs of the race practice.
      """,
    query: [.format],
    replies: Reply.table(.pitLaps, about: "The laps."),
    problems: [.unknownRace, .unknownDriver, .notAcceptable, .notPlayable, .conflict])
}
