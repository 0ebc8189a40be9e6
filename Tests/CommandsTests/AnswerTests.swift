import Events
import Racing
import TestSupport
import Testing

@testable import Commands

/// The answer kept with a command, and what tells commands apart.
struct AnswerTests {
  private let run = StreamID(high: 0x0192_0000_0000_7000, low: 0x8000_0000_0000_0001)

  @Test func `an answer survives its bytes`() throws {
    let reasons: [Interruption.Reason?] =
      LapKind.allCases.map { .trackStatus($0) }
      + [.mustStop, .notPossible, .rivalStop(DriverCode("VER")!), .rainTyres(DriverCode("B0T")!), .place(12), nil]
    for reason in reasons {
      for simulation in [run, nil] {
        let answer = StoredAnswer(
          fingerprint: "00ff00ff00ff00ff", simulation: simulation, version: Version(rawValue: 17),
          interruption: reason.map { Interruption(lap: 9, reason: $0) })
        #expect(StoredAnswer(bytes: answer.bytes) == answer)
      }
    }
  }

  @Test func `the bytes are canonical JSON`() {
    let answer = StoredAnswer(
      fingerprint: "00ff00ff00ff00ff", simulation: run, version: Version(rawValue: 3),
      interruption: Interruption(lap: 8, reason: .trackStatus(.safetyCar)))
    let text = """
      {"command":"00ff00ff00ff00ff","simulation":"01920000-0000-7000-8000-000000000001","version":3,\
      "interruptedBeforeLap":8,"interruptedBy":"safetyCar"}
      """
    #expect(String(decoding: answer.bytes, as: UTF8.self) == text)
  }

  @Test(arguments: ["", "{}", "[]", "{\"command\":1}", "null", "{\"command\":\"a\",\"version\":\"x\"}"])
  func `other bytes are no answer`(text: String) {
    #expect(StoredAnswer(bytes: Array(text.utf8)) == nil)
  }

  @Test func `commands that differ in anything have other fingerprints`() throws {
    let race = RaceKey(season: 2023, round: 7)
    let driver = try #require(DriverCode("VER"))
    let start = StartSimulation(race: race, driver: driver)
    var commands: [Command] = [
      .startSimulation(start), .advance(Advance(simulation: run)), .advance(Advance(simulation: run, toLap: 5)),
      .advance(Advance(simulation: run, stopOn: [.place])), .advance(Advance(simulation: run, stopOn: [.rivalStop])),
      .advance(Advance(simulation: run, stopOn: [.rivalStop, .place])),
      .finish(simulation: run), .abandon(simulation: run), .fork(Fork(simulation: run, lap: 3)),
      .fork(Fork(simulation: run, lap: 4)),
      .makeDecision(MakeDecision(simulation: run, lap: 3, choice: .stayOut)),
      .makeDecision(MakeDecision(simulation: run, lap: 3, choice: .pit(.soft))),
      .makeDecision(MakeDecision(simulation: run, lap: 3, choice: .pit(.hard))),
      .makeDecision(MakeDecision(simulation: run, lap: 3, choice: .pace(.push))),
      .makeDecision(MakeDecision(simulation: run, lap: 4, choice: .stayOut)),
    ]
    for change in [\StartSimulation.wantsRank] {
      var other = start
      other[keyPath: change].toggle()
      commands.append(.startSimulation(other))
    }
    var other = start
    other.offersPace = true
    commands.append(.startSimulation(other))
    other.startLap = 2
    commands.append(.startSimulation(other))
    other.mode = .hindsight
    commands.append(.startSimulation(other))
    other.compound = .soft
    commands.append(.startSimulation(other))
    for stops in [[], [PlayPlan.Stop(lap: 3, compound: .soft)], [.init(lap: 3, compound: .hard)]] {
      commands.append(.playPlan(PlayPlan(race: race, driver: driver, startCompound: nil, stops: stops)))
    }
    let actors = [UserID(high: 0, low: 1), UserID(high: 0, low: 2)]
    let prints = commands.flatMap { command in actors.map { command.fingerprint(by: $0) } }
    #expect(Set(prints).count == prints.count)
    #expect(prints.allSatisfy { $0.count == 16 })
    #expect(commands[0].fingerprint(by: actors[0]) == prints[0])
  }
}
