extension Contract {
  static let guest = Contract(
    area: .accounts, summary: "Open a guest account",
    detail: "Guests practise: their runs are never ranked.",
    body: Body(schema: .openGuest, isRequired: false, example: "{}"),
    replies: [.json(.guest, status: 201, about: "The account, signed in.")], problems: [.foreignOrigin])

  static let register = Contract(
    area: .accounts, summary: "Open an account",
    detail: """
      A guest who asks, by token or cookie, becomes that account, with the same id; its runs stay unranked.
      """,
    body: Body(
      schema: .registration, isRequired: true,
      example: #"{"email":"ada@example.com","password":"gravel trap apex","name":"Ada L."}"#),
    replies: [.json(.registered, status: 201, about: "The account, signed in.")],
    problems: [.nameTaken, .emailRefused, .conflict])

  static let logIn = Contract(
    area: .accounts, summary: "Sign in",
    detail: "A wrong password and an unknown address get the same answer. Attempts are counted and slowed down.",
    body: Body(
      schema: .credentials, isRequired: true, example: #"{"email":"ada@example.com","password":"gravel trap apex"}"#),
    replies: [.json(.signedIn, about: "The account, signed in.")], problems: [.wrongCredentials])

  static let refresh = Contract(
    area: .accounts, summary: "The next tokens of a session",
    detail:
      "Without refreshToken the cookie counts. A refresh token works once; one that is used again ends the session.",
    body: Body(schema: .refreshing, isRequired: false, example: #"{"refreshToken":"…"}"#),
    replies: [.json(.signedIn, about: "The account, with new tokens.")], problems: [.sessionEnded])

  static let logOut = Contract(
    area: .accounts, summary: "Sign out",
    detail: "Ends the session that asks, or that of the refresh token, and clears cookies.",
    body: Body(schema: .leaving, isRequired: false, example: "{}"),
    replies: [.json(.done, about: "Signed out.")])

  static let me = Contract(
    area: .accounts, summary: "Who am I", replies: [.json(.account, about: "The caller's account.")])

  static let changeEmail = Contract(
    area: .accounts, summary: "Change my e-mail address",
    body: Body(
      schema: .credentialsOnly, isRequired: true, example: #"{"email":"ada@example.org","password":"gravel trap apex"}"#
    ),
    replies: [.json(.account, about: "The account.")], problems: [.wrongCredentials, .emailRefused, .noPassword])

  static let changePassword = Contract(
    area: .accounts, summary: "Change my password", detail: "Every other session ends.",
    body: Body(
      schema: .newPassword, isRequired: true,
      example: #"{"password":"gravel trap apex","newPassword":"sausage kerb exit"}"#),
    replies: [.json(.account, about: "The account.")], problems: [.wrongCredentials, .noPassword])

  static let sessions = Contract(
    area: .accounts, summary: "Where I am signed in", replies: [.json(.sessions, about: "The sessions.")])

  static let endSession = Contract(
    area: .accounts, summary: "End one of my sessions",
    replies: [.json(.endedSession, about: "Ended.")], problems: [.notFound])

  static let export = Contract(
    area: .accounts, summary: "Everything that is known of me",
    detail: "JSON lines: the account and its sessions, then everything it did with proofs, as in its history.",
    replies: [.document(.jsonLines, about: "A file.")], problems: [.unknownUser, .notSigned, .tooLarge])

  static let eraseMe = Contract(
    area: .accounts, summary: "Erase my account",
    detail: """
      Name, tokens, what it was shown and everything derived from it. Its events stay under a number that leads to nobody, so \
      every receipt stays valid.
      """,
    replies: [.json(.erased, about: "Erased.")])
}
