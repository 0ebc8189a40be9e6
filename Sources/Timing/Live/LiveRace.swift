import Racing

/// A race, or a sprint, as live timing tells it.
extension LiveSession: TimingSource {
  /// The only race, named as far as the feed and the official results tell.
  public var raceNames: [String] { [(try? identity()).map { "\($0.raceName)" } ?? label] }

  /// The race. A name must be its whole name, its slug or its round.
  ///
  /// - Throws: `factNotGiven` where neither the feed nor the facts say which race it is or when it began, `noLaps` where
  ///   the session is no race or nobody ended a lap.
  public func race(named asked: String?) throws(TimingError) -> ImportedRace {
    guard kind.isRaceLike else { throw .noLaps(source: label) }
    let identity = try identity()
    if let asked { _ = try chooseRace(asked, among: [identity.raceName], source: label) }
    return try LiveRace(self, identity: identity).imported()
  }

  private func identity() throws(TimingError) -> RaceIdentity {
    let year = topics.info["StartDate"]?.string.flatMap { Int($0.prefix(4)) }
    return try RaceIdentity(
      facts: facts, season: year ?? official.season, round: official.round ?? topics.info["Meeting"]?["Number"]?.whole,
      slug: nil, eventName: topics.info["Meeting"]?["Name"]?.string ?? official.raceName, source: label)
  }
}

extension RaceIdentity {
  /// `2023-06-monaco`.
  var raceName: String { RaceIdentifier(key: key, slug: slug).description }
}

/// Turns a session of live timing into what every race is put together from.
struct LiveRace {
  let session: LiveSession
  let identity: RaceIdentity
  let laps: [[SessionLap]]
  let check: SumCheck?
  private let compounds: CompoundNames

  init(_ session: LiveSession, identity: RaceIdentity) {
    self.session = session
    self.identity = identity
    laps = session.laps()
    check = session.sumCheck(laps)
    compounds = CompoundNames(names: laps.joined().compactMap(\.compound))
  }

  /// The race.
  func imported() throws(TimingError) -> ImportedRace {
    let cars = laps.compactMap(car)
    var facts = session.facts
    if let start = session.announcedStart, let offset = check?.offset {
      facts.startSessionMilliseconds = facts.startSessionMilliseconds ?? Int64(start + offset)
    }
    let total = session.topics.lapCounts.first { $0.total != nil }?.total
    facts.scheduledLapCount = facts.scheduledLapCount ?? total
    let parts = FastF1Race.Session(
      results: results,
      announcedStarts: session.topics.statuses.filter { $0.status == "Started" }.map { Int64($0.time) },
      statusChanges: statusChanges, penalties: penalties, date: date,
      provenance: session.files.map {
        Provenance(part: $0.part, source: liveTimingSource, location: $0.file.name, digest: $0.file.digest)
      })
    let race = try FastF1Race(
      event: FastF1LapsTable.Event(round: nil, name: identity.name, cars: cars), session: parts, identity: identity,
      facts: facts, notes: notes, source: session.label)
    var imported = try race.imported(source: session.label)
    for index in imported.record.entrants.indices {
      let number = imported.record.entrants[index].number
      if case .penalty(let time) = check?.cars.first(where: { $0.number == number })?.verdict {
        imported.record.entrants[index].result.penaltyMilliseconds = Int64(time)
      }
    }
    imported.disagreements += check?.disagreements(codes: codes) ?? []
    return imported
  }

  private var codes: [Int: DriverCode] {
    var codes: [Int: DriverCode] = [:]
    for car in check?.cars ?? [] { codes[car.number] = code(car.number) }
    return codes
  }

  /// A car without a code of three letters cannot be told apart in a record.
  private func code(_ number: Int) -> DriverCode? {
    let listed = session.drivers[number]?.code.nonEmpty
    return (listed ?? officialRow(number)?.code).flatMap { DriverCode($0) }
  }

  private func officialRow(_ number: Int) -> OfficialResults.Row? {
    session.official.rows(session.kind).first { $0.number == number }
  }

  private func car(_ laps: [SessionLap]) -> FastF1LapsTable.Car? {
    guard let first = laps.first, let code = code(first.number) else { return nil }
    let firstLap = check?.cars.first { $0.number == first.number }?.firstLap
    let rows = laps.enumerated().filter { (1...mostLaps).contains($0.element.lap) }.map { index, lap in
      row(lap, code: code, officialFirstLap: index == 0 ? firstLap : nil)
    }
    return FastF1LapsTable.Car(code: code, number: first.number, team: first.team, rows: rows)
  }

  private func row(_ lap: SessionLap, code: DriverCode, officialFirstLap: Int?) -> FastF1Row {
    let time = lap.time ?? (lap.lap == 1 && !lap.isGenerated ? officialFirstLap : nil)
    return FastF1Row(lap, code: code, time: time, compounds: compounds)
  }

  /// Official results, with the gaps that the sums prove wrong put right; names and grid slots only where there are none.
  private var results: FastF1Results {
    let rows = session.official.rows(session.kind)
    guard !rows.isEmpty else { return FastF1Results(rows: listedDrivers) }
    let winner = rows.first { $0.position == 1 }?.time
    return FastF1Results(
      rows: rows.compactMap { row in
        guard let code = code(row.number) else { return nil }
        let driver = session.drivers[row.number]
        let time = check?.cars.first { $0.number == row.number }?.time ?? row.time
        return FastF1Results.Row(
          code: code, number: row.number, name: row.name.nonEmpty ?? driver?.fullName ?? "",
          team: driver?.team.nonEmpty ?? row.constructor, teamColour: driver?.teamColour,
          position: row.position, classified: row.positionText,
          grid: (row.grid ?? session.topics.grid[row.number]).map { $0 == 0 ? .pitLane : .slot($0) },
          status: row.status, laps: row.laps,
          time: time.map { Int64(row.position == 1 ? $0 : $0 - (winner ?? 0)) })
      })
  }

  private var listedDrivers: [FastF1Results.Row] {
    session.drivers.values.sorted { $0.number < $1.number }.compactMap { driver in
      guard let code = DriverCode(driver.code) else { return nil }
      return FastF1Results.Row(
        code: code, number: driver.number, name: driver.fullName, team: driver.team, teamColour: driver.teamColour,
        position: nil, classified: "", grid: session.topics.grid[driver.number].map { $0 == 0 ? .pitLane : .slot($0) },
        status: "", laps: nil, time: nil)
    }
  }

  private var statusChanges: [TrackStatusPeriods.Change]? {
    guard !session.topics.trackStatuses.isEmpty else { return nil }
    return session.topics.trackStatuses.compactMap { change in
      guard let code = UInt8(change.code), (1...7).contains(code) else { return nil }
      return TrackStatusPeriods.Change(time: Int64(change.time), status: code)
    }
  }

  private var penalties: PenaltyMessages? {
    session.messages.map { messages in
      var penalties = PenaltyMessages()
      for message in messages { penalties.read(message.text, lap: message.lap ?? 0) }
      return penalties
    }
  }

  private var date: String? {
    session.topics.info["StartDate"]?.string.map { String($0.prefix(10)) } ?? session.official.date
  }
}

/// The name of this source in provenance.
let liveTimingSource = "livetiming"
