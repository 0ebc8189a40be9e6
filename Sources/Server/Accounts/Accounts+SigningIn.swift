import Commands
import Events
import Postgres

/// What somebody signs up or in with, as it was typed.
struct Credentials: Sendable {
  let email: String
  let password: String
}

extension Accounts {
  /// An account that was just opened.
  struct SignedUp: Sendable {
    let account: Account
    /// Where the log says that a guest became it; nil when it is a new one.
    let claim: Position?
  }

  /// Opens an account that signs in with an e-mail address and a password.
  /// - Parameter guest: becomes that account, with everything it did; its tokens and sessions end.
  /// - Throws: `malformedName`, `malformedEmail`, `weakPassword`, `nameTaken`, `emailRefused`, `overloaded`, `refused`,
  ///   `unavailable`. Nothing is left behind then.
  func signUp(_ typed: Credentials, name: String, claiming guest: UserID?) async throws(AccountError) -> SignedUp {
    try Self.check(name)
    let email = try EmailAddress(typed.email)
    let hash = try await passwords.hash(try Password(new: typed.password, email: email.text, name: name))
    if let guest, let claim = try await claim(guest, name: name, email: email, password: hash) {
      guard let account = try await account(guest) else { throw .unknownAccount(guest.description) }
      return SignedUp(account: account, claim: claim)
    }
    let account = try await open(kind: .registered, name: name, email: email, password: hash)
    return SignedUp(account: account, claim: nil)
  }

  /// Makes a guest a registered account.
  /// - Returns: where the log says so; nil when it is no guest any more.
  private func claim(
    _ guest: UserID, name: String, email: EmailAddress, password: PasswordHash
  ) async throws(AccountError) -> Position? {
    do {
      guard try await table.claim(guest, name: name, email: email.text, password: password) else { return nil }
    } catch { throw Self.refusal(error, name: name) }
    let position: Position?
    do throws(CommandError) {
      position = try await commands.registerGuest(guest, id: CommandID(name: "claim:\(guest)"))
    } catch {
      // The log still says guest: the name and the address must not stay with it.
      let refusal = AccountError.refused(error)
      do { try await table.unclaim(guest) } catch { throw AccountError.unavailable(reason: "\(error)") }
      throw refusal
    }
    _ = try await signOutEverywhere(guest)
    return position ?? .zero
  }

  /// The account of an address and a password. Finding out that there is none takes as long.
  /// - Throws: `wrongCredentials`, `overloaded`, `unavailable`.
  func signIn(_ typed: Credentials) async throws(AccountError) -> Account {
    guard let password = Password(typed.password) else { throw .wrongCredentials }
    let stored = try await storedCredentials(typed.email)
    guard try await passwords.verify(password, stored?.password), let stored, let hash = stored.password else {
      throw .wrongCredentials
    }
    try await strengthen(hash, password, of: stored.account)
    guard let account = try await account(stored.account) else { throw .wrongCredentials }
    do throws(CommandError) { try await completeRegistration(of: account) } catch { throw .refused(error) }
    return account
  }

  /// Makes good what a crash cut in two: the row says registered, the log does not yet.
  private func completeRegistration(of account: Account) async throws(CommandError) {
    let state = try await commands.accountState(of: account.id)
    if state.kind == .guest {
      _ = try await commands.registerGuest(account.id, id: CommandID(name: "claim:\(account.id)"))
    } else if state.version == .zero {
      _ = try await commands.registerUser(
        account.id, kind: account.kind, id: CommandID(name: "register:\(account.id)"))
    }
  }

  private func storedCredentials(_ email: String) async throws(AccountError) -> CredentialTable.Credentials? {
    guard let address = try? EmailAddress(email) else { return nil }
    do { return try await credentials.credentials(address) } catch { throw .unavailable(reason: "\(error)") }
  }

  /// Hashes a password anew that was hashed when that cost less.
  private func strengthen(_ hash: PasswordHash, _ password: Password, of account: UserID) async throws(AccountError) {
    guard hash.cost.work < passwords.cost.work else { return }
    let new = try await passwords.hash(password)
    do { try await credentials.replace(hash, by: new, of: account) } catch { throw .unavailable(reason: "\(error)") }
  }
}
