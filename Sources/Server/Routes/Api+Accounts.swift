import Events
import HTTPTypes

extension Api {
  func openGuest(_ call: Call) async throws(Problem) -> Answer {
    let form = try SessionForm(try Fields.body(call.body, names: ["session"], limits: limits), call)
    if let seconds = guestLimiter.take(call.address) {
      throw Problem(
        .tooManyRequests,
        "More than \(limits.guestsPerHour) guests an hour from one address; try again in \(seconds) s.",
        retryAfterSeconds: seconds)
    }
    do throws(AccountError) {
      let account = try await accounts.register(kind: .guest, name: nil)
      let tokens = try await accounts.sessions.begin(for: account.id, device: call.device)
      let bearer =
        form == .token ? try await accounts.issueToken(for: account.id, seconds: Accounts.guestTokenSeconds) : nil
      return signedIn(account, tokens, form, status: 201) { json in
        guard let bearer else { return }
        json.field("token", bearer.text)
        json.field("tokenExpiresInSeconds", Int(Accounts.guestTokenSeconds))
      }
    } catch { throw Problem(error) }
  }

  /// Erases the caller's own account.
  func eraseMe(_ call: Call) async throws(Problem) -> Answer {
    let account = try call.account()
    let position: Position
    do throws(AccountError) { position = try await accounts.erase(account.id) } catch { throw Problem(error) }
    names.forget(account.id)
    var json = JSONWriter()
    json.object { json in
      json.field("position", position.rawValue)
      json.field("erased", account.id.description)
    }
    return Answer(json).signingOut(call.headers, isSecure: ownOrigin.isSecure)
  }

  func me(_ call: Call) throws(Problem) -> Answer {
    return answer(about: try call.account())
  }

  /// An account as its owner sees it.
  func answer(about account: Account) -> Answer {
    var json = JSONWriter()
    json.object { json in
      json.field("position", live.position.rawValue)
      json.members(of: account)
    }
    return Answer(json)
  }

  /// An account that has just been signed in.
  func signedIn(
    _ account: Account, _ tokens: Sessions.Tokens, _ form: SessionForm, status: Int = 200,
    _ members: (inout JSONWriter) -> Void = { _ in }
  ) -> Answer {
    var json = JSONWriter()
    json.object { json in
      json.field("position", live.position.rawValue)
      json.members(of: account)
      json.members(of: tokens, form)
      members(&json)
    }
    return Answer(status: status, json).signingIn(tokens, form, isSecure: ownOrigin.isSecure)
  }
}

extension Call {
  /// What the client says it is, for its owner to recognise among the devices that are signed in.
  var device: String { headers[.userAgent] ?? "" }
}

extension JSONWriter {
  mutating func members(of account: Account) {
    field("id", account.id.description)
    field("kind", account.kind.rawValue)
    field("name", account.name)
    field("email", account.email)
    field("isPro", account.isPro)
    field("isOperator", account.isOperator)
    field("mayBeRanked", account.kind != .guest)
  }
}
