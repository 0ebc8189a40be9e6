import Commands
import Events
import Racing
import Testing

/// The decider keeps the rules of the race, and what it refuses leaves nothing behind.
struct RuleTests {
  /// Runs a command that must be refused and checks that the log is what it was.
  private func refusal(
    in pits: Pits, _ body: () async throws(CommandError) -> Void
  ) async -> CommandError? {
    let before = pits.log.all
    do throws(CommandError) {
      try await body()
      return nil
    } catch {
      #expect(pits.log.all == before, "a refused command wrote something")
      #expect(!error.description.isEmpty)
      return error
    }
  }

  @Test func `a compound nobody used is refused with those there are`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let error = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, 5, .pit(.wet)) }
    #expect(error == .rule(.compoundNotAtRace(.wet, available: [.soft, .medium, .hard])))
    let atStart = await refusal(in: pits) { () throws(CommandError) in _ = try await pits.start(on: .intermediate) }
    #expect(atStart == .rule(.compoundNotAtRace(.intermediate, available: [.soft, .medium, .hard])))
  }

  @Test func `a lap that is over takes no decision`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    try await pits.drive(run, to: 6)
    for lap in [-3, 0, 1, 6] {
      let error = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, lap, .pit(.hard)) }
      #expect(error == .decisionInThePast(lap: lap, current: 6))
    }
    let error = await refusal(in: pits) { () throws(CommandError) in try await pits.advance(run, to: 6) }
    #expect(error == .decisionInThePast(lap: 6, current: 6))
  }

  @Test func `nothing is decided after the last lap`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let decision = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, 19, .pit(.hard)) }
    #expect(decision == .afterLastLap(lap: 19, last: 18))
    let advance = await refusal(in: pits) { () throws(CommandError) in try await pits.advance(run, to: 400) }
    #expect(advance == .afterLastLap(lap: 400, last: 18))
  }

  @Test func `no stop at the end of the last lap`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    try await pits.decide(run, 5, .pit(.hard))
    let view = try await pits.drive(run, to: 17)
    #expect(view.next?.compounds.isEmpty == true)
    let error = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, 18, .pit(.soft)) }
    #expect(error == .rule(.stopOutsideRace(lap: 18, possible: 2...17)))
  }

  @Test func `one decision of a kind a lap`() async throws {
    let pits = Pits()
    let run = try await pits.start(offersPace: true).simulation
    try await pits.decide(run, 5, .pace(.push))
    let made = try await pits.decide(run, 5, .pit(.hard))
    let second = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, 5, .pit(.soft)) }
    guard case .duplicateDecision(5, .pit, let found)? = second else {
      Issue.record("expected a duplicate, got \(String(describing: second))")
      return
    }
    #expect(found.compound == .hard)
    let pace = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, 5, .pace(.save)) }
    guard case .duplicateDecision(5, .pace, _)? = pace else {
      Issue.record("expected a duplicate, got \(String(describing: pace))")
      return
    }
    try await pits.advance(run)
    let afterwards = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, 5, .pit(.soft)) }
    guard case .duplicateDecision(5, .pit, _)? = afterwards else {
      Issue.record("expected a duplicate, got \(String(describing: afterwards))")
      return
    }
    #expect(made.view.next?.decided?.compound == .hard)
  }

  @Test func `the pace of a lap comes before its stop`() async throws {
    let pits = Pits()
    let run = try await pits.start(offersPace: true).simulation
    try await pits.decide(run, 5, .pit(.hard))
    let error = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, 5, .pace(.push)) }
    #expect(error == .paceAfterStop(lap: 5))
    let same = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, 6, .pace(.normal)) }
    #expect(same == .paceUnchanged(.normal, lap: 6))
    let last = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, 18, .pit(.hard)) }
    #expect(last == .rule(.stopOutsideRace(lap: 18, possible: 2...17)))
  }

  @Test func `pace is refused where it is not offered`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let error = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, 2, .pace(.push)) }
    #expect(error == .rule(.paceNotOffered(.push)))
  }

  @Test func `two dry compounds are needed`() async throws {
    let pits = Pits(.init(caps: [30, 30, 30]))
    let run = try await pits.start(on: .hard).simulation
    let outcome = try await pits.send(.finish(simulation: run))
    #expect(outcome.interruption == Interruption(lap: 17, reason: .mustStop))
    #expect(outcome.view.lap == 16, "the stop can still be called for the lap before the last one")
    #expect(outcome.view.next?.mayStayOut == false)
    let again = await refusal(in: pits) { () throws(CommandError) in try await pits.send(.finish(simulation: run)) }
    #expect(again == .rule(.twoCompoundsNeeded(lap: 17, used: .hard)))
    let same = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, 17, .pit(.hard)) }
    #expect(same == .rule(.twoCompoundsNeeded(lap: 17, used: .hard)))
    try await pits.decide(run, 17, .pit(.soft))
    #expect(try await pits.send(.finish(simulation: run)).view.status == .finished)
  }

  @Test func `a set cannot be driven beyond its life`() async throws {
    let pits = Pits(.init(safetyCar: nil))
    let run = try await pits.start(on: .soft).simulation
    let outcome = try await pits.advance(run, to: 18)
    #expect(outcome.interruption == Interruption(lap: outcome.view.lap + 1, reason: .mustStop))
    #expect(outcome.view.lap == 8, "softs last nine laps, and the ninth must end with a stop")
    let error = await refusal(in: pits) { () throws(CommandError) in try await pits.advance(run) }
    guard case .rule? = error else {
      Issue.record("expected a rule, got \(String(describing: error))")
      return
    }
    #expect(outcome.view.next?.compounds.isEmpty == false)
  }

  @Test func `staying out is a decision only under a neutralisation`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let error = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, 2, .stayOut) }
    #expect(error == .nothingToDecide(lap: 2, kind: .green))
    try await pits.drive(run, to: 8)
    let outcome = try await pits.decide(run, 9, .stayOut)
    #expect(outcome.view.decisions.last?.kind == .safetyCar)
    #expect(outcome.view.decisions.last?.compound == nil)
  }

  @Test func `tyres may be changed free under a red flag`() async throws {
    let pits = Pits(.init(safetyCar: nil, redLap: 9))
    let run = try await pits.start().simulation
    let view = try await pits.drive(run, to: 8)
    #expect(view.next?.isFreeChange == true)
    try await pits.decide(run, 9, .pit(.hard))
    let after = try await pits.advance(run).view
    #expect(after.decisions.last?.kind == .red)
    #expect(after.stops.isEmpty)
    #expect(after.tyre.compound == .hard)
    #expect(after.tyre.laps == 0)
    #expect(after.tyre.wearQuarters == 0)
  }

  @Test func `a start from a later lap takes the real tyres`() async throws {
    let pits = Pits()
    let error = await refusal(in: pits) { () throws(CommandError) in _ = try await pits.start(lap: 4, on: .soft) }
    #expect(error == .rule(.compoundChosenLate(.soft, lap: 4)))
    let late = await refusal(in: pits) { () throws(CommandError) in _ = try await pits.start(lap: 18, on: nil) }
    #expect(late == .rule(.startOutsideRace(lap: 18, possible: 1...17)))
    #expect(try await pits.start(lap: 4, on: nil).view.lap == 4)
  }

  @Test func `a run that is over takes no command`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    try await pits.decide(run, 5, .pit(.hard))
    try await pits.send(.finish(simulation: run))
    let error = await refusal(in: pits) { () throws(CommandError) in _ = try await pits.send(.abandon(simulation: run))
    }
    #expect(error == .alreadyFinished(run))
    let other = try await pits.start().simulation
    try await pits.send(.abandon(simulation: other))
    let given = await refusal(in: pits) { () throws(CommandError) in try await pits.advance(other) }
    #expect(given == .alreadyAbandoned(other))
  }

  @Test func `nobody plays somebody else's run`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let error = await refusal(in: pits) { () throws(CommandError) in
      try await pits.send(.advance(Advance(simulation: run)), by: pits.rival)
    }
    #expect(error == .notYours(run))
    let look = await refusal(in: pits) { () throws(CommandError) in
      _ = try await pits.handler.view(of: run, by: pits.rival)
    }
    #expect(look == .notYours(run))
    let missing = StreamID(high: 9, low: 9)
    let unknown = await refusal(in: pits) { () throws(CommandError) in try await pits.advance(missing) }
    #expect(unknown == .unknownSimulation(missing))
    let race = await refusal(in: pits) { () throws(CommandError) in
      try await pits.advance(StreamID(race: pits.race))
    }
    #expect(race == .unknownSimulation(StreamID(race: pits.race)))
  }

  @Test func `unknown races, drivers and accounts are named`() async throws {
    let pits = Pits()
    let other = RaceKey(season: 1950, round: 1)
    let race = await refusal(in: pits) { () throws(CommandError) in
      try await pits.send(.startSimulation(StartSimulation(race: other, driver: pits.driver)))
    }
    #expect(race == .unknownRace(other))
    let nobody = try #require(DriverCode("ZZZ"))
    let driver = await refusal(in: pits) { () throws(CommandError) in
      try await pits.send(.startSimulation(StartSimulation(race: pits.race, driver: nobody)))
    }
    #expect(driver == .unknownDriver(nobody, race: pits.race, known: Array(RandomRace.codes.prefix(5))))
    let stranger = UserID(high: 77, low: 77)
    let account = await refusal(in: pits) { () throws(CommandError) in _ = try await pits.start(by: stranger) }
    #expect(account == .unknownAccount(stranger))
  }

  @Test(arguments: [Int.min, -1, 0, Int(Int32.max) + 1, Int.max])
  func `numbers that are no laps are refused`(lap: Int) async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    for choice in [MakeDecision.Choice.pit(.hard), .stayOut, .pace(.push)] {
      let error = await refusal(in: pits) { () throws(CommandError) in try await pits.decide(run, lap, choice) }
      #expect(error != nil)
    }
    let advance = await refusal(in: pits) { () throws(CommandError) in try await pits.advance(run, to: lap) }
    #expect(advance != nil)
    let fork = await refusal(in: pits) { () throws(CommandError) in
      try await pits.send(.fork(Fork(simulation: run, lap: lap)))
    }
    #expect(fork == .forkOutsideRun(lap: lap, possible: 1...1))
    let start = await refusal(in: pits) { () throws(CommandError) in _ = try await pits.start(lap: lap, on: nil) }
    #expect(start == .rule(.startOutsideRace(lap: lap, possible: 1...17)))
    let plan = PlayPlan(
      race: pits.race, driver: pits.driver, startCompound: .medium, stops: [.init(lap: lap, compound: .hard)])
    let whole = await refusal(in: pits) { () throws(CommandError) in try await pits.send(.playPlan(plan)) }
    #expect(whole != nil)
  }
}
