import Racing

/// A race, or a sprint, as OpenF1 tells it.
extension OpenF1Session: TimingSource {
  /// The only race, named as far as the answers and the facts tell.
  public var raceNames: [String] { [(try? identity()).map(\.raceName) ?? label] }

  /// The race. A name must be its whole name, its slug or its round. The service does not number rounds: give it.
  ///
  /// - Throws: `factNotGiven` where nothing says which race it is or when it began, `noLaps` where the session is no race
  ///   or nobody ended a lap.
  public func race(named asked: String?) throws(TimingError) -> ImportedRace {
    guard kind.isRaceLike else { throw .noLaps(source: label) }
    let identity = try identity()
    if let asked { _ = try chooseRace(asked, among: [identity.raceName], source: label) }
    let laps = laps()
    let cars = laps.compactMap { car($0, compounds: CompoundNames(names: laps.joined().compactMap(\.compound))) }
    let session = FastF1Race.Session(
      results: raceResults, announcedStarts: announcedStarts, statusChanges: statusChanges, penalties: penalties,
      date: info["date_start"]?.string.map { String($0.prefix(10)) },
      provenance: files.map {
        Provenance(part: $0.part, source: openF1Source, location: $0.file.name, digest: $0.file.digest)
      })
    let race = try FastF1Race(
      event: FastF1LapsTable.Event(round: nil, name: identity.name, cars: cars), session: session, identity: identity,
      facts: facts, notes: notes, source: label)
    return try race.imported(source: label)
  }

  private func identity() throws(TimingError) -> RaceIdentity {
    try RaceIdentity(
      facts: facts, season: info["year"]?.whole ?? meeting["year"]?.whole, round: nil, slug: nil,
      eventName: meeting["meeting_name"]?.string, source: label)
  }

  private func car(_ laps: [SessionLap], compounds: CompoundNames) -> FastF1LapsTable.Car? {
    guard let first = laps.first, let code = DriverCode(first.code) else { return nil }
    return FastF1LapsTable.Car(
      code: code, number: first.number, team: first.team,
      rows: laps.map { FastF1Row($0, code: code, time: $0.time, compounds: compounds) })
  }

  private var raceResults: FastF1Results? {
    let official = results
    let winner = official.first { $0.position == 1 }?.time
    let listed = official.isEmpty ? drivers.keys.sorted().map { OfficialResults.Row(number: $0) } : official
    if listed.isEmpty { return nil }
    return FastF1Results(
      rows: listed.compactMap { row in
        guard let driver = drivers[row.number], let code = DriverCode(driver.code) else { return nil }
        return FastF1Results.Row(
          code: code, number: row.number, name: driver.fullName, team: driver.team, teamColour: driver.teamColour,
          position: row.position, classified: row.positionText, grid: row.grid.map { .slot($0) }, status: row.status,
          laps: row.laps, time: row.time.map { Int64(row.position == 1 ? $0 : $0 - (winner ?? 0)) })
      })
  }

  /// Announcements of race control, else the beginning of lap 1, else the schedule.
  private var announcedStarts: [Int64] {
    let announced = (messages ?? []).filter { message in
      message.category == "SessionStatus" && message.text.hasSuffix("SESSION STARTED")
    }.compactMap { $0.sessionMilliseconds.map { Int64($0) } }
    if !announced.isEmpty { return announced.sorted() }
    let firstLaps = rows.filter { $0.lap == 1 }.compactMap(\.startUTC)
    if let start = firstLaps.min() { return [Int64(start - utcOrigin)] }
    return info["date_start"] == nil ? [] : [0]
  }

  private var penalties: PenaltyMessages? {
    messages.map { messages in
      var penalties = PenaltyMessages()
      for message in messages { penalties.read(message.text, lap: message.lap ?? 0) }
      return penalties
    }
  }

  /// The track's status told from race control's messages; nil where there are none.
  var statusChanges: [TrackStatusPeriods.Change]? {
    guard let messages else { return nil }
    var changes: [TrackStatusPeriods.Change] = []
    for message in messages {
      guard let time = message.sessionMilliseconds, let status = OpenF1Session.status(message) else { continue }
      changes.append(TrackStatusPeriods.Change(time: Int64(time), status: status))
    }
    return changes.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  private static func status(_ message: RaceControlMessage) -> UInt8? {
    if message.category == "SafetyCar" {
      let isVirtual = message.text.contains("VIRTUAL") || message.text.contains("VSC")
      if message.text.contains("DEPLOYED") { return isVirtual ? 6 : 4 }
      if message.text.contains("ENDING") { return isVirtual ? 7 : nil }
      return nil
    }
    guard message.category == "Flag", message.scope == nil || message.scope == "Track" else { return nil }
    switch message.flag {
    case "RED": return 5
    case "CLEAR", "GREEN": return 1
    case "YELLOW", "DOUBLE YELLOW": return 2
    default: return nil
    }
  }

  private var notes: [ImportNote] {
    var notes = defects.map { ImportNote(.gap, "OpenF1: \($0)") }
    for report in reports where report.skipped > 0 {
      let first = report.skips.first.map { "row \($0.line): \($0.reason)" } ?? ""
      notes.append(ImportNote(.gap, "\(report.input): \(report.skipped) of \(report.lines) rows skipped (\(first))"))
    }
    return notes
  }
}

/// The name of this source in provenance.
let openF1Source = "openf1"
