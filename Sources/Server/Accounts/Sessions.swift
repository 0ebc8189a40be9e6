import Events
import Logging
import Postgres

/// Sessions: a short access token that is signed, and a refresh token that is used once for the next pair.
final class Sessions: Sendable {
  private let table: SessionTable
  private let keyring: TokenKeyring
  private let cache: TokenCache
  /// How often an access token needed no query.
  var cacheMeasure: CacheMeasure { cache.measure }
  private let newID: @Sendable () -> SessionID
  private let logger: Logger

  /// What a client gets.
  struct Tokens: Sendable {
    let access: String
    let refresh: String
    let session: SessionID
  }

  /// How long a session lasts that is not used: 30 days, in seconds.
  static let idleSeconds: Double = 30 * 86_400
  /// How long a session lasts at most: a year, in seconds.
  static let lifeSeconds: Double = 365 * 86_400
  /// How long a refresh token may be used a second time, because its answer may have been lost. Seconds.
  static let graceSeconds: Double = 10
  /// Devices shown in a list.
  static let listed = 200
  private static let deviceCharacters = 120

  init(
    pool: Pool, keyring: TokenKeyring, capacity: Int, newID: @escaping @Sendable () -> SessionID, logger: Logger
  ) {
    table = SessionTable(pool: pool)
    self.keyring = keyring
    self.newID = newID
    self.logger = logger
    cache = TokenCache(capacity: capacity)
  }

  /// Begins a session on a device.
  /// - Throws: `unavailable`.
  func begin(for account: UserID, device: String) async throws(AccountError) -> Tokens {
    let session = newID()
    let refresh = BearerToken(for: .refreshing)
    try await storing { () async throws(PostgresError) in
      try await table.insert(
        session, of: account, device: Self.shortened(device), token: refresh.digest, idleSeconds: Self.idleSeconds)
    }
    return tokens(account, session, refresh)
  }

  /// The next tokens for a refresh token. One that was used before ends its session.
  /// - Throws: `sessionEnded`, `unavailable`.
  func refresh(_ text: String) async throws(AccountError) -> (UserID, Tokens) {
    guard let token = BearerToken(text, for: .refreshing) else { throw .sessionEnded }
    let next = BearerToken(for: .refreshing)
    let rotation = try await storing { () async throws(PostgresError) in
      try await table.rotate(
        token.digest, to: next.digest, grace: Self.graceSeconds, idle: Self.idleSeconds, life: Self.lifeSeconds)
    }
    switch rotation {
    case .rotated(let account, let session): return (account, tokens(account, session, next))
    case .reused(let account, let session):
      cache.forget(AccessToken.digest(account, session))
      logger.notice("a refresh token was used again; its session is over", metadata: ["session": "\(session)"])
      throw .sessionEnded
    case .ended: throw .sessionEnded
    }
  }

  /// Who signed in with an access token, if that was looked up within the last minute.
  func known(_ token: AccessToken) -> SignedIn? { cache.signedIn(token.digest) }

  /// Who signed in with an access token; nil when the session is over.
  func signedIn(_ token: AccessToken) async throws(PostgresError) -> SignedIn? {
    let digest = token.digest
    guard let account = try await table.account(token.account, of: token.session) else { return nil }
    let signedIn = SignedIn(account: account, session: token.session)
    cache.remember(signedIn, digest: digest)
    return signedIn
  }

  /// A token that is ours and not over, whatever became of its session.
  func verified(_ text: some StringProtocol) -> AccessToken? { keyring.verified(text) }

  /// The devices that are signed in, the last used first.
  /// - Throws: `unavailable`.
  func devices(of account: UserID) async throws(AccountError) -> [Device] {
    try await storing { () async throws(PostgresError) in try await table.sessions(of: account, limit: Self.listed) }
  }

  /// Ends a session, in other processes within a minute.
  /// - Returns: false when there is no such session of the account.
  /// - Throws: `unavailable`.
  func end(_ session: SessionID, of account: UserID) async throws(AccountError) -> Bool {
    let isEnded = try await storing { () async throws(PostgresError) in try await table.end(session, of: account) }
    cache.forget(AccessToken.digest(account, session))
    return isEnded
  }

  /// Ends the session of a refresh token, if there is one.
  /// - Throws: `unavailable`.
  func end(refreshToken text: String) async throws(AccountError) {
    guard let token = BearerToken(text, for: .refreshing) else { return }
    let owner = try await storing { () async throws(PostgresError) in
      try await table.owner(refreshToken: token.digest)
    }
    if let (account, session) = owner { _ = try await end(session, of: account) }
  }

  /// Ends the sessions of an account but one, in other processes within a minute.
  /// - Throws: `unavailable`.
  func endAll(of account: UserID, but kept: SessionID? = nil) async throws(AccountError) -> Int {
    let count = try await storing { () async throws(PostgresError) in try await table.endAll(of: account, but: kept) }
    cache.forget(account)
    return count
  }

  /// Looks accounts up again: something about them changed.
  func forget(_ account: UserID) { cache.forget(account) }

  /// Deletes sessions and tokens that ran out.
  /// - Throws: `unavailable`.
  func forgetExpired() async throws(AccountError) -> Int {
    try await storing { () async throws(PostgresError) in try await table.forgetExpired() }
  }

  private func tokens(_ account: UserID, _ session: SessionID, _ refresh: BearerToken) -> Tokens {
    let access = AccessToken(
      account: account, session: session, expiresAt: TokenKeyring.now + AccessToken.lifeSeconds)
    return Tokens(access: access.text(keyring.signing()), refresh: refresh.text, session: session)
  }

  private func storing<Value>(
    _ body: () async throws(PostgresError) -> Value
  ) async throws(AccountError) -> Value {
    do throws(PostgresError) { return try await body() } catch { throw .unavailable(reason: "\(error)") }
  }

  private static func shortened(_ device: String) -> String {
    String(
      device.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(deviceCharacters).map(Character.init)
    )
  }
}
