import Events
import Postgres

/// Rows of `app.users` and of the bearer tokens in `app.tokens`.
struct AccountTable: Sendable {
  /// Where the tables are.
  let pool: Pool

  /// What ``account(_:)`` reads, of `app.accounts` as `a`.
  static let columns = "a.id, a.kind, a.name, a.email, a.is_pro, a.is_operator"

  private static let insert = Statement(
    "account_insert",
    "INSERT INTO app.users (id, kind, name, email, password_hash) VALUES ($1, $2, $3, $4, $5)")
  private static let claim = Statement(
    "account_claim",
    """
    UPDATE app.users SET kind = 'registered', name = $2, email = $3, password_hash = $4
    WHERE id = $1 AND kind = 'guest'
    """)
  private static let unclaim = Statement(
    "account_unclaim",
    "UPDATE app.users SET kind = 'guest', name = 'guest', email = NULL, password_hash = NULL WHERE id = $1")
  private static let delete = Statement("account_delete", "DELETE FROM app.users WHERE id = $1")
  private static let forgetDisclosures = Statement(
    "disclosures_forget", "DELETE FROM app.disclosures WHERE account = $1")
  private static let byID = Statement("account_by_id", "SELECT \(columns) FROM app.accounts a WHERE a.id = $1")
  private static let byName = Statement(
    "account_by_name",
    "SELECT \(columns) FROM app.accounts a WHERE lower(a.name) = lower($1) AND a.kind <> 'guest'")
  private static let names = Statement(
    "account_names", "SELECT \(columns) FROM app.accounts a WHERE a.id = ANY($1)")
  private static let insertToken = Statement(
    "token_insert",
    """
    INSERT INTO app.tokens (hash, account, kind, expires_at)
    VALUES ($1, $2, 'bearer', now() + make_interval(secs => $3))
    """)
  private static let byToken = Statement(
    "account_by_token",
    """
    SELECT \(columns) FROM app.tokens t JOIN app.accounts a ON a.id = t.account
    WHERE t.hash = $1 AND t.kind = 'bearer' AND t.revoked_at IS NULL AND t.expires_at > now()
    """)
  private static let revoke = Statement(
    "token_revoke",
    "UPDATE app.tokens SET revoked_at = now() WHERE account = $1 AND kind = 'bearer' AND revoked_at IS NULL")

  func insert(_ account: Account, password: PasswordHash? = nil) async throws(PostgresError) {
    _ = try await pool.query(
      Self.insert,
      [
        PostgresUUID(account.id), account.kind.rawValue, account.name ?? "guest", account.email, password?.text,
      ])
  }

  /// Gives a guest a name and a way to sign in; false when it is none, or none any more.
  func claim(_ guest: UserID, name: String, email: String, password: PasswordHash) async throws(PostgresError) -> Bool {
    try await pool.query(Self.claim, [PostgresUUID(guest), name, email, password.text]).affectedRows > 0
  }

  func unclaim(_ guest: UserID) async throws(PostgresError) {
    _ = try await pool.query(Self.unclaim, [PostgresUUID(guest)])
  }

  func delete(_ id: UserID) async throws(PostgresError) {
    _ = try await pool.query(Self.delete, [PostgresUUID(id)])
  }

  /// Deletes everything that names the account, together. Its tokens and sessions go with its row.
  func erase(_ id: UserID) async throws(PostgresError) {
    let account: Parameters = [PostgresUUID(id)]
    _ = try await pool.pipeline([Postgres.Call(Self.forgetDisclosures, account), Postgres.Call(Self.delete, account)])
  }

  func account(_ id: UserID) async throws(PostgresError) -> Account? {
    try await first(Self.byID, [PostgresUUID(id)])
  }

  func account(named name: String) async throws(PostgresError) -> Account? {
    try await first(Self.byName, [name])
  }

  func accounts(_ ids: [UserID]) async throws(PostgresError) -> [Account] {
    let rows = try await pool.query(Self.names, [ids.map { PostgresUUID($0) }])
    var accounts: [Account] = []
    for row in rows { accounts.append(try Self.account(row)) }
    return accounts
  }

  func insertToken(_ hash: [UInt8], for id: UserID, validFor seconds: Double) async throws(PostgresError) {
    _ = try await pool.query(Self.insertToken, [hash, PostgresUUID(id), seconds])
  }

  func account(tokenHash: [UInt8]) async throws(PostgresError) -> Account? {
    try await first(Self.byToken, [tokenHash])
  }

  func revokeTokens(of id: UserID) async throws(PostgresError) -> Int {
    try await pool.query(Self.revoke, [PostgresUUID(id)]).affectedRows
  }

  private func first(_ statement: Statement, _ parameters: Parameters) async throws(PostgresError) -> Account? {
    guard let row = try await pool.query(statement, parameters).first else { return nil }
    return try Self.account(row)
  }

  /// Reads ``columns``.
  static func account(_ row: Row) throws(PostgresError) -> Account {
    let (id, kind, name, email, isPro, isOperator) = try row.decode(
      PostgresUUID.self, String.self, String.self, String?.self, Bool.self, Bool.self)
    let known = UserRegistered.Kind(rawValue: kind) ?? .guest
    return Account(
      id: UserID(id), kind: known, name: known == .guest ? nil : name, email: email, isPro: isPro,
      isOperator: isOperator)
  }
}

extension PostgresUUID {
  /// The same 128 bits.
  init(_ id: some Identifier) { self.init(high: id.high, low: id.low) }
}

extension Identifier {
  /// The same 128 bits.
  init(_ uuid: PostgresUUID) { self.init(high: uuid.high, low: uuid.low) }
}
