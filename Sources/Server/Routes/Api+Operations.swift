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
        json.array("behind", state.behind) { json, part in
          json.object { json in
            json.field("part", part.name)
            json.field("position", part.position.rawValue)
            json.field("events", part.events)
            json.field("reason", part.reason)
          }
        }
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
          json.field("needsToken", route.endpoint.access != .everyone)
        }
      }
    }
    return Answer(json, caching: .revalidate)
  }
}
