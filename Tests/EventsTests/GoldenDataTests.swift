import Events
import Racing
import Testing

struct GoldenData {
  static let race = RaceKey(season: 2023, round: 6)
  static let fork = StreamID(high: 0x0192_f0a1_b2c3_7d4e, low: 0x8f01_2345_6789_abcd)

  static let finished = SimulationFinished(
    pitTiming: 9_876, tyreEfficiency: 10_000, safetyCarReaction: nil, raceOutcome: 8_421, iq: 7_555,
    total: 6_512_345, toOptimum: 4_321, toReal: -1_234, place: 2, attempt: 1, isRanked: true,
    startCompound: .medium, stops: [.init(lap: 31, compound: .hard), .init(lap: 55, compound: .intermediate)],
    stopCount: 2, undercutGain: -250, plan: 0x0123_4567_89ab_cdef)

  static let cases: [(Event, String)] = [
    (.userRegistered(UserRegistered(kind: .guest)), #"{"kind":"guest"}"#),
    (.userErased(UserErased()), "{}"),
    (.guestRegistered(GuestRegistered()), "{}"),
    (.proGranted(ProGranted()), "{}"),
    (.proRevoked(ProRevoked()), "{}"),
    (.operatorGranted(OperatorGranted()), "{}"),
    (.operatorRevoked(OperatorRevoked()), "{}"),
    (.rankingRevoked(RankingRevoked()), "{}"),
    (.rankingGranted(RankingGranted()), "{}"),
    (
      .scoringRulesProposed(ScoringRules(name: "2027", document: #"{"acceptedIQ":8000}"#)),
      #"{"name":"2027","document":"{\"acceptedIQ\":8000}"}"#
    ),
    (
      .scoringRulesChanged(ScoringRules(name: "2027", document: #"{"acceptedIQ":8000}"#)),
      #"{"name":"2027","document":"{\"acceptedIQ\":8000}"}"#
    ),
    (
      .eventQuarantined(EventQuarantined(position: Position(rawValue: 42), reason: "written by hand")),
      #"{"position":42,"reason":"written by hand"}"#
    ),
    (
      .raceImported(
        RaceImported(
          race: race, slug: "monaco", circuit: "monaco", laps: 78, source: "tidy", digest: "ab\"c\\\u{1}é",
          isSynthetic: false)),
      #"{"season":2023,"round":6,"slug":"monaco","circuit":"monaco","laps":78,"source":"tidy","#
        + #""digest":"ab\"c\\\u0001é","synthetic":false}"#
    ),
    (
      .autopsyComputed(
        AutopsyComputed(
          race: race, driver: DriverCode("ALO")!, record: "00aa", model: "11bb", answer: "22cc", totalLoss: 41_100)),
      #"{"season":2023,"round":6,"driver":"ALO","record":"00aa","model":"11bb","answer":"22cc","totalLoss":41100}"#
    ),
    (
      .simulationStarted(
        SimulationStarted(
          race: race, driver: DriverCode("VER")!, startLap: 1, startCompound: .soft, mode: .live, isRanked: true,
          isWholePlan: false, forkOf: fork, optimum: 6_500_000, model: "00ff00ff00ff00ff",
          artefact: "123456789abcdef0")),
      #"{"season":2023,"round":6,"driver":"VER","startLap":1,"startCompound":"SOFT","mode":"live","ranked":true,"#
        + #""wholePlan":false,"forkOf":"0192f0a1-b2c3-7d4e-8f01-23456789abcd","optimum":6500000,"#
        + #""model":"00ff00ff00ff00ff","artefact":"123456789abcdef0"}"#
    ),
    (
      .simulationStarted(
        SimulationStarted(
          race: race, driver: DriverCode("VER")!, startLap: 12, startCompound: nil, mode: .hindsight, isRanked: false,
          isWholePlan: true, forkOf: nil, optimum: 1, model: "00ff00ff00ff00ff", artefact: "123456789abcdef0",
          offersPace: true)),
      #"{"season":2023,"round":6,"driver":"VER","startLap":12,"startCompound":null,"mode":"hindsight","#
        + #""ranked":false,"wholePlan":true,"forkOf":null,"optimum":1,"#
        + #""model":"00ff00ff00ff00ff","artefact":"123456789abcdef0","offersPace":true}"#
    ),
    (
      .decisionMade(
        DecisionMade(
          lap: 31, kind: .pit, compound: .hard, pace: nil, regret: 0, isOptimal: true, elapsed: 2_512_345)),
      #"{"lap":31,"kind":"pit","compound":"HARD","pace":null,"regret":0,"optimal":true,"elapsed":2512345}"#
    ),
    (.simulationAdvanced(SimulationAdvanced(lap: 40)), #"{"lap":40}"#),
    (
      .simulationFinished(finished),
      #"{"pitTiming":9876,"tyreEfficiency":10000,"safetyCarReaction":null,"raceOutcome":8421,"iq":7555,"#
        + #""total":6512345,"toOptimum":4321,"toReal":-1234,"place":2,"attempt":1,"ranked":true,"#
        + #""startCompound":"MEDIUM","stopCount":2,"stop1":31,"tyre1":"HARD","stop2":55,"tyre2":"INTERMEDIATE","#
        + #""undercutGain":-250,"plan":"0123456789abcdef"}"#
    ),
    (.simulationAbandoned(SimulationAbandoned(lap: 12)), #"{"lap":12}"#),
  ]

  @Test(arguments: cases)
  func `each type has exactly these bytes`(_ event: Event, _ text: String) throws {
    #expect(String(decoding: event.data, as: UTF8.self) == text)
    #expect(try Event(type: event.type, data: Array(text.utf8)) == event)
  }

  @Test func `every type has a golden case and its name reads back`() {
    #expect(Set(Self.cases.map { $0.0.type }) == Set(EventType.allCases))
    for type in EventType.allCases { #expect(EventType(name: type.name) == type) }
    #expect(EventType(name: "DecisionMade2") == nil)
  }

  @Test func `keys from a newer program may follow`() throws {
    let text = #"{"lap":12,"reason":"bo\"red","score":-3,"late":true,"x":null}"#
    #expect(
      try Event(type: .simulationAbandoned, data: Array(text.utf8))
        == .simulationAbandoned(SimulationAbandoned(lap: 12)))
    #expect(try Event(type: .userErased, data: Array(#"{"why":"law"}"#.utf8)) == .userErased(UserErased()))
  }

  @Test(arguments: [
    ("", EventDecodingError.Reason.keyExpected, "lap", 0),
    (#"{"lap": 1}"#, .integerExpected, "lap", 7),
    (#"{"lap":01}"#, .integerExpected, "lap", 7),
    (#"{"lap":-0}"#, .integerExpected, "lap", 7),
    (#"{"lap":1.5}"#, .endExpected, "", 8),
    (#"{"lap":2147483648}"#, .outOfRange, "lap", 17),
    (#"{"lap":99999999999999999999}"#, .outOfRange, "lap", 7),
    (#"{"Lap":1}"#, .keyExpected, "lap", 0),
    (#"{"lap":1} "#, .endExpected, "", 9),
    (#"{"lap":1,}"#, .stringExpected, "", 9),
    (#"{"lap":1"#, .endExpected, "", 8),
  ])
  func `bad data is refused with key and byte`(
    _ text: String, _ reason: EventDecodingError.Reason, _ key: String, _ offset: Int
  ) {
    let expected = EventDecodingError(reason, type: .simulationAdvanced, key: key, offset: offset)
    #expect(throws: expected) { try Event(type: .simulationAdvanced, data: Array(text.utf8)) }
  }
}
