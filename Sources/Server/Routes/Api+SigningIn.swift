import Events
import HTTPTypes
import Projections

extension Api {
  /// Opens an account with a name, an e-mail address and a password. A guest who asks becomes that account.
  func register(_ call: Call) async throws(Problem) -> Answer {
    let fields = try Fields.body(call.body, names: ["email", "password", "name", "session"], limits: limits)
    let form = try SessionForm(fields, call)
    let credentials = try fields.credentials()
    let name = try fields.required("name", try fields.text("name"))
    try throttle.register(from: call.address)
    let guest = call.caller?.kind == .guest ? call.caller?.id : nil
    do throws(AccountError) {
      let signedUp = try await accounts.signUp(credentials, name: name, claiming: guest)
      let account = signedUp.account
      // A run that begins now must not find a guest. Where the projections stand still, nothing can begin anyway.
      if let claim = signedUp.claim { _ = try? await live.reach(claim, within: limits.positionWait) }
      let claimed = signedUp.claim == nil ? 0 : live.read { model, _ in model.runCount(of: account.id) }
      let tokens = try await accounts.sessions.begin(for: account.id, device: call.device)
      return signedIn(account, tokens, form, status: 201) { $0.field("claimedRuns", claimed) }
    } catch { throw Problem(error, at: "/password") }
  }

  func logIn(_ call: Call) async throws(Problem) -> Answer {
    let fields = try Fields.body(call.body, names: ["email", "password", "session"], limits: limits)
    let form = try SessionForm(fields, call)
    let credentials = try fields.credentials()
    try throttle.tryPassword(of: credentials.email, from: call.address)
    do throws(AccountError) {
      let account = try await accounts.signIn(credentials)
      let tokens = try await accounts.sessions.begin(for: account.id, device: call.device)
      return signedIn(account, tokens, form)
    } catch { throw Problem(error) }
  }

  /// The next tokens for a refresh token, which is in the body or in the cookie.
  func refresh(_ call: Call) async throws(Problem) -> Answer {
    let fields = try Fields.body(call.body, names: ["refreshToken", "session"], limits: limits)
    let cookie = Cookies(call.headers)[.refresh]
    let sent = try fields.text("refreshToken")
    let form = !fields.has("session") && sent == nil && cookie != nil ? .cookie : try SessionForm(fields, call)
    guard let token = sent ?? cookie.map(String.init) else {
      throw Problem(.sessionEnded, "There is no refresh token, neither in the body nor in a cookie: sign in again.")
    }
    if sent == nil, !call.isFromOwnPage { throw .foreignOrigin }
    do throws(AccountError) {
      let (id, tokens) = try await accounts.sessions.refresh(token)
      guard let account = try await accounts.account(id) else { throw .sessionEnded }
      return signedIn(account, tokens, form)
    } catch { throw Problem(error) }
  }

  /// Ends the session that asks, or that of its refresh token.
  func logOut(_ call: Call) async throws(Problem) -> Answer {
    let fields = try Fields.body(call.body, names: ["refreshToken"], limits: limits)
    let token = try fields.text("refreshToken") ?? Cookies(call.headers)[.refresh].map(String.init)
    do throws(AccountError) {
      if let signedIn = call.signedIn, let session = signedIn.session {
        _ = try await accounts.sessions.end(session, of: signedIn.account.id)
      }
      if let token { try await accounts.sessions.end(refreshToken: token) }
    } catch { throw Problem(error) }
    var json = JSONWriter()
    json.object { $0.field("position", live.position.rawValue) }
    return Answer(json).signingOut(call.headers, isSecure: ownOrigin.isSecure)
  }
}

extension Fields {
  /// What somebody signs up or in with.
  func credentials() throws(Problem) -> Credentials {
    Credentials(
      email: try required("email", try text("email")), password: try required("password", try text("password")))
  }
}
