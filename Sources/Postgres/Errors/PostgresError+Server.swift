import CLibpq

extension PostgresError {
  /// The server's error in a result.
  init(_ result: ServerResult, statement: String?) {
    let sqlState = result.diagnostic(CLIBPQ_DIAG_SQLSTATE)
    self.init(
      sqlState == nil ? .connectionLost : .server,
      result.diagnostic(CLIBPQ_DIAG_MESSAGE) ?? result.errorMessage,
      sqlState: sqlState,
      detail: result.diagnostic(CLIBPQ_DIAG_DETAIL),
      hint: result.diagnostic(CLIBPQ_DIAG_HINT),
      statement: statement,
      isSafeToRetry: sqlState.map(Self.leavesNoTrace) ?? false)
    constraint = result.diagnostic(CLIBPQ_DIAG_CONSTRAINT)
    table = result.diagnostic(CLIBPQ_DIAG_TABLE)
    column = result.diagnostic(CLIBPQ_DIAG_COLUMN)
    if sqlState.map(Self.endsTheConnection) ?? false { code = .connectionLost }
  }

  /// Serialization failures and deadlocks: the transaction was undone, and may succeed the next time.
  private static func leavesNoTrace(_ sqlState: String) -> Bool { sqlState == "40001" || sqlState == "40P01" }

  /// The server is being shut down, crashed, or was told to drop this connection.
  private static func endsTheConnection(_ sqlState: String) -> Bool {
    sqlState == "57P01" || sqlState == "57P02" || sqlState == "57P03" || sqlState == "57P05"
  }

  /// SQLSTATE of a statement that writes in a transaction that only reads: on a replica, for one.
  public static let readOnlyTransaction = "25006"

  /// SQLSTATE of a cancelled statement.
  static let queryCanceled = "57014"

  /// A prepared statement that the server does not know (any more), or whose result type changed by DDL.
  func asksForPreparing(_ function: String?) -> Bool {
    sqlState == "26000" || (sqlState == "0A000" && function == "RevalidateCachedQuery")
  }
}
