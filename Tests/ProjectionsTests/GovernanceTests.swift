import Events
import Projections
import Racing
import TestSupport
import Testing

/// What is decided about the whole log, and what a fold makes of it.
@Suite struct GovernanceTests {
  let user = ScriptedHistory.user(1)
  let race = ScriptedHistory.race(1)

  private static func stricter() -> String {
    var rules = CrowdRules.standard
    rules.acceptedIQ = 9000
    return rules.document
  }

  @Test func `rules hold from where they were put in force`() throws {
    var history = ScriptedHistory()
    history.importRace(race, circuit: "monaco")
    let proposed = history.record(
      .scoringRulesProposed(ScoringRules(name: "strict", document: Self.stricter())), on: .governance)
    let changed = history.record(
      .scoringRulesChanged(ScoringRules(name: "strict", document: Self.stricter())), on: .governance)
    let governance = Governance(history.events.filter { $0.stream == .governance })
    #expect(governance.published.map(\.name) == ["strict"])
    #expect(governance.rulesInForce(at: proposed) == nil)
    #expect(governance.rulesInForce(at: changed)?.position == proposed)
    #expect(try FoldPlan(governance).rules.acceptedIQ == 9000)
    #expect(try FoldPlan(governance, at: proposed) == .standard)
    #expect(try FoldPlan(governance, named: "strict")?.name == "strict")
    #expect(try FoldPlan(governance, named: "standard") == .standard)
    #expect(try FoldPlan(governance, named: "nobody's") == nil)
  }

  @Test func `a document says every number, and reads back as the same rules`() throws {
    var rules = CrowdRules.standard
    #expect(try CrowdRules(document: Array(rules.document.utf8)) == rules)
    rules.acceptedIQ = 1
    rules.clusterUsers = 9
    rules.slotSeconds = 77
    rules.reputationBase = 3
    rules.reputationStep = 4
    rules.reputationRaces = 5
    rules.listedRuns = 6
    rules.priorRuns = 7
    rules.priorRating = 8
    rules.priorDeviation = 10
    rules.scoreWeights = .init(pitTiming: 1, tyreEfficiency: 2, safetyCarReaction: 3, raceOutcome: 4)
    #expect(try CrowdRules(document: Array(rules.document.utf8)) == rules)
    #expect(rules.document != CrowdRules.standard.document)
  }

  @Test func `events of the governance stream that were taken in before change nothing`() {
    var history = ScriptedHistory()
    history.record(
      .eventQuarantined(EventQuarantined(position: Position(rawValue: 5), reason: "damaged")), on: .governance, by: user
    )
    var governance = Governance(history.events)
    let before = governance
    for event in history.events { governance.apply(event) }
    #expect(governance == before)
    #expect(governance.quarantined.first?.by == user)
  }

  /// A poison event in the middle of a random history.
  private func poisoned(seed: UInt64) -> (events: [RecordedEvent], poison: Position, without: [RecordedEvent]) {
    var options = RandomHistory.Options()
    options.events = 1500
    let history = RandomHistory.events(seed: seed, options)
    let place = Int(seed % 1000) + 200
    var random = SplitMix64(seed: seed)
    let (stream, command): (StreamID, CommandID) = (random.identifier(), random.identifier())
    func inserting(_ event: Event) -> [RecordedEvent] {
      let inserted = RecordedEvent(
        position: Position(rawValue: Int64(place) + 1), stream: stream,
        version: Version(rawValue: 1), actor: nil, actorVersion: nil, command: command,
        recordedAt: history[place].recordedAt, event: event)
      let rest = history[place...].map { event in
        RecordedEvent(
          position: event.position.next, stream: event.stream, version: event.version, actor: event.actor,
          actorVersion: event.actorVersion, command: event.command, recordedAt: event.recordedAt, event: event.event)
      }
      return history[..<place] + [inserted] + rest
    }
    // In the history without it stands an event that changes nothing.
    let events = inserting(.simulationAdvanced(SimulationAdvanced(lap: 3)))
    let harmless = inserting(.proGranted(ProGranted()))
    return (events, events[place].position, harmless)
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `a quarantined event is passed over, one by one and in segments, and nothing else changes`(seed: UInt64) throws {
    let (events, poison, without) = poisoned(seed: seed)
    // Where later events need what the poisoned one replaced, both histories stop at the same place.
    func outcome(_ model: ReadModel, _ events: [RecordedEvent]) -> (ReadModel, PoisonEvent?) {
      var model = model
      do throws(PoisonEvent) { try model.apply(events) } catch { return (model, error) }
      return (model, nil)
    }
    let (stopped, first) = outcome(ReadModel(), events)
    #expect(first?.position == poison && stopped.position.rawValue == poison.rawValue - 1)
    let (passed, second) = outcome(ReadModel(passingOver: [poison]), events)
    let (expected, third) = outcome(ReadModel(), without)
    #expect(passed.stateHash == expected.stateHash && second == third, "seed \(seed)")
    // The model that had stopped goes on.
    var resumed = stopped
    resumed.quarantine = [poison]
    let (all, _) = outcome(resumed, Array(events[(Int(poison.rawValue) - 1)...]))
    #expect(all.stateHash == passed.stateHash)
    guard second == nil else { return }
    var segmented = ReadModel(passingOver: [poison])
    for start in stride(from: 0, to: events.count, by: 400) {
      let rows = events[start..<min(events.count, start + 400)].map { EventRow($0) }
      try segmented.apply(try Segment(sealing: rows).columns(forLines: false))
    }
    #expect(segmented.stateHash == passed.stateHash)
  }
}
