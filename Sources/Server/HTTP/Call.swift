import HTTPTypes

/// One request as the routes see it: routed, signed in, within its limits.
struct Call: Sendable {
  /// What is asked.
  let endpoint: Endpoint
  /// The variable segments of the path, decoded, in order.
  let parameters: [String]
  /// The parameters behind the question mark.
  let query: Query
  /// The body's bytes; empty when there is none.
  var body: [UInt8] = []
  /// Who asks; nil without a token.
  let caller: Account?
  /// The account or address that limits are counted for.
  let client: String
  /// Header fields.
  let headers: HTTPFields

  /// The account that must be there.
  func account() throws(Problem) -> Account {
    guard let caller else { throw .tokenMissing }
    return caller
  }

  /// The media types the client prefers, as sent.
  var accept: String { headers[.accept] ?? "" }
}

extension Problem {
  static let tokenMissing = Problem(
    .unauthenticated, "Send \"Authorization: Bearer TOKEN\"; POST /api/v1/auth/guest gives a guest's token.")
}
