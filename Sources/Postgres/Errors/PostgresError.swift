/// Why a call to PostgreSQL did not give what was asked.
///
/// The description never contains parameters: what a user typed stays out of the logs.
public struct PostgresError: Error, Sendable, Hashable {
  /// What kind of failure this is; the set may grow.
  public var code: Code
  /// What went wrong, in one sentence.
  public var message: String
  /// The five-character SQLSTATE, when the server reported the error.
  public var sqlState: String?
  /// The server's elaboration, if it sent one. May quote values of the row in question.
  public var detail: String?
  /// The server's (or our) advice on what to do.
  public var hint: String?
  /// Name of the statement that failed.
  public var statement: String?
  /// Name of the violated constraint.
  public var constraint: String?
  /// Table the error is about.
  public var table: String?
  /// Column the error is about.
  public var column: String?
  /// Whether the statement certainly left no trace, so that running it again is safe.
  public var isSafeToRetry: Bool

  /// An error of the given kind.
  public init(
    _ code: Code, _ message: String, sqlState: String? = nil, detail: String? = nil, hint: String? = nil,
    statement: String? = nil, isSafeToRetry: Bool = false
  ) {
    self.code = code
    self.message = message
    self.sqlState = sqlState
    self.detail = detail
    self.hint = hint
    self.statement = statement
    self.isSafeToRetry = isSafeToRetry
  }
}

extension PostgresError {
  /// The kind of a failure. Compare with the constants; more may come.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// Name of the code, as in `description`.
    public let description: String

    private init(_ description: String) { self.description = description }

    /// No connection could be made: refused, unknown host, wrong password or database, time-out.
    public static let connectionFailed = Code("connectionFailed")
    /// The connection broke. A statement that was under way may or may not have taken effect.
    public static let connectionLost = Code("connectionLost")
    /// The server refused or aborted the statement; see `sqlState`.
    public static let server = Code("server")
    /// The statement's time ran out; the server was told to stop it.
    public static let timeout = Code("timeout")
    /// The Swift task was cancelled; the server was told to stop the statement.
    public static let cancelled = Code("cancelled")
    /// No session of the pool became free in time, or too many callers wait already.
    public static let poolExhausted = Code("poolExhausted")
    /// The session's inbox is full.
    public static let inboxFull = Code("inboxFull")
    /// The session, pool or transaction was closed before.
    public static let closed = Code("closed")
    /// The server (or a COPY stream) sent something that does not follow the protocol.
    public static let protocolViolation = Code("protocolViolation")
    /// A value of a result is not what the caller expected.
    public static let decoding = Code("decoding")
    /// COMMIT was answered with ROLLBACK, because a statement of the transaction had failed.
    public static let transactionAborted = Code("transactionAborted")
    /// The call itself is wrong: too many parameters, a statement of the wrong kind.
    public static let misuse = Code("misuse")
  }
}

extension PostgresError: CustomStringConvertible {
  /// One line: code, SQLSTATE, message, statement, constraint, hint. Neither parameters nor the server's detail.
  public var description: String {
    var text = "\(code)"
    if let sqlState { text += " \(sqlState)" }
    text += ": \(message)"
    if let statement { text += " [statement \(statement)]" }
    if let constraint { text += " [constraint \(constraint)]" }
    if let hint { text += " (\(hint))" }
    return text
  }
}
