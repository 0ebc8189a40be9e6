import HTTPTypes

/// How a client wants to be signed in.
enum SessionForm: String {
  /// Tokens in the answer, for programs.
  case token
  /// Cookies that no script can read, for browsers.
  case cookie

  /// The member `session` of a body.
  /// - Throws: ``ProblemCode/foreignOrigin`` when cookies are asked for by another site's page.
  init(_ fields: Fields, _ call: Call) throws(Problem) {
    let text = try fields.text("session") ?? SessionForm.token.rawValue
    guard let form = SessionForm(rawValue: text) else {
      throw Problem(
        .invalidValue, "session is \"\(text.prefix(32))\"; it must be \"token\" or \"cookie\".",
        pointer: fields.place("session"))
    }
    if form == .cookie, !call.isFromOwnPage { throw .foreignOrigin }
    self = form
  }
}

extension JSONWriter {
  /// Tokens, where they belong into the answer.
  mutating func members(of tokens: Sessions.Tokens, _ form: SessionForm) {
    field("session", form.rawValue)
    field("expiresInSeconds", AccessToken.lifeSeconds)
    if form == .token {
      field("accessToken", tokens.access)
      field("refreshToken", tokens.refresh)
    }
  }
}

extension Answer {
  /// With the cookies, where tokens do not belong into the answer.
  func signingIn(_ tokens: Sessions.Tokens, _ form: SessionForm, isSecure: Bool) -> Answer {
    guard form == .cookie else { return self }
    var answer = self
    answer.setCookie(.access, tokens.access, seconds: Int(AccessToken.lifeSeconds), isSecure: isSecure)
    answer.setCookie(.refresh, tokens.refresh, seconds: Int(Sessions.idleSeconds), isSecure: isSecure)
    return answer
  }

  /// With both cookies deleted, where the browser has them.
  func signingOut(_ headers: HTTPFields, isSecure: Bool) -> Answer {
    guard Cookies(headers).areOfSession else { return self }
    var answer = self
    answer.setCookie(.access, nil, seconds: 0, isSecure: isSecure)
    answer.setCookie(.refresh, nil, seconds: 0, isSecure: isSecure)
    return answer
  }
}
