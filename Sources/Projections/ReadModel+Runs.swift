internal import Events
internal import Racing

extension ReadModel {
  mutating func begin(_ start: SimulationStarted, _ event: RecordedEvent) throws(PoisonReason) {
    guard let actor = event.actor else { throw PoisonReason(reason: .actorMissing) }
    guard runIDs.ordinal(of: WideKey(event.stream)) == nil else {
      throw PoisonReason(reason: .startedAlready(event.stream))
    }
    let startLap: UInt8 = try narrow(start.startLap, "startLap")
    let optimum: Int32 = try narrow(start.optimum, "optimum")
    let race = try shelf.insert(start.race)
    let driver = try shelf.insert(start.driver)
    let player = player(WideKey(actor))
    let run = runIDs.insert(WideKey(event.stream)).ordinal
    let parent = start.forkOf.flatMap { runIDs.ordinal(of: WideKey($0)) }.map { Link($0) }
    runs.append(
      RunRow(
        started: event.position.rawValue, player: player, touched: seconds(event), forkOf: parent ?? .none,
        optimum: optimum, race: race, driver: driver, lap: startLap, startLap: startLap, flags: Self.flags(start)))
    link(run, to: player)
    changes?.note(run: run)
  }

  private static func flags(_ start: SimulationStarted) -> RunRow.Flags {
    var flags: RunRow.Flags = []
    if start.mode == .hindsight { flags.insert(.hindsight) }
    if start.isRanked { flags.insert(.startedRanked) }
    if start.isWholePlan { flags.insert(.wholePlan) }
    if start.offersPace { flags.insert(.offersPace) }
    return flags
  }

  private mutating func link(_ run: UInt32, to player: UInt32) {
    if let last = players[player].lastRun.ordinal { runs[last].nextOfPlayer = Link(run) } else {
      players[player].firstRun = Link(run)
    }
    players[player].lastRun = Link(run)
    players[player].runCount += 1
  }

  mutating func decide(_ decision: DecisionMade, _ event: RecordedEvent) throws(PoisonReason) {
    let run = try running(event)
    let row = try DecisionRow(decision, run: run)
    let ordinal = decisions.append(row)
    decisionPositions.append(event.position.rawValue)
    if let last = runs[run].lastDecision.ordinal { decisions[last].nextOfRun = Link(ordinal) } else {
      runs[run].firstDecision = Link(ordinal)
    }
    runs[run].lastDecision = Link(ordinal)
    let player = runs[run].player
    if let last = players[player].lastDecision.ordinal { decisions[last].nextOfPlayer = Link(ordinal) } else {
      players[player].firstDecision = Link(ordinal)
    }
    players[player].lastDecision = Link(ordinal)
    players[player].decisionCount += 1
    // A decision is for a lap still to be driven; whatever lies before it has been.
    if decision.kind != .start, decision.kind != .finish { drive(run, to: row.lap - min(row.lap, 1)) }
    runs[run].touched = seconds(event)
    changes?.note(decision: ordinal)
  }

  mutating func drive(_ run: UInt32, to lap: Int32, _ event: RecordedEvent) throws(PoisonReason) {
    let lap: UInt8 = try narrow(lap, "lap")
    drive(run, to: lap)
    runs[run].touched = seconds(event)
    changes?.note(run: run)
  }

  /// Moves a run on. The first lap a player drives beyond lap 1 makes the run an attempt at the race.
  private mutating func drive(_ run: UInt32, to lap: UInt8) {
    guard lap > runs[run].lap else { return }
    runs[run].lap = lap
    guard !runs[run].flags.contains(.beyond) else { return }
    runs[run].flags.insert(.beyond)
    let (attempt, isNew) = attemptKeys.insert(PairKey(runs[run].player, UInt32(runs[run].race)))
    if isNew { attempts.append(AttemptRow()) }
    attempts[attempt].beyond += 1
    if attempts[attempt].beyond == 1 { runs[run].flags.insert(.first) }
  }

  /// Runs of a run's player on its race that got beyond lap 1.
  func beyond(_ run: UInt32) -> UInt32 {
    attemptKeys.ordinal(of: PairKey(runs[run].player, UInt32(runs[run].race))).map { attempts[$0].beyond } ?? 0
  }

  mutating func end(_ finish: SimulationFinished, _ event: RecordedEvent) throws(PoisonReason) {
    let run = try running(event)
    // Validated before anything changes: a row that cannot be made must leave no trace.
    var row = try ResultRow(finish, run: run, attempt: 0)
    drive(run, to: max(runs[run].lap, runs[run].startLap + 1))
    row.attempt = UInt16(clamping: beyond(run))
    let result = results.append(row)
    close(run, .finished, event)
    runs[run].result = Link(result)
    let cell = cell(ofRace: runs[run].race)
    if let cell { cells[cell].runs[0] += 1 }
    if isRankable(run) {
      if let cell, row.isRanked == 1, Int64(row.iq) >= rules.acceptedIQ { accept(result, finish.plan, cell, event) }
      let counts = row.isRanked == 1 && row.attempt == 1
      count(run, iq: counts ? Int64(row.iq) : 0, event)
    }
    if let cell { changes?.note(cell: cell) }
  }

  mutating func abandoned(_ abandon: SimulationAbandoned, _ event: RecordedEvent) throws(PoisonReason) {
    let run = try running(event)
    let lap: UInt8 = try narrow(abandon.lap, "lap")
    drive(run, to: lap)
    close(run, .abandoned, event)
    if isRankable(run) { count(run, iq: 0, event) }
  }

  private mutating func close(_ run: UInt32, _ status: RunRow.Status, _ event: RecordedEvent) {
    runs[run].status = status
    runs[run].ended = event.position.rawValue
    runs[run].touched = seconds(event)
    changes?.note(run: run)
  }

  /// Guests and erased accounts are in no ranking.
  private func isRankable(_ run: UInt32) -> Bool {
    let player = players[runs[run].player]
    return player.isErased == 0 && UserRegistered.Kind(code: player.kind) != .guest
  }

  /// Counts the player's first run of a race, if it was begun to be ranked. One that did not end ranked counts as
  /// nothing won: else whoever plays badly would look at the answers and so be rid of the run.
  private mutating func count(_ run: UInt32, iq: Int64, _ event: RecordedEvent) {
    guard runs[run].flags.isSuperset(of: [.first, .startedRanked]) else { return }
    let player = runs[run].player
    let race = shelf.races[Int(runs[run].race)]
    leaderboard.count(
      iq, of: player, id: playerIDs.keys[player], season: race.key.season, circuit: race.circuit, at: event.position,
      rules)
    changeReputation(of: player) { $0 &+= 1 }
    changes?.note(player: player)
  }

  func seconds(_ event: RecordedEvent) -> UInt32 { UInt32(clamping: event.recordedAt.microseconds / 1_000_000) }
}
