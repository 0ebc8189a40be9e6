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
  /// Who asks, and by what we know; nil without a token.
  let signedIn: SignedIn?
  /// The address that asks.
  let address: String
  /// How much of the answer the caller gets.
  let extent: Endpoint.Access.Extent
  /// A browser says that our own page asks.
  let isFromOwnPage: Bool
  /// Header fields.
  let headers: HTTPFields

  /// Who asks; nil without a token.
  var caller: Account? { signedIn?.account }

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
