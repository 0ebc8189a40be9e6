import Fetching

extension Contract {
  static let disagreements = Contract(
    area: .races, summary: "What the sources of a race tell differently",
    detail:
      "Field by field, with the value that was kept. Asked for signed in, it makes later runs of the race practice.",
    replies: Reply.cached(.disagreements), problems: [.unknownRace])

  static let importRace = Contract(
    area: .races, summary: "Ask the sources for a race, in the background",
    detail: "One unfinished job a race: asked for again, the same one is answered.",
    body: Body(schema: .importWish, isRequired: false, example: #"{"sources":["jolpica"],"offline":true}"#),
    replies: [.json(.queuedJob, status: 202, about: "Queued.", headers: [.location])], problems: [.overloaded])

  static let job = Contract(
    area: .operations, summary: "How far a job is",
    detail: "With Accept: text/event-stream the answer is a stream of server-sent events progress, and end at last.",
    replies: [
      Reply(
        status: 200, about: "The job.",
        contents: [.init(type: .json, schema: .job), .init(type: .events, schema: .text)])
    ], problems: [.unknownJob])

  static let cancelJob = Contract(
    area: .operations, summary: "Stop a job",
    replies: [
      .json(.job, about: "It is over already."), .json(.queuedJob, status: 202, about: "It stops at its next step."),
    ], problems: [.unknownJob])
}
