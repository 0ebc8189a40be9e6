extension Session {
  /// Runs a closure in a transaction, with the session to itself: other callers wait. Commits when the closure
  /// returns; rolls back when it throws or the task is cancelled.
  /// - Throws: what the closure throws; `transactionAborted` when it swallowed an error of a statement, so that
  ///   nothing could be committed; errors of BEGIN and COMMIT.
  public func withTransaction<Value>(
    isolation: Transaction.Isolation = .readCommitted, readOnly: Bool = false,
    _ body: (Transaction) async throws -> Value
  ) async throws -> Value {
    let transaction = Transaction(core: core, lease: try await core.lease())
    defer { core.inbox.release(lease: transaction.lease) }
    do {
      try await transaction.begin(isolation, readOnly: readOnly)
      let value = try await body(transaction)
      try await transaction.commit()
      return value
    } catch {
      await transaction.rollBack()
      throw error
    }
  }
}

extension Pool {
  /// Runs a closure in a transaction on a session of its own.
  /// - Throws: as `Session.withTransaction`; also `poolExhausted` and `connectionFailed`.
  public func withTransaction<Value>(
    isolation: Transaction.Isolation = .readCommitted, readOnly: Bool = false,
    _ body: (Transaction) async throws -> Value
  ) async throws -> Value {
    try await withSession { session in
      try await session.withTransaction(isolation: isolation, readOnly: readOnly, body)
    }
  }
}

extension SessionCore {
  /// Takes the session for one caller.
  func lease() async throws(PostgresError) -> UInt64 {
    let request = Request(.lease)
    if case .failed(let error) = await perform(request) { throw error }
    return request.id
  }
}

extension Transaction {
  private static let commitStatement = Statement(unnamed: "COMMIT")
  private static let rollbackStatement = Statement(unnamed: "ROLLBACK")
  /// Undoing takes no time; a server that needs longer is in trouble, and the connection is given up.
  private static let rollbackTimeout = Duration.seconds(30)

  fileprivate func begin(_ isolation: Isolation, readOnly: Bool) async throws(PostgresError) {
    let mode = readOnly ? "READ ONLY" : "READ WRITE"
    _ = try await query(Statement(unnamed: "BEGIN ISOLATION LEVEL \(isolation.sql) \(mode)"))
  }

  fileprivate func commit() async throws(PostgresError) {
    let answer = try await query(Self.commitStatement)
    guard answer.commandTag == "COMMIT" else {
      throw PostgresError(
        .transactionAborted, "nothing was committed, because a statement of the transaction had failed",
        hint: "let its error leave the closure")
    }
  }

  /// Undoes everything, also in a cancelled task. A session on which that fails is of no more use.
  fileprivate func rollBack() async {
    let request = Request(
      .calls([Call(Self.rollbackStatement)], syncEach: false), lease: lease, timeout: Self.rollbackTimeout)
    let failure: PostgresError
    switch await core.performRegardless(request) {
    case .results(let results):
      guard case .failure(let error) = results.first else { return }
      failure = error
    case .failed(let error): failure = error
    }
    core.inbox.abort(PostgresError(.connectionLost, "a transaction could not be rolled back: \(failure.message)"))
  }
}
