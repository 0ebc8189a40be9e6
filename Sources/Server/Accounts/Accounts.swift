import Commands
public import Events
import Postgres

/// Accounts and their tokens: opens them, signs them in, gives tokens out, and knows whose token a request carries.
public final class Accounts: Sendable {
  let table: AccountTable
  let credentials: CredentialTable
  let commands: CommandHandler
  let sessions: Sessions
  let passwords: Passwords
  private let newID: @Sendable () -> StreamID
  private let cache: TokenCache
  /// How often a bearer token needed no query.
  var cacheMeasure: CacheMeasure { cache.measure }

  /// How long a token of a registered account lasts: a year, in seconds.
  public static let tokenSeconds: Double = 365 * 86_400
  /// How long a guest's token lasts: 30 days, in seconds.
  public static let guestTokenSeconds: Double = 30 * 86_400

  /// Accounts in `pool`'s database, registered through `commands`.
  /// - Parameter capacity: tokens whose accounts are kept in memory.
  init(
    pool: Pool, commands: CommandHandler, sessions: Sessions, passwords: Passwords,
    newID: @escaping @Sendable () -> StreamID, capacity: Int
  ) {
    table = AccountTable(pool: pool)
    credentials = CredentialTable(pool: pool)
    self.commands = commands
    self.sessions = sessions
    self.passwords = passwords
    self.newID = newID
    cache = TokenCache(capacity: capacity)
  }

  /// Opens an account: its row with the name, and its registration in the log.
  /// - Throws: `malformedName`, `nameTaken`, `refused`, `unavailable`. Nothing is left behind then.
  public func register(kind: UserRegistered.Kind, name: String?) async throws(AccountError) -> Account {
    try await open(kind: kind, name: name, email: nil, password: nil)
  }

  func open(
    kind: UserRegistered.Kind, name: String?, email: EmailAddress?, password: PasswordHash?
  ) async throws(AccountError) -> Account {
    let stream = newID()
    let account = Account(
      id: UserID(high: stream.high, low: stream.low), kind: kind, name: name, email: email?.text)
    if kind != .guest { try Self.check(name ?? "") }
    do { try await table.insert(account, password: password) } catch { throw Self.refusal(error, name: name ?? "") }
    do {
      _ = try await commands.registerUser(account.id, kind: kind, id: CommandID(name: "register:\(account.id)"))
    } catch {
      // A row without a registration could never play; if it cannot be removed now it does no harm.
      do { try await table.delete(account.id) } catch { throw AccountError.unavailable(reason: "\(error)") }
      throw .refused(error)
    }
    return account
  }

  /// The account of that name, opened now if there is none. A registration that a crash cut in two is completed.
  /// - Throws: `malformedName`, `refused`, `unavailable`; `nameTaken` when somebody else opens it at the same moment.
  public func registered(kind: UserRegistered.Kind, name: String) async throws(AccountError) -> Account {
    guard let known = try await account(named: name) else { return try await register(kind: kind, name: name) }
    do throws(CommandError) {
      _ = try await commands.registerUser(known.id, kind: known.kind, id: CommandID(name: "register:\(known.id)"))
    } catch {
      throw .refused(error)
    }
    return known
  }

  /// Erases an account: its row with the name, its tokens, what it was shown, and everything derived from it. Events
  /// stay, and know it by a number that leads to nobody. What a crash cut in two is completed by erasing again.
  /// - Returns: the position of the erasure in the log.
  /// - Throws: `unknownAccount`, `refused`, `unavailable`.
  public func erase(_ account: UserID) async throws(AccountError) -> Position {
    let position: Position
    do throws(CommandError) {
      position = try await commands.eraseUser(account, id: CommandID(name: "erase:\(account)"))
    } catch {
      if case .unknownAccount = error { throw .unknownAccount(account.description) }
      throw .refused(error)
    }
    do { try await table.erase(account) } catch { throw .unavailable(reason: "\(error)") }
    forget(account)
    return position
  }

