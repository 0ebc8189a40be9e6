import Racing

extension FastF1Race {
  /// How far the record can be trusted, and why.
  func quality(
    _ record: RaceRecord, start: Int64
  ) -> (quality: RaceRecord.Quality, note: String, notes: [ImportNote]) {
    if firstLapsAreMerged(start: start) {
      let text = """
        nearly everybody left the pit lane on lap 1: an older FastF1 merged the laps at a red flag, and the lap numbers \
        are one too low. Export the race again with FastF1 3.6 or later
        """
      return (.c, "lap numbers are one too low", [ImportNote(.conflict, lap: 1, text)])
    }
    let counted = record.entrants.flatMap(\.laps).filter(\.isCounted)
    let unknown = counted.count { $0.elapsedMilliseconds == nil || $0.compound == nil }
    guard unknown * 100 > counted.count else { return (.a, "", []) }
    let text = "\(unknown) of \(counted.count) laps lack the end or the compound"
    return (.b, text, [ImportNote(.gap, text)])
  }

  /// What is said of a race without official results.
  static let noResults = "no official results: places, laps and who finished follow the order on the road"

  /// What the export lacks.
  func gaps() -> [ImportNote] {
    var notes: [ImportNote] = []
    if session.results?.winner?.status.isEmpty ?? true {
      notes.append(ImportNote(.gap, FastF1Race.noResults))
    }
    if session.statusChanges == nil {
      notes.append(ImportNote(.gap, "no track_status.csv: safety cars and red flags are known by lap only"))
    }
    if session.penalties == nil {
      notes.append(ImportNote(.gap, "no race_control_messages.csv: time penalties are unknown"))
    }
    for car in event.cars {
      let laps = car.rows.count { ($0.tyreLife ?? 0) < 0 }
      if laps > 0 { notes.append(impossibleTyreLife(car.code, laps: laps)) }
    }
    return notes
  }

  /// More than half of the field left the pit lane after the start, on lap 1.
  private func firstLapsAreMerged(start: Int64) -> Bool {
    let late = event.cars.count { car in
      car.rows.contains { $0.lapNumber == 1 && ($0.pitOut ?? .min) > start + 60_000 }
    }
    return late * 2 > event.cars.count
  }
}
