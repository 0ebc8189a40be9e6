extension Contract {
  static let logFacts = Contract(
    area: .log, summary: "The log's name, key, size and root",
    replies: [.json(.logFacts, about: "As of the newest checkpoint.")], problems: [.notSigned])

  static let logKey = Contract(
    area: .log, summary: "The log's public key",
    replies: [.document(.text, about: "One line.")], problems: [.notSigned])

  static let checkpoint = Contract(
    area: .log, summary: "The newest checkpoint",
    detail: "A signed note (C2SP tlog-checkpoint) with the signatures of witnesses.",
    replies: [.document(.text, about: "The note.")], problems: [.notSigned])

  static let tile = Contract(
    area: .log, summary: "Hashes of one level of the tree",
    detail: "C2SP tlog-tiles: up to 256 hashes of 32 bytes. A tile never changes.",
    replies: [.document(.bytes, about: "The hashes, one behind the other.")], problems: [.notFound, .notSigned])

  static let inclusion = Contract(
    area: .log, summary: "The path from an event's leaf to the root",
    query: [
      Parameter("position", .whole(1...Int.max), "The event.", isRequired: true, example: "1"),
      Parameter("size", .whole(1...Int.max), "The size of the tree.", fallback: "that of the newest checkpoint"),
    ],
    replies: [.json(.inclusion, about: "The hashes in base64.")], problems: [.missingField, .notSigned])

  static let consistency = Contract(
    area: .log, summary: "The proof that an older log is the beginning of a newer one",
    query: [
      Parameter("from", .whole(1...Int.max), "The older size.", isRequired: true, example: "1"),
      Parameter("to", .whole(1...Int.max), "The newer size.", fallback: "that of the newest checkpoint"),
    ],
    replies: [.json(.consistency, about: "The hashes in base64.")], problems: [.missingField, .notSigned])

  static let cosign = Contract(
    area: .log, summary: "Hand a witness's signature in",
    detail: "Taken from the witnesses that the server knows.",
    body: Body(
      schema: .cosignature, isRequired: true,
      example: #"{"size":1,"signature":"— witness.example AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#),
    replies: [.json(.cosigned, status: 201, about: "Kept, and shown under the checkpoint.")],
    problems: [.forbidden, .notSigned])
}
