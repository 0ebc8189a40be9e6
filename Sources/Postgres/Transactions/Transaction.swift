/// Statements that take effect together or not at all. Valid until the closure it was given to returns; later use
/// fails with `closed`.
public struct Transaction: Sendable {
  let core: SessionCore
  let lease: UInt64

  /// How much a transaction sees of others that run at the same time.
  public enum Isolation: Sendable {
    /// Each statement sees what was committed before it began.
    case readCommitted
    /// All statements see what was committed before the first began.
    case repeatableRead
    /// As if transactions ran one after the other; may fail with SQLSTATE 40001 and is then worth repeating.
    case serializable

    var sql: String {
      switch self {
      case .readCommitted: "READ COMMITTED"
      case .repeatableRead: "REPEATABLE READ"
      case .serializable: "SERIALIZABLE"
      }
    }
  }

  /// Runs one statement. After an error every further one fails with SQLSTATE 25P02.
  /// - Throws: as `Session.query`.
  public func query(
    _ statement: Statement, _ parameters: Parameters = [], timeout: Duration? = nil
  ) async throws(PostgresError) -> Rows {
    try await core.query(Call(statement, parameters), lease: lease, timeout: timeout)
  }

  /// Runs several statements in one round trip.
  /// - Throws: the error of the first that failed.
  public func pipeline(_ calls: [Call], timeout: Duration? = nil) async throws(PostgresError) -> [Rows] {
    try await core.pipeline(calls, lease: lease, timeout: timeout)
  }

  /// Runs SQL commands separated by semicolons.
  /// - Throws: as `Session.execute`.
  public func execute(_ sql: String, timeout: Duration? = nil) async throws(PostgresError) -> [Rows] {
    try await core.execute(sql, lease: lease, timeout: timeout)
  }

  /// Streams a COPY … TO STDOUT; it must be read to its end, or let go, before the transaction goes on.
  public func copyOut(_ sql: String, timeout: Duration? = nil) -> CopyOut {
    CopyOut(core: core, sql: sql, lease: lease, timeout: timeout)
  }

  /// Feeds a COPY … FROM STDIN.
  /// - Throws: what the closure throws, or the server's error.
  public func copyIn(
    _ sql: String, timeout: Duration? = nil, _ body: (CopyIn) async throws -> Void
  ) async throws -> Int {
    try await core.copyIn(sql, lease: lease, timeout: timeout, body)
  }
}
