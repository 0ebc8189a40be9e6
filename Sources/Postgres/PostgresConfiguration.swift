public import Logging

/// How to reach a server, and the bounds of sessions and pools.
public struct PostgresConfiguration: Sendable {
  /// A libpq connection string or URI, with everything libpq understands: TLS, several hosts, service files.
  public var connectionString: String
  /// Shown in `pg_stat_activity`; overrides the connection string's when given.
  public var applicationName: String?
  /// How long making a connection may take in all.
  public var connectTimeout: Duration
  /// How long a statement may take from the call to its result, unless the call says otherwise. `nil`: for ever.
  public var statementTimeout: Duration?
  /// How many statements may wait in one session's inbox; beyond it a call fails with `inboxFull`.
  public var inboxBound: Int
  /// How many statements one session sends ahead of their results.
  public var pipelineDepth: Int
  /// How many sessions a pool opens at most.
  public var poolSize: Int
  /// How many callers may wait for a session of a pool; beyond it a call fails with `poolExhausted`.
  public var poolWaiterBound: Int
  /// How long a caller waits for a session of a pool.
  public var poolWaitTimeout: Duration
  /// A session idle for longer is asked for a sign of life before it is used again.
  public var idleCheckAfter: Duration
  /// A transaction pooler such as PgBouncer stands in front, so that two transactions of one session may be run by
  /// different server processes. Statements go without names then, because the next process would not know them.
  public var isPooled = false
  /// Where notices of the server and reconnections are told. Never sees parameters.
  public var logger: Logger?

  /// A configuration with the usual bounds.
  public init(
    _ connectionString: String, applicationName: String? = nil, connectTimeout: Duration = .seconds(10),
    statementTimeout: Duration? = nil, inboxBound: Int = 4096, pipelineDepth: Int = 256, poolSize: Int = 8,
    poolWaiterBound: Int = 10_000, poolWaitTimeout: Duration = .seconds(5), idleCheckAfter: Duration = .seconds(30),
    logger: Logger? = nil
  ) {
    precondition(inboxBound > 0, "inboxBound must be positive, is \(inboxBound)")
    precondition(pipelineDepth > 0, "pipelineDepth must be positive, is \(pipelineDepth)")
    precondition(poolSize > 0, "poolSize must be positive, is \(poolSize)")
    precondition(poolWaiterBound >= 0, "poolWaiterBound must not be negative, is \(poolWaiterBound)")
    self.connectionString = connectionString
    self.applicationName = applicationName
    self.connectTimeout = connectTimeout
    self.statementTimeout = statementTimeout
    self.inboxBound = inboxBound
    self.pipelineDepth = pipelineDepth
    self.poolSize = poolSize
    self.poolWaiterBound = poolWaiterBound
    self.poolWaitTimeout = poolWaitTimeout
    self.idleCheckAfter = idleCheckAfter
    self.logger = logger
  }
}

extension PostgresConfiguration: CustomStringConvertible {
  /// Names the bounds; hides the connection string, which may hold a password.
  public var description: String {
    "PostgresConfiguration(poolSize: \(poolSize), inboxBound: \(inboxBound), connectTimeout: \(connectTimeout))"
  }
}
