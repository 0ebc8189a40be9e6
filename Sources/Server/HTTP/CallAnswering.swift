/// Whoever knows the answers.
protocol CallAnswering: Sendable {
  /// The answer to a call that may be asked.
  func answer(_ call: Call) async throws(Problem) -> Answer
}

/// Whoever knows the tokens.
protocol CallAuthenticating: Sendable {
  /// The account that a token belongs to, if it is known without asking the database.
  func known(_ token: Substring) -> Account?
  /// The account that a token belongs to.
  /// - Throws: ``ProblemCode/unauthenticated`` for a token that is unknown or has expired.
  func account(ofToken token: Substring) async throws(Problem) -> Account
}
