import Racing

extension Report {
  /// What a cause's number rests on: its parts in ms, by name.
  static func parts(of cause: AutopsyCause) -> [StaticString] {
    switch cause {
    case .qualifying: ["grid", "trafficBeforeStop"]
    case .tyre: []
    case .pit: []
    case .strategy: ["decision", "trafficAfterStop"]
    case .car: ["team", "driver"]
    case .incident: ["flagged", "bunching", "luck", "held", "knockOn", "penalty", "redReset"]
    }
  }

  /// The laps that a cause's number rests on.
  func laps(of cause: AutopsyCause) -> [Int64] {
    switch cause {
    case .qualifying, .car: []
    case .tyre, .pit: (autopsy["stops"]?.elements ?? []).compactMap { $0["lap"]?.integer }
    case .strategy: (autopsy["calls"]?.elements ?? []).compactMap { $0["lap"]?.integer }
    case .incident:
      (autopsy["lapRows"]?.elements ?? []).filter { $0["flagged"] == .bool(true) }.compactMap { $0["lap"]?.integer }
    }
  }

  /// The cost of a cause, as the autopsy says it.
  func cost(_ cause: AutopsyCause) -> JSONValue? {
    autopsy["costs"]?.elements.first { $0["cause"]?.text == cause.key }
  }
}
