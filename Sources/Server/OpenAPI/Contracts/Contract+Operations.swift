extension Contract {
  static let home = Contract(
    area: .operations, summary: "The page",
    detail: "The page in the browser where it is built, else a plain page that says what is there.",
    replies: [.document(.html, about: "A page.")])

  static let ping = Contract(
    area: .operations, summary: "Is anybody there", detail: "Answered before anything else is looked at.",
    replies: [.document(.text, about: "pong")])

  static let health = Contract(
    area: .operations, summary: "Which part of the server works, and which does not",
    replies: [
      .json(.health, about: "Everything works."), .json(.health, status: 503, about: "Something does not."),
    ])

  static let ready = Contract(
    area: .operations, summary: "Whether requests should come here",
    replies: [
      .json(.ready, about: "Queries are up to date."), .json(.ready, status: 503, about: "Not yet, or not any more."),
    ])

  static let metrics = Contract(
    area: .operations, summary: "Figures for Prometheus",
    replies: [.document(.metrics, about: "Exposition format 0.0.4.")])

  static let index = Contract(
    area: .operations, summary: "Every address", replies: [.json(.index, about: "The addresses.")])

  static let openAPI = Contract(
    area: .operations, summary: "This interface for programs",
    detail: "OpenAPI 3.1.", replies: Reply.cached(.anything, about: "The description."))

  static let reference = Contract(
    area: .operations, summary: "This interface for people",
    replies: [
      .document(.html, about: "The reference.", headers: [.eTag]),
      Reply(status: 304, about: "What the client has is what it would get.", contents: [], headers: [.eTag]),
    ])
}
