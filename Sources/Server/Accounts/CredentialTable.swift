import Events
import Postgres

/// E-mail addresses and password hashes in `app.users`.
struct CredentialTable: Sendable {
  /// Where the table is.
  let pool: Pool

  /// What an account signs in with.
  struct Credentials {
    let account: UserID
    let email: String?
    let password: PasswordHash?
  }

  private static let byEmail = Statement(
    "credentials_by_email", "SELECT id, email, password_hash FROM app.users WHERE lower(email) = lower($1)")
  private static let byID = Statement(
    "credentials_by_id", "SELECT id, email, password_hash FROM app.users WHERE id = $1")
  private static let setPassword = Statement(
    "credentials_set_password", "UPDATE app.users SET password_hash = $2 WHERE id = $1")
  private static let rehash = Statement(
    "credentials_rehash", "UPDATE app.users SET password_hash = $3 WHERE id = $1 AND password_hash = $2")
  private static let setEmail = Statement("credentials_set_email", "UPDATE app.users SET email = $2 WHERE id = $1")

  func credentials(_ email: EmailAddress) async throws(PostgresError) -> Credentials? {
    try await first(Self.byEmail, [email.text])
  }

  func credentials(of account: UserID) async throws(PostgresError) -> Credentials? {
    try await first(Self.byID, [PostgresUUID(account)])
  }

  func setPassword(_ hash: PasswordHash, of account: UserID) async throws(PostgresError) -> Bool {
    try await pool.query(Self.setPassword, [PostgresUUID(account), hash.text]).affectedRows > 0
  }

  /// Puts a hash of the same password in the place of another, unless the password was changed meanwhile.
  func replace(_ old: PasswordHash, by new: PasswordHash, of account: UserID) async throws(PostgresError) {
    _ = try await pool.query(Self.rehash, [PostgresUUID(account), old.text, new.text])
  }

  func setEmail(_ email: EmailAddress, of account: UserID) async throws(PostgresError) -> Bool {
    try await pool.query(Self.setEmail, [PostgresUUID(account), email.text]).affectedRows > 0
  }

  private func first(_ statement: Statement, _ parameters: Parameters) async throws(PostgresError) -> Credentials? {
    guard let row = try await pool.query(statement, parameters).first else { return nil }
    let (id, email, hash) = try row.decode(PostgresUUID.self, String?.self, String?.self)
    return Credentials(account: UserID(id), email: email, password: hash.flatMap { PasswordHash($0) })
  }
}
