import EventStore
import Events
import NIOCore
import Postgres
import Synchronization

extension Api {
  /// Figures for Prometheus.
  func metrics() -> Answer {
    var text = MetricsText()
    text.requests(operations.metrics)
    text.gauge(
      "blame_http_connections", "Connections that are open.", operations.metrics.connections.load(ordering: .relaxed))
    text.gauge(
      "blame_uptime_seconds", "Since the start of the process.",
      operations.startedAt.duration(to: .now).components.seconds)
    appending(&text)
    projections(&text)
    pools(&text)
    text.caches([
      ("answers", answers.measure), ("windows", windowCache.measure), ("tokens", accounts.cacheMeasure),
      ("sessions", accounts.sessions.cacheMeasure),
    ])
    if let signing = operations.integrator?.status {
      text.gauge("blame_log_signed_position", "The log is signed up to here.", signing.signed.rawValue)
      text.gauge("blame_log_signing_refused", "1 when the log does not fit what was signed.", signing.isRefused ? 1 : 0)
      text.gauge("blame_log_signing_leading", "1 in the process that signs and seals.", signing.isLeading ? 1 : 0)
    }
    return Answer(type: .metrics, body: ByteBuffer(string: text.text))
  }

  private func appending(_ text: inout MetricsText) {
    let (log, batches) = (operations.log, operations.batches)
    text.gauge("blame_append_waiting", "Commands that are not durable yet.", log.depth)
    text.counter("blame_append_events_total", "Events appended by this process.", log.events.count)
    text.counter("blame_append_refused_total", "Commands that were not appended.", log.refused.count)
    text.seconds("blame_append_seconds", "Time until a command is durable.", log.latency)
    text.sizes("blame_append_command_events", "Events of one command.", log.sizes)
    text.sizes("blame_append_batch_commands", "Commands of one commit.", batches.commands)
    text.sizes("blame_append_batch_events", "Events of one commit.", batches.events)
    text.seconds("blame_append_commit_seconds", "Time of one commit.", batches.duration)
    text.sizes("blame_tail_batch_events", "Events that became visible together.", live.batches)
  }

  private func projections(_ text: inout MetricsText) {
    let state = live.status
    text.gauge("blame_projection_position", "Log position that queries see.", state.position.rawValue)
    text.gauge("blame_projection_lag_events", "Events in the log that queries do not see yet.", state.lag)
    text.gauge("blame_projection_written_position", "Log position of the read schema.", state.writtenThrough.rawValue)
    text.gauge(
      "blame_projection_written_lag_events", "Events that queries see and the read schema does not hold yet.",
      state.writtenLag)
    text.gauge("blame_projection_stopped", "1 when an event could not be applied.", state.failure == nil ? 0 : 1)
    text.gauge("blame_projection_ready", "1 when queries are up to date.", state.isCaughtUp ? 1 : 0)
  }

  private func pools(_ text: inout MetricsText) {
    let pool = operations.pool.statistics
    text.gauge("blame_pool_sessions", "Most sessions of the pool.", Int64(pool.size))
    text.gauge("blame_pool_sessions_in_use", "Sessions that somebody uses.", Int64(pool.inUse))
    text.gauge("blame_pool_waiting", "Callers that wait for a session.", Int64(pool.waiting))
    text.gauge("blame_pool_statements", "Statements under way on shared sessions.", Int64(pool.statements))
  }
}