  /// Gives out a token. Its text cannot be read again later.
  /// - Throws: `unknownAccount`, `unavailable`.
  public func issueToken(for account: UserID, seconds: Double = tokenSeconds) async throws(AccountError) -> BearerToken
  {
    let token = BearerToken()
    do {
      try await table.insertToken(token.digest, for: account, validFor: seconds)
    } catch {
      if error.sqlState == "23503" { throw .unknownAccount(account.description) }
      throw .unavailable(reason: "\(error)")
    }
    return token
  }

  /// Makes every token of an account worthless, in other processes within a minute.
  /// - Returns: how many there were.
  /// - Throws: `unavailable`.
  public func revokeTokens(of account: UserID) async throws(AccountError) -> Int {
    do {
      let count = try await table.revokeTokens(of: account)
      cache.forget(account)
      return count
    } catch { throw .unavailable(reason: "\(error)") }
  }

  /// Makes every token of an account worthless and ends its sessions, in other processes within a minute.
  /// - Returns: how many there were.
  /// - Throws: `unavailable`.
  public func signOutEverywhere(_ account: UserID) async throws(AccountError) -> Int {
    try await revokeTokens(of: account) + sessions.endAll(of: account)
  }

  /// The id of a command that is sent once.
  func newCommand() -> CommandID {
    let id = newID()
    return CommandID(high: id.high, low: id.low)
  }

  /// Looks an account up again, because something about it changed.
  func forget(_ account: UserID) {
    cache.forget(account)
    sessions.forget(account)
  }

  /// The account with an identifier; nil when there is none.
  /// - Throws: `unavailable`.
  public func account(_ id: UserID) async throws(AccountError) -> Account? {
    do { return try await table.account(id) } catch { throw .unavailable(reason: "\(error)") }
  }

  /// The account with a name, in any case of letters; nil when there is none.
  /// - Throws: `unavailable`.
  public func account(named name: String) async throws(AccountError) -> Account? {
    do { return try await table.account(named: name) } catch { throw .unavailable(reason: "\(error)") }
  }

  /// The accounts with those identifiers, in no order.
  /// - Throws: `unavailable`.
  public func accounts(_ ids: [UserID]) async throws(AccountError) -> [Account] {
    do { return try await table.accounts(ids) } catch { throw .unavailable(reason: "\(error)") }
  }

  /// Why a name or an address could not be stored.
  static func refusal(_ error: PostgresError, name: String) -> AccountError {
    guard error.sqlState == "23505" else { return .unavailable(reason: "\(error)") }
    return error.constraint == "users_by_email" ? .emailRefused : .nameTaken(name)
  }

  /// - Throws: `malformedName`.
  static func check(_ name: String) throws(AccountError) {
    let isPrintable = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    guard isPrintable, (1...64).contains(name.unicodeScalars.count), !name.allSatisfy(\.isWhitespace) else {
      throw .malformedName(name)
    }
  }
}

extension Accounts: CallAuthenticating {
  func known(_ token: Substring) -> SignedIn? {
    if AccessToken.isOne(token) { return sessions.verified(token).flatMap { sessions.known($0) } }
    return BearerToken(token).flatMap { cache.signedIn($0.digest) }
  }

  func signedIn(_ token: Substring) async throws(Problem) -> SignedIn {
    let found: SignedIn?
    do throws(PostgresError) { found = try await lookUp(token) } catch { throw Problem(error) }
    guard let found else {
      throw Problem(.unauthenticated, "The token is unknown, was withdrawn or has expired.")
    }
    return found
  }

  private func lookUp(_ token: Substring) async throws(PostgresError) -> SignedIn? {
    if AccessToken.isOne(token) {
      guard let token = sessions.verified(token) else { return nil }
      return try await sessions.signedIn(token)
    }
    guard let digest = BearerToken(token)?.digest, let account = try await table.account(tokenHash: digest) else {
      return nil
    }
    let signedIn = SignedIn(account: account, session: nil)
    cache.remember(signedIn, digest: digest)
    return signedIn
  }
}
