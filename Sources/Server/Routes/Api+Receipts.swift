import EventStore
import Events
import NIOCore
import Racing

extension Api {
  /// The proof that an event is in the log, in the form of C2SP tlog-proof. Holds the event's line once its run is over.
  func receipt(_ call: Call) async throws(Problem) -> Answer {
    guard let number = Int64(call.parameters[0]), number > 0 else {
      throw Problem(.notFound, "\"\(call.parameters[0].prefix(32))\" is not a position of the log.")
    }
    let position = Position(rawValue: number)
    let event = try await event(at: position)
    let line = try await isShown(event, to: call) ? EventRow(event).line : []
    let receipt = try await signed(position) { () async throws(TransparencyError) in
      try await tree.receipt(of: position, line: line)
    }
    return Answer(type: .text, caching: .revalidate, body: ByteBuffer(string: receipt.text))
  }

  func event(at position: Position) async throws(Problem) -> RecordedEvent {
    let before = Position(rawValue: position.rawValue - 1)
    let events: [RecordedEvent]
    do { events = try await reader.events(after: before, limit: 1) } catch { throw Problem(error) }
    guard let event = events.first else {
      throw Problem(.notFound, "The log has no event at position \(position.rawValue).")
    }
    return event
  }

  /// Whether the caller may see what an event says. Of a run that is not over, only its player learns anything, and not
  /// what a decision cost.
  private func isShown(_ event: RecordedEvent, to call: Call) async throws(Problem) -> Bool {
    guard event.event.isOfRun else { return true }
    guard let run = live.run(event.stream) else { return false }
    let isOwn = call.caller?.id == event.actor
    if !run.isOver, !isOwn {
      throw Problem(
        .forbidden, "The run \(event.stream) is not over, and it is not yours: receipts are shown when it is.")
    }
    if run.isOver, !isOwn, let race = library.summary(run.race) { try await disclose(race, to: call, what: "audit") }
    return run.isOver
  }

  /// Waits for the checkpoint that covers a position.
  func signed<Value: Sendable>(
    _ position: Position, _ body: () async throws(TransparencyError) -> Value
  ) async throws(Problem) -> Value {
    let end = ContinuousClock.now + limits.positionWait
    while true {
      do throws(TransparencyError) { return try await body() } catch {
        switch error {
        case .notSignedYet where ContinuousClock.now < end, .noCheckpoint where ContinuousClock.now < end:
          try? await Task.sleep(for: .milliseconds(50))
        default: throw Problem(error)
        }
      }
    }
  }

  /// Everything that an account caused, with proofs under one checkpoint.
  func history(_ call: Call) async throws(Problem) -> Answer {
    let history = try await history(of: try call.identifier(0, of: .unknownUser, "an account"), for: call)
    return Answer(type: .lines, caching: .revalidate, body: ByteBuffer(string: history.text))
  }

  /// Everything that an account caused, as far as it may be shown to the caller.
  func history(of user: UserID, for call: Call) async throws(Problem) -> History {
    try requireNotErased(user)
    let newest = try await proving { () async throws(TransparencyError) in try await tree.checkpoint() }
    let events = try await allEvents(of: user, through: newest.checkpoint.size)
    if events.isEmpty { throw Problem(.unknownUser, "The signed log holds nothing of an account \(user).") }
    if call.caller?.id != user {
      let races = Set(events.compactMap { live.run($0.stream) }.filter(\.isOver).map(\.race))
      for race in races.sorted() {
        if let race = library.summary(race) { try await disclose(race, to: call, what: "audit") }
      }
    }
    var history = History(account: user, note: newest.note, entries: [])
    for event in events {
      let path = try await proving { () async throws(TransparencyError) in
        try await tree.inclusion(of: event.position, size: newest.checkpoint.size)
      }
      let isShown = !event.event.isOfRun || live.run(event.stream)?.isOver == true
      let row = EventRow(event)
      history.entries.append(
        isShown
          ? .event(line: row.line, path: path)
          : .withheld(position: event.position, leaf: row.leafHash, path: path))
    }
    return history
  }

  private func allEvents(of user: UserID, through size: Int64) async throws(Problem) -> [RecordedEvent] {
    var events: [RecordedEvent] = []
    while true {
      let page: [RecordedEvent]
      do {
        page = try await reader.events(by: user, after: events.last?.actorVersion ?? .zero, limit: 1000)
      } catch { throw Problem(error) }
      events += page.filter { $0.position.rawValue <= size }
      guard page.count == 1000, page.last.map({ $0.position.rawValue <= size }) == true else { return events }
      guard events.count <= limits.historyEvents else {
        throw Problem(
          .tooLarge,
          "The account has more than \(limits.historyEvents) events: export them with 'blame audit user NAME --export FILE'."
        )
      }
    }
  }
}

extension Event {
  /// It happened in a run, and may tell of laps that are still to come.
  fileprivate var isOfRun: Bool {
    switch self {
    case .simulationStarted, .decisionMade, .simulationAdvanced, .simulationFinished, .simulationAbandoned: true
    case .userRegistered, .guestRegistered, .userErased, .proGranted, .proRevoked, .operatorGranted, .operatorRevoked,
      .rankingRevoked, .rankingGranted, .raceImported, .autopsyComputed, .scoringRulesProposed, .scoringRulesChanged,
      .eventQuarantined:
      false
    }
  }
}
