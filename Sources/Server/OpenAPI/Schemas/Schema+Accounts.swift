import Events

extension Schema {
  static let accountMembers = [
    Member("id", .identifier),
    Member("kind", .words(UserRegistered.Kind.allCases.map(\.rawValue))),
    Member("name", .text.orNull, "null for guests."),
    Member("mayBeRanked", .flag),
  ]

  /// `GET /auth/me`.
  static let account = Schema.named("Account", .object([Member("position", .position)] + accountMembers))

  /// `POST /auth/guest`.
  static let guest = Schema.named(
    "Guest",
    .object(
      [Member("position", .position)] + accountMembers + [
        Member("token", .text, "Send it as Authorization: Bearer TOKEN. It cannot be read again later."),
        Member("expiresInSeconds", .integer),
      ]))

  /// `DELETE /auth/me`.
  static let erased = Schema.named(
    "Erased", .object([Member("position", .position, "Of the erasure."), Member("erased", .identifier)]))
}
