import Events
import Postgres

/// Rows of `app.sessions` and of the refresh tokens in `app.tokens`.
struct SessionTable: Sendable {
  /// Where the tables are.
  let pool: Pool

  /// What became of a refresh token.
  enum Rotation: Equatable {
    /// Its successor is stored.
    case rotated(UserID, SessionID)
    /// It was used before, so its session is over now.
    case reused(UserID, SessionID)
    /// Its session is over, or it is not ours.
    case ended
  }

  private static let insertSession = Statement(
    "session_insert",
    """
    INSERT INTO app.sessions (id, account, device, expires_at) VALUES ($1, $2, $3, now() + make_interval(secs => $4))
    """)
  private static let insertToken = Statement(
    "session_token_insert",
    """
    INSERT INTO app.tokens (hash, account, kind, expires_at, session, generation)
    SELECT $1, s.account, 'refresh', s.expires_at, s.id, s.generation FROM app.sessions s WHERE s.id = $2
    """)
  private static let rotate = Statement(
    "session_rotate", "SELECT outcome, account, session FROM app.rotate($1, $2, $3, $4, $5)")
  private static let bySession = Statement(
    "account_by_session",
    """
    SELECT \(AccountTable.columns) FROM app.sessions s JOIN app.accounts a ON a.id = s.account
    WHERE s.id = $1 AND s.account = $2 AND s.ended_at IS NULL AND s.expires_at > now()
    """)
  private static let list = Statement(
    "session_list",
    """
    SELECT id, device, created_at, rotated_at, expires_at FROM app.sessions
    WHERE account = $1 AND ended_at IS NULL AND expires_at > now() ORDER BY rotated_at DESC, id LIMIT $2
    """)
  private static let end = Statement(
    "session_end",
    "UPDATE app.sessions SET ended_at = now() WHERE account = $1 AND id = $2 AND ended_at IS NULL")
  private static let endOthers = Statement(
    "session_end_others",
    "UPDATE app.sessions SET ended_at = now() WHERE account = $1 AND id IS DISTINCT FROM $2 AND ended_at IS NULL")
  private static let byRefreshToken = Statement(
    "session_by_refresh_token", "SELECT account, session FROM app.tokens WHERE hash = $1 AND kind = 'refresh'")
  private static let forgetSessions = Statement(
    "session_forget", "DELETE FROM app.sessions WHERE expires_at < now() - interval '1 day'")
  private static let forgetTokens = Statement(
    "token_forget", "DELETE FROM app.tokens WHERE expires_at < now() - interval '1 day'")

  func insert(
    _ session: SessionID, of account: UserID, device: String, token: [UInt8], idleSeconds: Double
  ) async throws(PostgresError) {
    let id = PostgresUUID(session)
    _ = try await pool.pipeline([
      Postgres.Call(Self.insertSession, [id, PostgresUUID(account), device, idleSeconds]),
      Postgres.Call(Self.insertToken, [token, id]),
    ])
  }

  func rotate(
    _ token: [UInt8], to successor: [UInt8], grace: Double, idle: Double, life: Double
  ) async throws(PostgresError) -> Rotation {
    guard let row = try await pool.query(Self.rotate, [token, successor, grace, idle, life]).first else {
      return .ended
    }
    let (outcome, account, session) = try row.decode(String.self, PostgresUUID?.self, PostgresUUID?.self)
    guard let account, let session else { return .ended }
    switch outcome {
    case "rotated": return .rotated(UserID(account), SessionID(session))
    case "reused": return .reused(UserID(account), SessionID(session))
    default: return .ended
    }
  }

  /// The account of a session that is not over.
  func account(_ account: UserID, of session: SessionID) async throws(PostgresError) -> Account? {
    guard let row = try await pool.query(Self.bySession, [PostgresUUID(session), PostgresUUID(account)]).first else {
      return nil
    }
    return try AccountTable.account(row)
  }

  func sessions(of account: UserID, limit: Int) async throws(PostgresError) -> [Device] {
    var devices: [Device] = []
    for row in try await pool.query(Self.list, [PostgresUUID(account), Int64(limit)]) {
      let (id, text, created, used, expires) = try row.decode(
        PostgresUUID.self, String.self, PostgresTimestamp.self, PostgresTimestamp.self, PostgresTimestamp.self)
      devices.append(
        Device(
          session: SessionID(id), text: text, createdAt: Timestamp(created), lastUsedAt: Timestamp(used),
          expiresAt: Timestamp(expires)))
    }
    return devices
  }

  /// False when there is no such session, or it is over.
  func end(_ session: SessionID, of account: UserID) async throws(PostgresError) -> Bool {
    try await pool.query(Self.end, [PostgresUUID(account), PostgresUUID(session)]).affectedRows > 0
  }

  /// Ends every session of an account but one.
  func endAll(of account: UserID, but kept: SessionID?) async throws(PostgresError) -> Int {
    try await pool.query(Self.endOthers, [PostgresUUID(account), kept.map { PostgresUUID($0) }]).affectedRows
  }

  /// Whose refresh token it is, whether it can still be used or not.
  func owner(refreshToken: [UInt8]) async throws(PostgresError) -> (UserID, SessionID)? {
    guard let row = try await pool.query(Self.byRefreshToken, [refreshToken]).first else { return nil }
    let (account, session) = try row.decode(PostgresUUID.self, PostgresUUID.self)
    return (UserID(account), SessionID(session))
  }

  /// Deletes what ran out more than a day ago.
  /// - Returns: how many sessions and tokens.
  func forgetExpired() async throws(PostgresError) -> Int {
    let results = try await pool.pipeline([
      Postgres.Call(Self.forgetSessions, []), Postgres.Call(Self.forgetTokens, []),
    ])
    return results.reduce(0) { $0 + $1.affectedRows }
  }
}

/// A device that is signed in, as its owner sees it.
struct Device: Sendable, Equatable {
  let session: SessionID
  /// What it said it was.
  let text: String
  let createdAt: Timestamp
  let lastUsedAt: Timestamp
  let expiresAt: Timestamp
}

extension Timestamp {
  init(_ timestamp: PostgresTimestamp) { self.init(microseconds: timestamp.microseconds) }
}
