import Racing

/// Puts one race together from what a FastF1 export holds.
struct FastF1Race {
  /// What was read beside the laps.
  struct Session: Sendable {
    var results: FastF1Results?
    /// Session times at which the session was announced as started.
    var announcedStarts: [Int64] = []
    /// Track-status changes, ascending; nil when the export has none.
    var statusChanges: [TrackStatusPeriods.Change]?
    /// Penalties; nil when the export has no messages.
    var penalties: PenaltyMessages?
    /// The day of the first message.
    var date: String?
    var provenance: [Provenance] = []
  }

  let event: FastF1LapsTable.Event
  let session: Session
  let identity: RaceIdentity
  let facts: RaceFacts
  let notes: [ImportNote]

  private let winner: FastF1LapsTable.Car
  private let lapCount: Int

  /// - Throws: `noLaps` where nobody completed a lap.
  init(
    event: FastF1LapsTable.Event, session: Session, identity: RaceIdentity, facts: RaceFacts, notes: [ImportNote],
    source: String
  ) throws(TimingError) {
    self.event = event
    self.session = session
    self.identity = identity
    self.facts = facts
    self.notes = notes
    let named = session.results?.winner.flatMap { row in event.cars.first { $0.code == row.code } }
    guard let winner = named ?? FastF1Race.first(event.cars), let last = winner.lastCompleted else {
      throw .noLaps(source: source)
    }
    self.winner = winner
    lapCount = session.results?[winner.code]?.laps ?? last.lapNumber
  }

  /// The race.
  ///
  /// - Throws: `factNotGiven` where nothing tells when it began.
  func imported(source: String) throws(TimingError) -> ImportedRace {
    let start = try raceStart(source: source)
    let entrants = event.cars.map { entrant($0, start: start.time) } + absentEntrants()
    var record = RaceRecord(
      key: identity.key, slug: identity.slug, name: identity.name, circuit: identity.circuit,
      date: facts.date ?? session.date ?? "", lapCount: lapCount, scheduledLapCount: facts.scheduledLapCount,
      rules: .known(season: identity.key.season, slug: identity.slug), startSessionMilliseconds: start.time,
      neutralisations: neutralisations(start: start.time), entrants: entrants.sorted { $0.code < $1.code },
      provenance: session.provenance)
    let verdict = quality(record, start: start.time)
    record.quality = verdict.quality
    record.qualityNote = verdict.note
    return RecordCheck.checked(record, notes: notes + gaps() + start.notes + verdict.notes)
  }

  /// The car that led at the end: most laps, then the earliest end of the last one.
  private static func first(_ cars: [FastF1LapsTable.Car]) -> FastF1LapsTable.Car? {
    cars.filter { $0.lastCompleted != nil }.min { left, right in
      let (one, other) = (left.lastCompleted!, right.lastCompleted!)
      return (-one.lapNumber, one.end ?? .max) < (-other.lapNumber, other.end ?? .max)
    }
  }

  private var finish: Int64? { winner.rows.first { $0.lapNumber == lapCount }?.end }

  private func raceStart(source: String) throws(TimingError) -> RaceStart {
    let total = facts.winnerTimeMilliseconds ?? session.results?.winner?.time
    let evidence = RaceStart.Evidence(
      given: facts.startSessionMilliseconds, finish: finish, winnerTime: total,
      firstLaps: event.cars.compactMap { $0.rows.first { $0.lapNumber == 1 && !$0.isGenerated } },
      announced: session.announcedStarts)
    guard let start = RaceStart(evidence) else {
      throw .factNotGiven(
        source: source, fact: "start of the race",
        remedy: "Give the winner's official time, or the session clock at the start.")
    }
    return start
  }

  private func neutralisations(start: Int64) -> [Neutralisation] {
    guard let changes = session.statusChanges else { return [] }
    var crossings = [Int64](repeating: .max, count: lapCount)
    for row in event.cars.joined() where (1...lapCount).contains(row.lapNumber) && !row.isGenerated {
      crossings[row.lapNumber - 1] = min(crossings[row.lapNumber - 1], row.end ?? .max)
    }
    return TrackStatusPeriods(start: start, finish: finish, firstCrossings: crossings).periods(changes)
  }

  private func entrant(_ car: FastF1LapsTable.Car, start: Int64) -> Entrant {
    let row = session.results?[car.code]
    let laps = row?.laps ?? car.rows.last { !$0.isGenerated && $0.lapNumber <= lapCount }?.lapNumber ?? 0
    let number = car.number ?? row?.number
    return Entrant(
      code: car.code, number: number, name: row?.name.nonEmpty ?? "\(car.code)",
      team: car.team.nonEmpty ?? row?.team ?? "", teamColour: row?.teamColour, grid: row?.grid,
      result: classification.result(of: car, laps: laps, row: row), laps: car.laps(start: start, official: laps),
      pitStops: car.pitStops, penalties: session.penalties?.penalties(car: number) ?? [])
  }

  private var classification: FastF1Classification {
    FastF1Classification(results: session.results, cars: event.cars, lapCount: lapCount, finish: finish)
  }

  /// Those in the official results who completed no lap; a name without a result did not take part.
  private func absentEntrants() -> [Entrant] {
    let drove = Set(event.cars.map(\.code))
    return (session.results?.rows ?? []).compactMap { row in
      guard !drove.contains(row.code), let status = row.status.nonEmpty, !FastF1Classification.isAbsent(status) else {
        return nil
      }
      return Entrant(
        code: row.code, number: row.number, name: row.name.nonEmpty ?? "\(row.code)", team: row.team,
        teamColour: row.teamColour, grid: row.grid,
        result: Classification(position: nil, status: status, laps: row.laps ?? 0), laps: [])
    }
  }
}

extension [FastF1LapsTable.Car] {
  /// Everybody's rows, car by car.
  fileprivate func joined() -> [FastF1Row] { flatMap(\.rows) }
}

extension String {
  /// The text, or nil when there is none.
  var nonEmpty: String? { isEmpty ? nil : self }
}
