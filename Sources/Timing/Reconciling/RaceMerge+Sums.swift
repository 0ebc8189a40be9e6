public import Racing

/// Official times against the sums of laps.
extension RaceMerge {
  /// Checks every official time by the sum of the laps and raises gaps that are to the wrong car.
  mutating func checkSums() {
    guard let check = SumCheck(record: result.record) else { return }
    let codes = Dictionary(
      result.record.entrants.compactMap { entrant in entrant.number.map { ($0, entrant.code) } },
      uniquingKeysWith: { first, _ in first })
    for disagreement in check.disagreements(codes: codes) where !result.disagreements.contains(disagreement) {
      note(disagreement)
    }
    for car in check.cars {
      guard let index = result.record.entrants.firstIndex(where: { $0.number == car.number }) else { continue }
      switch car.verdict {
      case .gapToCarAhead: change { $0.entrants[index].result.timeMilliseconds = Int64(car.time) }
      case .penalty(let time): change { $0.entrants[index].result.penaltyMilliseconds = Int64(time) }
      case .consistent, .unexplained: break
      }
    }
  }
}

extension SumCheck {
  /// The check of a record whose clock begins at its start; nil where its laps or times are not enough.
  init?(record: RaceRecord) {
    let laps = record.entrants.map { entrant -> [SessionLap] in
      guard let number = entrant.number else { return [] }
      return entrant.laps.map { lap in
        var session = SessionLap(number: number, lap: lap.number)
        session.end = lap.elapsedMilliseconds.map { Int($0) }
        session.time = lap.timeSource == .derived ? nil : lap.timeMilliseconds.map { Int($0) }
        session.isGenerated = lap.isGenerated
        return session
      }
    }
    let rows = record.entrants.compactMap { entrant -> OfficialResults.Row? in
      guard let number = entrant.number, let time = entrant.result.timeMilliseconds else { return nil }
      var row = OfficialResults.Row(number: number)
      (row.position, row.laps, row.time) = (entrant.result.position, entrant.result.laps, Int(time))
      return row
    }
    self.init(laps: laps, results: rows.sorted { ($0.position ?? .max) < ($1.position ?? .max) }, started: 0)
    if offset == nil { return nil }
  }

  /// What the check found, as disagreements of the laps with the official times. A penalty is none.
  public func disagreements(codes: [Int: DriverCode]) -> [Disagreement] {
    cars.compactMap { car in
      let code = codes[car.number]
      switch car.verdict {
      case .consistent, .penalty: return nil
      case .gapToCarAhead:
        return Disagreement(
          driver: code, field: "time_ms", kept: "\(car.time)", by: "laps", other: "\(car.published)",
          by: officialSource, rule: "sum", severity: .error)
      case .unexplained:
        return Disagreement(
          driver: code, field: "time_ms", kept: "\(car.published)", by: officialSource, other: "\(car.lapSum)",
          by: "laps", rule: "sum")
      }
    }
  }
}
