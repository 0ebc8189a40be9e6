import Racing

extension LiveRace {
  /// What was skipped, missing, or put right on the way.
  var notes: [ImportNote] {
    var notes: [ImportNote] = []
    for report in session.reports where report.skipped > 0 {
      let first = report.skips.first.map { "line \($0.line): \($0.reason)" } ?? ""
      notes.append(
        ImportNote(.gap, "\(report.input): \(report.skipped) of \(report.lines) lines skipped (\(first))"))
    }
    for topic in session.missingTopics where LiveRace.needed.contains(topic) {
      notes.append(ImportNote(.gap, "no \(topic): \(LiveRace.consequence(topic))"))
    }
    return notes + checkNotes
  }

  private static let needed: Set = [
    "DriverList", "SessionStatus", "TrackStatus", "TimingAppData", "RaceControlMessages",
  ]

  private static func consequence(_ topic: String) -> String {
    switch topic {
    case "DriverList": "codes and teams come from the official results"
    case "SessionStatus": "the start of the race is not announced"
    case "TrackStatus": "safety cars and red flags are unknown"
    case "TimingAppData": "tyres are unknown"
    default: "deleted laps and penalties are unknown"
    }
  }

  private var checkNotes: [ImportNote] {
    (check?.cars ?? []).compactMap { car in
      let code = session.drivers[car.number].flatMap { DriverCode($0.code) }
      switch car.verdict {
      case .consistent: return nil
      case .penalty(let time):
        return ImportNote(.repair, driver: code, "the official time holds a penalty of \(time) ms")
      case .gapToCarAhead(let raise):
        return ImportNote(
          .conflict, driver: code,
          "the published gap is to the car ahead: the laps add up to \(raise) ms more, and the official time was raised"
        )
      case .unexplained(let residual):
        return ImportNote(.conflict, driver: code, "the official time and the sum of the laps differ by \(residual) ms")
      }
    }
  }
}

extension LiveSession {
  /// The check of the official times; nil where the session has no start or no official results.
  public func sumCheck(_ laps: [[SessionLap]]) -> SumCheck? {
    let rows = official.rows(kind)
    guard kind.isRaceLike, let started = announcedStart, !rows.isEmpty else { return nil }
    return SumCheck(laps: laps, results: rows, started: started)
  }
}
