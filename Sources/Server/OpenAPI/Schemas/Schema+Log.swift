extension Schema {
  /// A hash in base64.
  static let hash = Schema.pattern("^[A-Za-z0-9+/]{43}=$")

  /// `GET /log`.
  static let logFacts = Schema.named(
    "Log",
    .object([
      Member("position", .position),
      Member("origin", .text, "The log's name."),
      Member("key", .text.orNull, "The public key."),
      Member("size", .count, "Events that are signed."),
      Member("root", .text, "The root of the Merkle tree."),
      Member("signatures", .list(of: .text), "Who has signed the newest checkpoint."),
    ]))

  /// `GET /log/proof/inclusion`.
  static let inclusion = Schema.named(
    "InclusionProof",
    .object([
      Member("position", .position), Member("size", .count),
      Member("hashes", .list(of: .hash), "From the leaf upwards."),
    ]))

  /// `GET /log/proof/consistency`.
  static let consistency = Schema.named(
    "ConsistencyProof",
    .object([Member("from", .count), Member("to", .count), Member("hashes", .list(of: .hash))]))

  /// `POST /log/cosignatures`.
  static let cosigned = Schema.named("Cosigned", .object([Member("size", .count), Member("witness", .text)]))
}
