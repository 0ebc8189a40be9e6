import Events
import Racing
import TestSupport
import Testing

@testable import Projections

/// Other rules over the same history.
@Suite struct RulesTests {
  @Test func `a document changes what it names`() throws {
    let rules = try CrowdRules(
      document: Array(
        #"{"acceptedIQ":8000,"scoreWeights":{"pitTiming":1,"tyreEfficiency":2,"safetyCarReaction":3,"raceOutcome":4}}"#
          .utf8))
    var expected = CrowdRules()
    expected.acceptedIQ = 8000
    expected.scoreWeights = .init(pitTiming: 1, tyreEfficiency: 2, safetyCarReaction: 3, raceOutcome: 4)
    #expect(rules == expected)
    #expect(try CrowdRules(document: Array("{}".utf8)) == .standard)
  }

  @Test(arguments: [
    "", "[]", "{\"x\":1}", "{\"acceptedIQ\":\"8\"}", "{\"acceptedIQ\":10001}", "{\"acceptedIQ\":-1}",
    "{\"acceptedIQ\":7.5}", "{\"scoreWeights\":1}", "{\"scoreWeights\":{\"pitTiming\":1}}", "{\"clusterUsers\":1}",
    "{\"scoreWeights\":{\"pitTiming\":0,\"tyreEfficiency\":0,\"safetyCarReaction\":1,\"raceOutcome\":0}}",
  ])
  func `what is no document of rules is refused`(_ text: String) {
    #expect(throws: RulesError.self) { try CrowdRules(document: Array(text.utf8)) }
  }

  @Test(arguments: [UInt64(1), 2])
  func `the same rules change nothing, and a lower threshold lets more runs count`(seed: UInt64) throws {
    var options = RandomHistory.Options()
    options.events = 8000
    let events = RandomHistory.events(seed: seed, options)
    var standard = ReadModel()
    try standard.apply(events)
    let references = (1...8).map { round -> (race: RaceKey, circuit: String, CrowdReference) in
      (RaceKey(season: 2023, round: Int16(round)), "circuit-\(round)", CrowdReference(lapCount: 40))
    }
    var same = ReadModel(rules: .standard)
    try same.apply(events)
    let nothing = RulesComparison(standard, same, references: references)
    #expect(nothing.users.isEmpty)
    #expect(!nothing.windows.contains { !$0.isEqual })
    var rules = CrowdRules()
    rules.acceptedIQ = 0
    rules.listedRuns = 1
    var other = ReadModel(rules: rules)
    try other.apply(events)
    let changed = RulesComparison(standard, other, references: references)
    #expect(changed.userCount >= nothing.userCount)
    #expect(!changed.users.isEmpty, "seed \(seed)")
    #expect(other.stateHash != standard.stateHash)
  }

  @Test func `weights give the IQ of the parts they weigh`() {
    let event = SimulationFinished(
      pitTiming: 9000, tyreEfficiency: 1000, safetyCarReaction: nil, raceOutcome: 5000, iq: 1, total: 1, toOptimum: 0,
      toReal: 0, place: 1, attempt: 1, isRanked: true, startCompound: .soft, stops: [], stopCount: 0,
      undercutGain: nil, plan: 0)
    let anchors = StrategyIQ.Anchors.standard
    func iq(_ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64) -> Int32 {
      CrowdRules.ScoreWeights(pitTiming: a, tyreEfficiency: b, safetyCarReaction: c, raceOutcome: d).iq(event)
    }
    #expect(iq(1, 0, 7, 0) == anchors.iq(ofRaw: 9000))
    #expect(iq(0, 1, 7, 0) == anchors.iq(ofRaw: 1000))
    #expect(iq(1, 1, 0, 0) == anchors.iq(ofRaw: 5000))
    #expect(iq(35, 20, 10, 35) == anchors.iq(ofRaw: (35 * 9000 + 20 * 1000 + 35 * 5000) / 90))
  }
}
