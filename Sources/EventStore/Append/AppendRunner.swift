internal import Events
internal import Logging
internal import Postgres

/// Runs the lanes: each keeps a connection, appends batch after batch over it, publishes and answers.
struct AppendRunner: Sendable {
  let queue: AppendQueue
  let configuration: PostgresConfiguration
  let hub: TailHub
  let notifier: LogNotifier
  let logger: Logger
  let measure: @Sendable (AppendedBatch) -> Void

  /// Runs until the queue is closed and everything in it is answered.
  func run() async {
    let lanes = queue.change { $0.underWay.count }
    await withTaskGroup { group in
      for lane in 0..<lanes { group.addTask { await run(lane) } }
    }
  }

  private func run(_ lane: Int) async {
    var rest = Duration.milliseconds(20)
    while queue.change({ !($0.isClosing && $0.isEmpty) }) {
      do throws(PostgresError) {
        let connection = try await AppendLane.open(configuration)
        queue.change { $0.connected(lane) }
        let failure = await serve(lane, connection) { rest = .milliseconds(20) }
        await connection.close()
        guard let failure else { return }
        throw failure
      } catch {
        logger.warning("the log cannot be appended to: \(error)")
        queue.tell(queue.change { $0.disconnected(lane, error.description, now: .now) })
        try? await Task.sleep(for: rest)
        rest = min(rest * 2, .seconds(1))
      }
    }
  }

  /// Appends until the connection fails (and says why) or the queue is closed (and says nothing).
  private func serve(_ lane: Int, _ connection: AppendLane, _ succeeded: () -> Void) async -> PostgresError? {
    while let batch = await queue.nextBatch(lane) {
      let start = ContinuousClock.now
      switch await connection.append(batch.map(\.command), timeout: queue.limits.batchTimeout) {
      case .durable(let reply):
        succeeded()
        measure(
          AppendedBatch(
            commands: batch.count, events: batch.reduce(0) { $0 + $1.command.eventCount },
            duration: start.duration(to: .now)))
        answer(batch, reply)
        queue.change { $0.done(lane) }
      case .refused(let failure):
        logger.warning("a batch was refused: \(failure)")
        queue.tell(queue.change { $0.refused(lane, failure) })
      case .unknown(let error):
        return error
      }
    }
    return nil
  }

  /// Publishes the events before it answers, so that whoever has an answer finds it in the projections soon.
  private func answer(_ batch: [AppendQueue.Machine.Entry], _ reply: AppendReply) {
    let results = BatchResults(batch.map(\.command), reply) { batch[$0].attempts > 1 }
    hub.publish(results.events, last: results.last)
    for (entry, result) in zip(batch, results.answers) { entry.waiter.resume(returning: result) }
    if !results.events.isEmpty { notifier.ring() }
  }
}
