import Events
import Racing

extension Api {
  /// A finished run beside what it could have been.
  func answer(_ review: RunReview, of id: StreamID, position: Position) -> Answer {
    var json = JSONWriter(capacity: 8192)
    json.object { json in
      json.field("position", position.rawValue)
      json.field("model", library.modelVersion)
      json.field("id", id.description)
      json.field("isEstimate", true)
      json.array("stops", review.windows) { json, window in json.object { $0.members(of: window) } }
      json.benchmark("optimum", review.optimum)
      json.benchmark("unforeseeing", review.unforeseeing)
      json.benchmark("real", review.real)
      json.field("expectedCostMilliseconds", review.expectedCost)
      json.decimal("randomIQ", review.randomIQ, places: 2)
    }
    return Answer(json)
  }
}

extension JSONWriter {
  fileprivate mutating func members(of window: StopWindow) {
    array("window", window.laps) { $0.value($1) }
    array("laps", window.choices) { json, choice in
      json.object { json in
        json.field("lap", choice.lap)
        json.field("milliseconds", choice.cost)
      }
    }
  }

  fileprivate mutating func benchmark(_ key: StaticString, _ benchmark: RunReview.Benchmark?) {
    guard let benchmark else { return null(key) }
    object(key) { json in
      json.plan("plan", benchmark.plan)
      json.field("finishMilliseconds", benchmark.finish)
      json.field("place", benchmark.place)
      json.decimal("iq", benchmark.iq, places: 2)
    }
  }
}
