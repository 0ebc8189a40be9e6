public import Events
public import Logging
public import Postgres

/// The log on PostgreSQL.
///
/// `run()` must be running for anything to be appended; commands that come before wait for it.
public final class PostgresEventLog: EventLog {
  private let queue: AppendQueue
  private let runner: AppendRunner
  private let notifier = LogNotifier()
  private let pool: Pool
  private let listening: PostgresConfiguration
  private let isReadOnly: Bool
  /// Reads the log.
  public let reader: EventReader
  /// Follows the log.
  public let tail: Tail

  /// A log in the database of a pool.
  /// - Parameters:
  ///   - pool: for reading; appending has two sessions of its own with the same configuration.
  ///   - listening: how to be told of what other processes append; nil as the pool connects. Without it, behind a
  ///     pooler, they are noticed by looking.
  ///   - isReadOnly: nothing can be appended: the database is a replica.
  ///   - append: bounds of the append queue.
  ///   - tail: bounds of subscriptions.
  ///   - quarantine: events that readers need not understand.
  ///   - measure: is told of every commit, on the lane's way; must be quick.
  public init(
    pool: Pool, listening: PostgresConfiguration? = nil, isReadOnly: Bool = false,
    append: AppendLimits = AppendLimits(), tail: TailLimits = TailLimits(),
    passingOver quarantine: QuarantineList = QuarantineList(), logger: Logger = Logger(label: "blame.log"),
    measuring measure: @escaping @Sendable (AppendedBatch) -> Void = { _ in }
  ) {
    let hub = TailHub()
    self.pool = pool
    self.listening = listening ?? pool.configuration
    self.isReadOnly = isReadOnly
    queue = AppendQueue(limits: append)
    reader = EventReader(pool: pool, passingOver: quarantine)
    self.tail = Tail(hub: hub, reader: reader, limits: tail, logger: logger)
    runner = AppendRunner(
      queue: queue, configuration: pool.configuration, hub: hub, notifier: notifier, logger: logger, measure: measure)
  }

  /// Appends, and wakes subscribers, until `close()` was called or the task is cancelled; then finishes what was taken
  /// in.
  public func run() async {
    // Not a child task: what was taken in is to be finished in a cancelled task too.
    let running = Task { await appendOrRefuse() }
    let polling = Task { [tail] in await tail.poll() }
    let hearing = Task { await hear() }
    let notifying = Task { [tail, pool, notifier] in await notifier.run(pool, tail.logger) }
    await withTaskCancellationHandler {
      await running.value
    } onCancel: {
      close()
    }
    polling.cancel()
    hearing.cancel()
    notifying.cancel()
    tail.hub.close()
  }

  private func appendOrRefuse() async {
    if isReadOnly { await queue.closed() } else { await runner.run() }
  }

  /// A replica cannot listen, and neither can a session behind a pooler.
  private func hear() async {
    if isReadOnly || listening.isPooled { return }
    await tail.listen(listening, besides: notifier.name)
  }

  /// Takes no more commands. Those taken in are still appended and answered, then `run()` returns and subscriptions
  /// end.
  public func close() { queue.close() }

  /// Appends a command's events durably and in order, together with those of concurrent callers, or refuses.
  ///
  /// Not cancellable: a command that was sent may be in the log. Send it again under the same id to learn its fate.
  /// - Throws: see ``AppendError``.
  public func append(_ append: Append) async throws(AppendError) -> Appended {
    if isReadOnly { throw .unavailable(reason: "this server only reads") }
    return try await queue.append(append)
  }

  /// The events of a stream after a version, in order.
  public func events(of stream: StreamID, after version: Version) async throws(ReadError) -> [RecordedEvent] {
    try await reader.events(of: stream, after: version)
  }

  /// The answer a command got, if it is known.
  public func answer(to command: CommandID) async throws(ReadError) -> Appended? {
    try await reader.answer(to: command)
  }
}
