/// Bounds of the append queue.
public struct AppendLimits: Sendable {
  /// Events of one batch, unless a single command has more.
  public var batchEvents: Int
  /// Events of commands that are not answered yet; beyond it commands are refused as overloaded.
  public var queuedEvents: Int
  /// What a refused client is told to wait.
  public var retryAfter: Duration
  /// How long a command waits for a database that is away before it is refused as unavailable.
  public var patience: Duration
  /// How long one batch may take on the server.
  public var batchTimeout: Duration
  /// How often a batch is sent again when the server asks for it (deadlock, serialisation).
  public var attempts: Int

  /// The usual bounds.
  public init(
    batchEvents: Int = 1000, queuedEvents: Int = 65_536, retryAfter: Duration = .seconds(1),
    patience: Duration = .seconds(5), batchTimeout: Duration = .seconds(30), attempts: Int = 5
  ) {
    precondition(batchEvents > 0, "batchEvents must be positive, is \(batchEvents)")
    precondition(queuedEvents > 0, "queuedEvents must be positive, is \(queuedEvents)")
    precondition(attempts > 0, "attempts must be positive, is \(attempts)")
    self.batchEvents = batchEvents
    self.queuedEvents = queuedEvents
    self.retryAfter = retryAfter
    self.patience = patience
    self.batchTimeout = batchTimeout
    self.attempts = attempts
  }
}
