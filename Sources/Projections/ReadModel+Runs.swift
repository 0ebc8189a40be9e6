internal import Events
internal import Racing

extension ReadModel {
  mutating func start(_ event: SimulationStarted, _ recorded: RecordedEvent) throws(PoisonReason) {
    guard let actor = recorded.actor else { throw PoisonReason(reason: .actorMissing) }
    guard runIDs.ordinal(of: WideKey(recorded.stream)) == nil else {
      throw PoisonReason(reason: .startedAlready(recorded.stream))
    }
    let startLap: UInt8 = try narrow(event.startLap, "startLap")
    let optimum: Int32 = try narrow(event.optimum, "optimum")
    var forkOf = Link.none
    if let origin = event.forkOf {
      guard let run = runIDs.ordinal(of: WideKey(origin)) else {
        throw PoisonReason(reason: .unknownSimulation(origin))
      }
      forkOf = Link(run)
    }
    let race = try race(event.race)
    let driver = try races.insert(event.driver)
    let player = player(actor)
    let run = runIDs.insert(WideKey(recorded.stream)).ordinal
    runs.append(
      RunRow(
        started: recorded.position.rawValue, player: player, touched: 0, forkOf: forkOf, optimum: optimum, race: race,
        driver: driver, lap: startLap, startLap: startLap, flags: RunRow.Flags(event)))
    if isGuest(player) { runs[run].flags.insert(.byGuest) }
    touch(run, recorded)
    if isErased(player: player) { return runs[run].scrub() }
    link(run, to: player)
    if startLap > 1 { cross(run) }
  }

  /// The race's ordinal. Runs on a race whose import has not been seen yet count for a nameless window until then.
  private mutating func race(_ key: RaceKey) throws(PoisonReason) -> UInt16 {
    if let known = races.find(key) { return known }
    return try races.add(RaceTable.Race(key: key, cell: crowd.addCell()))
  }

  private mutating func link(_ run: UInt32, to player: UInt32) {
    if let last = players[player].lastRun.ordinal {
      runs[last].nextOfPlayer = Link(run)
    } else {
      players[player].firstRun = Link(run)
    }
    players[player].lastRun = Link(run)
    players[player].runCount += 1
    totals.runs += 1
  }

  /// The run has driven up to and including a lap.
  mutating func drive(_ run: UInt32, to lap: UInt8) {
    guard lap > runs[run].lap else { return }
    runs[run].lap = lap
    if lap > 1, !runs[run].flags.contains(.beyond) { cross(run) }
  }

  /// The run gets beyond lap 1: from now on it counts as an attempt.
  mutating func cross(_ run: UInt32) {
    let (ordinal, isNew) = attempts.insert(PairKey(runs[run].player, UInt32(runs[run].race)))
    if isNew { attemptCounts.append(0) }
    runs[run].flags.insert(.beyond)
    if attemptCounts[ordinal] == 0 { runs[run].flags.insert(.first) }
    if attemptCounts[ordinal] < .max { attemptCounts[ordinal] += 1 }
  }

  /// 1 + other runs of the account on the race that got beyond lap 1 by now, by the log's order.
  func attempt(of run: UInt32) -> UInt16 {
    let key = PairKey(runs[run].player, UInt32(runs[run].race))
    let all = attempts.ordinal(of: key).map { attemptCounts[$0] } ?? 0
    return runs[run].flags.contains(.beyond) ? max(all, 1) : min(all, .max - 1) + 1
  }

  mutating func decide(_ event: DecisionMade, _ run: UInt32, _ recorded: RecordedEvent) throws(PoisonReason) {
    decide(try DecisionRow(event, run: run), at: recorded.position, recorded.recordedAt)
  }

  mutating func decide(_ row: DecisionRow, at position: Position, _ time: Timestamp) {
    let run = row.run
    let ordinal = decisions.append(row)
    decisionPositions.append(position.rawValue)
    if let last = runs[run].chain(Link(ordinal)).ordinal { decisions[last].nextOfRun = Link(ordinal) }
    if let last = players[runs[run].player].chain(Link(ordinal)).ordinal {
      decisions[last].nextOfPlayer = Link(ordinal)
    }
    totals.decisions += 1
    touch(run, time)
    // A stop or a pace is decided before its lap is driven; the closing charge comes after the last one.
    switch row.kind {
    case .start: break
    case .finish: drive(run, to: row.lap)
    case .pit, .pace, .safetyCar, .red: if row.lap > 0 { drive(run, to: row.lap - 1) }
    }
  }
}

extension RunRow.Flags {
  init(_ event: SimulationStarted) {
    self = []
    if event.mode == .hindsight { insert(.hindsight) }
    if event.isRanked { insert(.startedRanked) }
    if event.isWholePlan { insert(.wholePlan) }
    if event.offersPace { insert(.offersPace) }
  }
}

extension PlayerRow {
  /// Adds a decision to the account's and returns the one before it.
  fileprivate mutating func chain(_ decision: Link) -> Link {
    defer { lastDecision = decision }
    decisionCount += 1
    if firstDecision == .none { firstDecision = decision }
    return lastDecision
  }
}

extension RunRow {
  /// Adds a decision to the run's and returns the one before it.
  fileprivate mutating func chain(_ decision: Link) -> Link {
    defer { lastDecision = decision }
    if firstDecision == .none { firstDecision = decision }
    return lastDecision
  }

  /// Forgets everything but that there was a run.
  mutating func scrub() {
    self = RunRow(
      started: started, player: player, touched: 0, optimum: 0, race: race, driver: driver, lap: 0, startLap: 0,
      flags: .erased, status: status, ended: ended)
  }
}
