import Logging
import Postgres
import ServiceLifecycle

/// The workers of a server as a part of the group: stopped before the log, with the jobs under way put back.
struct JobService: Service {
  let store: JobStore
  let workers: [JobWorker]
  let limits: JobLimits
  /// Nothing is written by this server.
  let isReadOnly: Bool
  let logger: Logger

  func run() async {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        for worker in workers { group.addTask { await worker.run() } }
        group.addTask { await sweep() }
      }
    }
  }

  /// Deletes old jobs every hour. Any server may.
  private func sweep() async {
    while !Task.isCancelled {
      do throws(PostgresError) {
        if !isReadOnly { try await store.sweep(olderThan: limits.keep) }
      } catch {
        logger.debug("old jobs were not deleted", metadata: ["reason": "\(error)"])
      }
      try? await Task.sleep(for: .seconds(3600))
    }
  }
}
