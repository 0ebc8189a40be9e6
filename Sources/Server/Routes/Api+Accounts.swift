import Events

extension Api {
  func openGuest(_ call: Call) async throws(Problem) -> Answer {
    _ = try Fields.body(call.body, names: [], limits: limits)
    if let seconds = guestLimiter.take(call.client) {
      throw Problem(
        .tooManyRequests,
        "More than \(limits.guestsPerHour) guests an hour from one address; try again in \(seconds) s.",
        retryAfterSeconds: seconds)
    }
    do throws(AccountError) {
      let account = try await accounts.register(kind: .guest, name: nil)
      let token = try await accounts.issueToken(for: account.id, seconds: Accounts.guestTokenSeconds)
      var json = JSONWriter()
      json.object { json in
        json.field("position", live.position.rawValue)
        json.members(of: account)
        json.field("token", token.text)
        json.field("expiresInSeconds", Int(Accounts.guestTokenSeconds))
      }
      return Answer(status: 201, json)
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
    return Answer(json)
  }

  func me(_ call: Call) throws(Problem) -> Answer {
    let account = try call.account()
    var json = JSONWriter()
    json.object { json in
      json.field("position", live.position.rawValue)
      json.members(of: account)
    }
    return Answer(json)
  }
}

extension JSONWriter {
  mutating func members(of account: Account) {
    field("id", account.id.description)
    field("kind", account.kind.rawValue)
    field("name", account.name)
    field("mayBeRanked", account.kind != .guest)
  }
}
