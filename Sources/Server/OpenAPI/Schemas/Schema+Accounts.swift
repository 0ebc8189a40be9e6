import Events

extension Schema {
  private static let accountMembers = [
    Member("position", .position),
    Member("id", .identifier),
    Member("kind", .words(UserRegistered.Kind.allCases.map(\.rawValue))),
    Member("name", .text.orNull, "null for guests."),
    Member("email", .text.orNull, "Shown to its owner only."),
    Member("isPro", .flag),
    Member("isOperator", .flag),
    Member("mayBeRanked", .flag),
  ]

  private static let tokenMembers = [
    Member("session", .sessionForm),
    Member("expiresInSeconds", .integer, "Of the access token."),
    .optional("accessToken", .text, "Send it as Authorization: Bearer TOKEN. Not there when cookies are asked for."),
    .optional("refreshToken", .text, "For POST /auth/refresh, once. Not there when cookies are asked for."),
  ]

  private static let sessionForm = Schema.named("SessionForm", .words(["token", "cookie"]))
  private static let email = Schema.pattern("^[^@ ]{1,64}@[^@ ]+$", example: "ada@example.com")
  private static let secret = Schema.text(length: 1...1024, example: "gravel trap apex")
  private static let fresh = Schema.text(length: 8...1024, example: "gravel trap apex")
  private static let session = Member.optional(
    "session", .sessionForm.orNull, "Tokens in the answer, or cookies that no script can read. Default token.")

  /// An account as its owner sees it.
  static let account = Schema.named("Account", .object(accountMembers))

  /// An account that has just been signed in.
  static let signedIn = Schema.named("SignedIn", .object(accountMembers + tokenMembers))

  /// `POST /auth/guest`.
  static let guest = Schema.named(
    "Guest",
    .object(
      accountMembers + tokenMembers + [
        .optional("token", .text, "A token that lasts as long as a guest does, for scripts."),
        .optional("tokenExpiresInSeconds", .integer),
      ]))

  /// `POST /auth/register`.
  static let registered = Schema.named(
    "Registered",
    .object(accountMembers + tokenMembers + [Member("claimedRuns", .integer, "Runs the account had as a guest.")]))

  /// `GET /auth/me/sessions`.
  static let sessions = Schema.named(
    "Sessions",
    .object([
      Member("position", .position),
      Member(
        "sessions",
        .list(
          of: .object([
            Member("id", .identifier), Member("createdAt", .instant), Member("lastUsedAt", .instant),
            Member("expiresAt", .instant), Member("device", .text, "What it said it was."),
            Member("current", .flag, "The one that asks."),
          ]))),
    ]))

  /// `DELETE /auth/me/sessions/{id}`.
  static let endedSession = Schema.named(
    "EndedSession", .object([Member("position", .position), Member("ended", .identifier)]))

  /// Nothing but the position.
  static let done = Schema.named("Done", .object([Member("position", .position)]))

  /// `DELETE /auth/me`.
  static let erased = Schema.named(
    "Erased", .object([Member("position", .position, "Of the erasure."), Member("erased", .identifier)]))

  /// The body of `POST /auth/guest`.
  static let openGuest = Schema.named("OpenGuest", .request([session]))

  /// The body of `POST /auth/register`.
  static let registration = Schema.named(
    "Registration",
    .request([
      Member("email", .email), Member("password", .fresh), Member("name", .text(length: 1...64), "Shown to others."),
      session,
    ]))

  /// The body of `POST /auth/login`.
  static let credentials = Schema.named(
    "Credentials", .request([Member("email", .email), Member("password", .secret), session]))

  /// The body of `POST /auth/refresh`.
  static let refreshing = Schema.named("Refreshing", .request([.optional("refreshToken", .text.orNull), session]))

  /// The body of `POST /auth/logout`.
  static let leaving = Schema.named("Leaving", .request([.optional("refreshToken", .text.orNull)]))

  /// The body of `POST /auth/me/email`.
  static let credentialsOnly = Schema.named(
    "NewEmail", .request([Member("email", .email), Member("password", .secret, "The password now.")]))

  /// The body of `POST /auth/me/password`.
  static let newPassword = Schema.named(
    "NewPassword", .request([Member("password", .secret, "The password now."), Member("newPassword", .fresh)]))
}
