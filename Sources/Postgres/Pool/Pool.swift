import Synchronization

/// A bounded number of sessions to one server, opened when needed and replaced when they break.
///
/// `query` and `pipeline` share the least loaded session with other callers (the statements are pipelined);
/// `withSession` and `withTransaction` take one for themselves.
public final class Pool: Sendable {
  typealias Machine = PoolMachine<Session, CheckedContinuation<Grant, Never>>

  /// What a caller gets.
  enum Grant: Sendable {
    case session(Session, slot: Int, generation: Int)
    case failed(PostgresError)
  }

  struct State {
    var machine: Machine
    var isTimerRunning = false
    var nextID: UInt64 = 0
  }

  /// How to connect, and the bounds.
  public let configuration: PostgresConfiguration
  let state: Mutex<State>

  /// A pool that opens its first session with the first call.
  public init(_ configuration: PostgresConfiguration) {
    self.configuration = configuration
    state = Mutex(
      State(
        machine: Machine(
          size: configuration.poolSize, waiterBound: configuration.poolWaiterBound,
          loadBound: configuration.inboxBound, idleCheckAfter: configuration.idleCheckAfter.nanoseconds)))
  }

  /// Refuses new callers and those who wait, lets the sessions finish what they have, and closes them.
  public func close() async {
    let (waiters, sessions) = state.withLock { $0.machine.close() }
    for waiter in waiters { waiter.resume(returning: .failed(Self.closed)) }
    for session in sessions { await session.close() }
  }

  static var closed: PostgresError { PostgresError(.closed, "the pool was closed", isSafeToRetry: true) }
}

extension Pool {
  /// Runs one statement on the least loaded session.
  /// - Throws: as `Session.query`; also `poolExhausted` and `connectionFailed`.
  public func query(
    _ statement: Statement, _ parameters: Parameters = [], timeout: Duration? = nil
  ) async throws(PostgresError) -> Rows {
    try await shared { (session) throws(PostgresError) in
      try await session.query(statement, parameters, timeout: timeout)
    }
  }

  /// Runs several statements in one round trip, as one transaction.
  /// - Throws: as `Session.pipeline`; also `poolExhausted` and `connectionFailed`.
  public func pipeline(_ calls: [Call], timeout: Duration? = nil) async throws(PostgresError) -> [Rows] {
    try await shared { (session) throws(PostgresError) in try await session.pipeline(calls, timeout: timeout) }
  }

  /// Runs SQL commands separated by semicolons.
  /// - Throws: as `Session.execute`; also `poolExhausted` and `connectionFailed`.
  public func execute(_ sql: String, timeout: Duration? = nil) async throws(PostgresError) -> [Rows] {
    try await shared { (session) throws(PostgresError) in try await session.execute(sql, timeout: timeout) }
  }

  /// Gives a closure a session that no other caller of the pool uses meanwhile.
  /// - Throws: what the closure throws; `poolExhausted`, `connectionFailed`, `closed`.
  public func withSession<Value>(_ body: (Session) async throws -> Value) async throws -> Value {
    let (session, slot, generation) = try await acquire(.exclusive)
    defer { release(.exclusive, slot, generation) }
    return try await body(session)
  }

  /// Runs on a shared session; work that was not sent because the connection had broken unnoticed is tried once more.
  private func shared<Value: Sendable>(
    _ body: (Session) async throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    do {
      return try await sharedOnce(body)
    } catch {
      guard error.code == .connectionLost, error.isSafeToRetry else { throw error }
      return try await sharedOnce(body)
    }
  }

  private func sharedOnce<Value: Sendable>(
    _ body: (Session) async throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    let (session, slot, generation) = try await acquire(.shared)
    defer { release(.shared, slot, generation) }
    return try await body(session)
  }
}
