/// One connection to a server with a thread of its own, for any number of concurrent callers.
///
/// Statements of concurrent callers are pipelined: sent one after the other without waiting for results. Each is a
/// transaction of its own unless a method says otherwise. A session whose connection breaks stays broken; a `Pool`
/// replaces it. Letting go of the last reference closes the connection.
public final class Session: Sendable {
  let core: SessionCore
  private let thread: SessionThread
  /// What the session is connected to.
  public let info: SessionInfo

  private init(_ core: SessionCore, _ thread: SessionThread, _ info: SessionInfo) {
    self.core = core
    self.thread = thread
    self.info = info
  }

  /// Connects.
  /// - Throws: `connectionFailed`, or `cancelled` when the task is cancelled meanwhile.
  public static func connect(_ configuration: PostgresConfiguration) async throws(PostgresError) -> Session {
    let core = try SessionCore(configuration)
    let thread = try SessionThread("pg-session") { EventLoop(core).run() }
    do {
      return Session(core, thread, try await core.opened())
    } catch {
      await core.ended()
      thread.join()
      throw error
    }
  }

  deinit {
    core.inbox.close(PostgresError(.closed, "the session was closed"))
    thread.detach()
  }

  /// Whether the connection stands, as far as is known without asking.
  public var isOpen: Bool { if case .open = core.phase { true } else { false } }

  /// Why the session has ended; `nil` while it is open and when it was closed.
  public var failure: PostgresError? { if case .ended(let failure) = core.phase { failure } else { nil } }

  /// Lets what was handed in before finish, refuses what comes after, then closes the connection and waits for the
  /// thread to end.
  public func close() async {
    core.inbox.close(PostgresError(.closed, "the session was closed", isSafeToRetry: true))
    await core.ended()
    thread.join()
  }
}

extension Session {
  /// Runs one statement.
  /// - Parameter timeout: how long from here to the result; `nil` takes the configuration's.
  /// - Throws: `server` with a SQLSTATE, `timeout`, `cancelled`, `connectionLost`, `inboxFull`, `closed`.
  public func query(
    _ statement: Statement, _ parameters: Parameters = [], timeout: Duration? = nil
  ) async throws(PostgresError) -> Rows {
    try await core.query(Call(statement, parameters), lease: nil, timeout: timeout)
  }

  /// Runs several statements in one round trip, as one transaction: all or none take effect.
  /// - Returns: a result for each.
  /// - Throws: the error of the first that failed; nothing took effect then, except after `connectionLost`, when
  ///   that is unknown.
  public func pipeline(_ calls: [Call], timeout: Duration? = nil) async throws(PostgresError) -> [Rows] {
    try await core.pipeline(calls, lease: nil, timeout: timeout)
  }

  /// Runs several statements in one round trip, in order, each a transaction of its own.
  /// - Returns: a result or an error for each.
  /// - Throws: only when nothing could be sent.
  public func pipelineEach(
    _ calls: [Call], timeout: Duration? = nil
  ) async throws(PostgresError) -> [Result<Rows, PostgresError>] {
    try await core.pipelineEach(calls, lease: nil, timeout: timeout)
  }

  /// Runs SQL commands separated by semicolons, without parameters: for migrations. They are one transaction unless
  /// they say BEGIN and COMMIT themselves.
  /// - Returns: the results, with values in text format.
  public func execute(_ sql: String, timeout: Duration? = nil) async throws(PostgresError) -> [Rows] {
    try await core.execute(sql, lease: nil, timeout: timeout)
  }
}
