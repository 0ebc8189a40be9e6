public import Events

extension ReadModel {
  /// Applies consecutive events.
  ///
  /// - Throws: ``PoisonEvent``; the events before it are applied, nothing of it is.
  public mutating func apply(_ batch: some Sequence<RecordedEvent>) throws(PoisonEvent) {
    for event in batch { try apply(event) }
  }

  /// Applies consecutive events.
  ///
  /// - Throws: ``PoisonEvent``; the events before it are applied, nothing of it is.
  public mutating func apply(_ batch: [RecordedEvent]) throws(PoisonEvent) {
    // Events are large; a buffer lends them where an iterator would copy them.
    try batch.withUnsafeBufferPointer { (events) throws(PoisonEvent) in
      for index in events.indices { try apply(events[index]) }
    }
  }

  /// Applies the next event.
  ///
  /// - Throws: ``PoisonEvent``; nothing has changed then.
  /// - Complexity: O(1), apart from finishes: O(the user's counted runs + windows), and erasures: O(the user's history).
  public mutating func apply(_ event: RecordedEvent) throws(PoisonEvent) {
    guard event.position == position.next else {
      throw PoisonEvent(position: event.position, reason: .outOfOrder(expected: position.next))
    }
    if quarantine.isEmpty || !quarantine.contains(event.position) {
      do throws(PoisonReason) { try take(event) } catch {
        throw PoisonEvent(position: event.position, reason: error.reason)
      }
    }
    position = event.position
  }

  mutating func take(_ event: RecordedEvent) throws(PoisonReason) {
    switch event.event {
    case .decisionMade(let decision):
      let run = try runGoingOn(event.stream)
      if isErased(run) { return }
      try decide(decision, run, event)
    case .simulationAdvanced(let advanced):
      let run = try runGoingOn(event.stream)
      let lap: UInt8 = try narrow(advanced.lap, "lap")
      if isErased(run) { return }
      touch(run, event)
      drive(run, to: lap)
    case .simulationStarted(let started): try start(started, event)
    case .simulationFinished(let finished): try finish(finished, event)
    case .simulationAbandoned(let abandoned): try abandon(abandoned, event)
    case .userRegistered(let registered): register(registered, UserID(stream: event.stream))
    case .guestRegistered: claim(UserID(stream: event.stream))
    case .userErased: erase(UserID(stream: event.stream))
    case .raceImported(let imported): try importRace(imported)
    case .rankingRevoked: ban(UserID(stream: event.stream))
    case .rankingGranted: reinstate(UserID(stream: event.stream))
    case .proGranted, .proRevoked, .operatorGranted, .operatorRevoked, .autopsyComputed, .scoringRulesProposed,
      .scoringRulesChanged, .eventQuarantined:
      break
    }
  }

  /// The run of a stream, which must not be over.
  func runGoingOn(_ stream: StreamID) throws(PoisonReason) -> UInt32 {
    guard let run = runIDs.ordinal(of: WideKey(stream)) else {
      throw PoisonReason(reason: .unknownSimulation(stream))
    }
    guard runs[run].status == .running else { throw PoisonReason(reason: .overAlready(stream)) }
    return run
  }

  func isErased(_ run: UInt32) -> Bool { runs[run].flags.contains(.erased) }

  mutating func touch(_ run: UInt32, _ event: RecordedEvent) { touch(run, event.recordedAt) }

  mutating func touch(_ run: UInt32, _ time: Timestamp) {
    runs[run].touched = UInt32(clamping: time.microseconds / 1_000_000)
    changes.touch(run: run)
  }

  /// The account's ordinal, given to it now if it is new.
  mutating func player(_ id: UserID) -> UInt32 {
    let (ordinal, isNew) = playerIDs.insert(WideKey(id))
    if isNew {
      players.append(PlayerRow())
      totals.players += 1
    }
    return ordinal
  }

  private mutating func register(_ event: UserRegistered, _ id: UserID) {
    let player = player(id)
    if !isErased(player: player) { players[player].kind = event.kind.code }
  }

  /// A guest is a registered account from now on; runs that it began before stay practice.
  private mutating func claim(_ id: UserID) {
    let player = player(id)
    if isGuest(player) { players[player].kind = UserRegistered.Kind.registered.code }
  }

  func isGuest(_ player: UInt32) -> Bool { players[player].kind == UserRegistered.Kind.guest.code }
}
