import EventStore
import Events
import HTTPTypes
import NIOCore
import Postgres

extension Api {
  /// Whether the process works, and which part of it does not.
  func health() -> Answer {
    let state = live.status
    let isSick = state.failure != nil || operations.integrator?.status.isRefused == true
    var json = JSONWriter()
    json.object { json in
      json.field("position", state.position.rawValue)
      json.field("model", library.modelVersion)
      json.field("status", isSick ? "failing" : "ok")
      json.field("uptimeSeconds", Int(operations.startedAt.duration(to: .now).components.seconds))
      json.object("projections") { json in
        json.field("position", state.position.rawValue)
        json.field("lag", state.lag)
        json.field("caughtUp", state.isCaughtUp)
        json.field("writtenThrough", state.writtenThrough.rawValue)
        json.field("writeThroughProblem", state.writeProblem)
        if let failure = state.failure {
          json.object("stoppedBy") { json in
            json.field("position", failure.position.rawValue)
            json.field("reason", failure.reason)
          }
        } else {
          json.null("stoppedBy")
        }
      }
      if let signing = operations.integrator?.status {
        json.object("transparency") { json in
          json.field("leading", signing.isLeading)
          json.field("signed", signing.signed.rawValue)
          json.field("refused", signing.isRefused)
          json.field("problem", signing.problem)
        }
      }
    }
    return Answer(status: isSick ? 503 : 200, json)
  }

  /// Whether requests should come here.
  func ready() -> Answer {
    let state = live.status
    let isReady = state.isCaughtUp && state.failure == nil
    var json = JSONWriter()
    json.object { json in
      json.field("position", state.position.rawValue)
      json.field("ready", isReady)
    }
    var answer = Answer(status: isReady ? 200 : 503, json)
    if !isReady { answer.headers[.retryAfter] = "1" }
    return answer
  }

  /// Figures for Prometheus.
  func metrics() -> Answer {
    let state = live.status
    let pool = operations.pool.statistics
    var text = MetricsText()
    text.requests(operations.metrics)
    text.gauge("blame_append_waiting", "Commands that are not durable yet.", operations.log.depth)
    text.counter("blame_append_events_total", "Events appended by this process.", operations.log.events.count)
    text.counter("blame_append_refused_total", "Commands that were not appended.", operations.log.refused.count)
    text.seconds("blame_append_seconds", "Time until a command is durable.", operations.log.latency)
    text.sizes("blame_append_command_events", "Events of one command.", operations.log.sizes)
    text.sizes("blame_tail_batch_events", "Events that became visible together.", live.batches)
    text.gauge("blame_projection_position", "Log position that queries see.", state.position.rawValue)
    text.gauge("blame_projection_lag_events", "Events in the log that queries do not see yet.", state.lag)
    text.gauge("blame_projection_written_position", "Log position of the read schema.", state.writtenThrough.rawValue)
    text.gauge("blame_projection_stopped", "1 when an event could not be applied.", state.failure == nil ? 0 : 1)
    text.gauge("blame_pool_sessions", "Most sessions of the pool.", Int64(pool.size))
    text.gauge("blame_pool_sessions_in_use", "Sessions that somebody uses.", Int64(pool.inUse))
    text.gauge("blame_pool_waiting", "Callers that wait for a session.", Int64(pool.waiting))
    text.gauge("blame_pool_statements", "Statements under way on shared sessions.", Int64(pool.statements))
    if let signing = operations.integrator?.status {
      text.gauge("blame_log_signed_position", "The log is signed up to here.", signing.signed.rawValue)
      text.gauge("blame_log_signing_refused", "1 when the log does not fit what was signed.", signing.isRefused ? 1 : 0)
    }
    return Answer(type: .metrics, body: ByteBuffer(string: text.text))
  }

  /// Everything that can be asked.
  func index(_ call: Call) -> Answer {
    var json = JSONWriter(capacity: 4096)
    json.object { json in
      json.field("position", live.position.rawValue)
      json.field("model", library.modelVersion)
      json.array("endpoints", Endpoint.routes) { json, route in
        json.object { json in
          json.field("method", route.method)
          json.field("path", route.path)
          json.field("needsToken", route.endpoint.access == .accounts)
        }
      }
    }
    return Answer(json, caching: .revalidate)
  }
}
