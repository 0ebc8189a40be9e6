import Racing

/// A race as the results service tells it: places, grid, times, and laps without sectors and tyres.
extension OfficialResults {
  /// The race, or the sprint, of these results. Laps are there as far as answers with laps were read.
  ///
  /// - Throws: `factNotGiven` where nothing says which race it is, `noLaps` where there are no results.
  public func race(
    _ kind: SessionKind = .race, facts: RaceFacts = RaceFacts(), source: String = "results"
  ) throws(TimingError) -> ImportedRace {
    let rows = rows(kind)
    guard kind.isRaceLike, let winner = rows.first(where: { $0.position == 1 }) else { throw .noLaps(source: source) }
    let identity = try RaceIdentity(
      facts: facts, season: season, round: round, slug: nil, eventName: raceName, source: source)
    let count = winner.laps ?? 0
    let hasLaps = kind == .race && !lapTimes.isEmpty
    let entrants = rows.compactMap { entrant($0, winner: winner, lapCount: count, hasLaps: hasLaps) }
    let record = RaceRecord(
      key: identity.key, slug: identity.slug, name: identity.name, circuit: identity.circuit,
      date: facts.date ?? date ?? "", lapCount: count, scheduledLapCount: facts.scheduledLapCount, quality: .b,
      qualityNote: "official results only", rules: .known(season: identity.key.season, slug: identity.slug),
      entrants: entrants.sorted { $0.code < $1.code })
    return ImportedRace(record: record, notes: hasLaps ? [] : [ImportNote(.gap, "no laps in the official results")])
  }

  private func entrant(_ row: Row, winner: Row, lapCount: Int, hasLaps: Bool) -> Entrant? {
    guard let code = DriverCode(row.code) else { return nil }
    let laps = row.laps ?? 0
    // A lapped car's time ends laps before the winner's: it is no race time.
    let time = laps == lapCount ? row.time.map { Int64($0) } : nil
    let position = Int(row.positionText) ?? (row.positionText.isEmpty ? row.position : nil)
    let status = row.ending == .lapped ? "Finished" : row.status
    return Entrant(
      code: code, number: row.number, name: row.name, team: row.constructor,
      grid: row.grid.map { $0 == 0 ? .pitLane : .slot($0) },
      result: Classification(position: position, status: status, laps: laps, timeMilliseconds: time),
      laps: hasLaps ? officialLaps(row.driverID, official: laps) : [], pitStops: stops(row.driverID))
  }

  /// Laps in order; where one is missing the clock is unknown from there on.
  private func officialLaps(_ driver: String, official: Int) -> [Lap] {
    var elapsed: Int64? = 0
    var expected = 1
    var laps: [Lap] = []
    for number in lapTimes.keys.sorted() {
      guard (1...mostLaps).contains(number), let time = lapTimes[number]?[driver] else { continue }
      elapsed = number == expected ? elapsed.map { $0 + Int64(time) } : nil
      expected = number + 1
      laps.append(
        Lap(
          number: number, timeMilliseconds: Int64(time), timeSource: .official, sectorMilliseconds: [nil, nil, nil],
          elapsedMilliseconds: elapsed, position: lapPositions[number]?[driver], isCounted: number <= official))
    }
    return laps
  }

  private func stops(_ driver: String) -> [PitStop] {
    pitStops.filter { $0.driverID == driver }.map { PitStop(lap: $0.lap, laneMilliseconds: $0.lane.map { Int64($0) }) }
  }
}

/// The name of this source in provenance.
let officialSource = "jolpica"
