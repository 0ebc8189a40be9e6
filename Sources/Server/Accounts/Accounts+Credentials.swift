public import Events
import Postgres

extension Accounts {
  /// Changes the password and ends every other session and token.
  /// - Parameter session: stays.
  /// - Throws: `wrongCredentials`, `noPassword`, `weakPassword`, `overloaded`, `unavailable`.
  func changePassword(
    of account: Account, from old: String, to new: String, keeping session: SessionID?
  ) async throws(AccountError) {
    try await requirePassword(old, of: account.id)
    try await store(new, of: account)
    _ = try await revokeTokens(of: account.id)
    _ = try await sessions.endAll(of: account.id, but: session)
  }

  /// Sets the password without asking for the one before, for operators, and ends every session and token.
  /// - Throws: `weakPassword`, `unknownAccount`, `overloaded`, `unavailable`.
  public func setPassword(of account: Account, to new: String) async throws(AccountError) {
    try await store(new, of: account)
    _ = try await signOutEverywhere(account.id)
  }

  /// Changes the address to sign in with.
  /// - Throws: `wrongCredentials`, `noPassword`, `malformedEmail`, `emailRefused`, `overloaded`, `unavailable`.
  func changeEmail(of account: UserID, to email: String, password: String) async throws(AccountError) -> Account {
    let address = try EmailAddress(email)
    try await requirePassword(password, of: account)
    return try await setEmail(of: account, to: address)
  }

  /// Sets the address without asking for the password, for operators.
  /// - Throws: `malformedEmail`, `emailRefused`, `unknownAccount`, `unavailable`.
  public func setEmail(of account: UserID, to email: String) async throws(AccountError) -> Account {
    try await setEmail(of: account, to: try EmailAddress(email))
  }

  private func setEmail(of account: UserID, to email: EmailAddress) async throws(AccountError) -> Account {
    let isStored: Bool
    do { isStored = try await credentials.setEmail(email, of: account) } catch {
      throw Self.refusal(error, name: "")
    }
    forget(account)
    guard isStored, let changed = try await self.account(account) else { throw .unknownAccount(account.description) }
    return changed
  }

  private func store(_ new: String, of account: Account) async throws(AccountError) {
    let hash = try await passwords.hash(try Password(new: new, email: account.email, name: account.name))
    let isStored: Bool
    do { isStored = try await credentials.setPassword(hash, of: account.id) } catch {
      throw .unavailable(reason: "\(error)")
    }
    guard isStored else { throw .unknownAccount(account.id.description) }
  }

  /// - Throws: `wrongCredentials` unless it is the account's password.
  private func requirePassword(_ text: String, of account: UserID) async throws(AccountError) {
    let stored: CredentialTable.Credentials?
    do { stored = try await credentials.credentials(of: account) } catch { throw .unavailable(reason: "\(error)") }
    guard let hash = stored?.password else { throw .noPassword }
    guard let password = Password(text), try await passwords.verify(password, hash) else { throw .wrongCredentials }
  }
}
