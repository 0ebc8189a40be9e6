extension Contract {
  static let disagreements = Contract(
    area: .races, summary: "What a race's sources tell differently",
    detail: "As last imported. Asked for signed in, it makes later runs of the race practice.",
    replies: Reply.cached(.disagreements), problems: [.unknownRace])

  static let importRace = Contract(
    area: .races, summary: "Bring a race in over the network",
    detail: """
      A job in the background; while one for the race is unfinished, that one. The same content again changes nothing. Where \
      a source is away the job waits for it, and takes what there is at its last attempt.
      """,
    body: Body(schema: .newImport, isRequired: false, example: #"{"sources":["livetiming","jolpica"],"offline":true}"#),
    replies: [.json(.queuedJob, status: 202, about: "In the queue.", headers: [.location])])

  static let job = Contract(
    area: .operations, summary: "How far a job is",
    detail: """
      With Accept: text/event-stream its events: progress whenever it changed, end when it is over, a comment now and then. \
      Finished jobs can be asked for for seven days.
      """,
    replies: [
      Reply(
        status: 200, about: "The job, or its events.",
        contents: [
          Reply.Content(type: .json, schema: .job), Reply.Content(type: .events, schema: .text),
        ])
    ], problems: [.unknownJob])

  static let cancelJob = Contract(
    area: .operations, summary: "Stop a job",
    detail: "A finished job stays as it is.",
    replies: [
      .json(.job, about: "It has ended."),
      .json(.cancelledJob, status: 202, about: "Its worker will see it soon."),
    ], problems: [.unknownJob])
}
