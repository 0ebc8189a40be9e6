extension Contract {
  static let guest = Contract(
    area: .accounts, summary: "Open a guest account",
    detail: "Guests practise: their runs are never ranked.",
    body: Body(schema: .empty, isRequired: false, example: "{}"),
    replies: [.json(.guest, status: 201, about: "The account with its token.")])

  static let me = Contract(
    area: .accounts, summary: "Who am I", replies: [.json(.account, about: "The caller's account.")])

  static let eraseMe = Contract(
    area: .accounts, summary: "Erase my account",
    detail: """
      Name, tokens, what it was shown and everything derived from it. Its events stay under a number that leads to nobody, so \
      every receipt stays valid.
      """,
    replies: [.json(.erased, about: "Erased.")])
}
