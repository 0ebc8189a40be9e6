/// Whoever knows the answers.
protocol CallAnswering: Sendable {
  /// The answer to a call that may be asked.
  func answer(_ call: Call) async throws(Problem) -> Answer
}

/// Whoever knows the tokens.
protocol CallAuthenticating: Sendable {
  /// Who signed in with a token, if that is known without asking the database.
  func known(_ token: Substring) -> SignedIn?
  /// Who signed in with a token.
  /// - Throws: ``ProblemCode/unauthenticated`` for a token that is unknown or has expired.
  func signedIn(_ token: Substring) async throws(Problem) -> SignedIn
}
