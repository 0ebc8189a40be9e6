internal import Events
internal import Logging
internal import Postgres

/// Keeps a link to the database and runs the two loops over it: one appends batches, the other flushes and answers.
struct AppendRunner: Sendable {
  let queue: AppendQueue
  let configuration: PostgresConfiguration
  let hub: TailHub
  let logger: Logger

  /// Runs until the queue is closed and everything in it is answered.
  func run() async {
    var rest = Duration.milliseconds(50)
    while queue.change({ !($0.isClosing && $0.isEmpty) }) {
      do throws(PostgresError) {
        let link = try await AppendLink.open(configuration)
        rest = .milliseconds(50)
        await use(link)
      } catch {
        logger.warning("the log cannot be appended to: \(error)")
        queue.tell(queue.change { $0.connectingFailed(error.description, now: .now) })
        try? await Task.sleep(for: rest)
        rest = min(rest * 2, .seconds(1))
      }
    }
  }

  private func use(_ link: AppendLink) async {
    queue.change { $0.linked() }
    await withTaskGroup { group in
      group.addTask { await appendLoop(link) }
      group.addTask { await flushLoop(link) }
    }
    queue.change { $0.unlinked() }
    await link.close()
  }

  private func appendLoop(_ link: AppendLink) async {
    while let batch = await queue.nextBatch() {
      do throws(PostgresError) {
        let reply = try await link.append(batch.entries.map(\.command), timeout: queue.limits.batchTimeout)
        queue.change { $0.appended(reply) }
      } catch {
        failed(error)
      }
    }
  }

  private func failed(_ error: PostgresError) {
    guard let failure = error.batchFailure else { return lost(error) }
    logger.warning("a batch was refused: \(error)")
    queue.tell(queue.change { $0.refused(failure) })
  }

  private func lost(_ error: PostgresError) {
    logger.warning("the link to the log broke: \(error)")
    queue.change { $0.linkFailed(error.description) }
  }

  private func flushLoop(_ link: AppendLink) async {
    var notified = ContinuousClock.now
    while let batches = await queue.nextFlush() {
      do throws(PostgresError) {
        try await link.flush(timeout: queue.limits.batchTimeout)
        let last = answer(batches)
        let isIdle = queue.change { machine in
          machine.flushed()
          return machine.unflushed.isEmpty
        }
        // Other processes learn of the end of a burst at once, and of its middle now and then.
        if last > .zero, isIdle || .now - notified > .milliseconds(20) {
          notified = .now
          await notify(last, link)
        }
      } catch {
        lost(error)
      }
    }
  }

  /// Publishes the events and then answers the callers, so that whoever has an answer finds it in the projections soon.
  private func answer(_ batches: [AppendQueue.Machine.AppendedBatch]) -> Position {
    var last = Position.zero
    for done in batches {
      let entries = done.batch.entries
      let results = BatchResults(entries.map(\.command), done.reply) { entries[$0].attempts > 1 }
      hub.publish(results.events, last: results.last)
      last = max(last, results.last)
      for (entry, result) in zip(entries, results.answers) { entry.waiter.resume(returning: result) }
    }
    return last
  }

  /// A hint for others: they look by themselves too, so a failure here costs nothing but time.
  private func notify(_ position: Position, _ link: AppendLink) async {
    do throws(PostgresError) {
      try await link.notify(position.rawValue)
    } catch {
      logger.debug("other processes were not notified: \(error)")
    }
  }
}
