import Commands
import Events
import Racing
import Testing

/// What counts for the rankings and what is practice.
struct RankTests {
  private func finish(_ pits: Pits, _ start: CommandOutcome, by actor: UserID? = nil) async throws -> SimulationFinished
  {
    let decision = MakeDecision(simulation: start.simulation, lap: 5, choice: .pit(.hard))
    try await pits.send(.makeDecision(decision), by: actor)
    let view = try await pits.send(.finish(simulation: start.simulation), by: actor).view
    return try #require(view.result?.finished)
  }

  @Test func `a live whole race of a signed-in or synthetic account is ranked`() async throws {
    let pits = Pits()
    for actor in [pits.player, pits.bot] {
      let start = try await pits.start(by: actor)
      #expect(start.view.isRanked)
      #expect(try await finish(pits, start, by: actor).isRanked)
    }
  }

  @Test func `guests, later starts, hindsight and modesty are practice`() async throws {
    let pits = Pits()
    let starts = [
      try await pits.start(lap: 2, on: nil), try await pits.start(mode: .hindsight),
      try await pits.start(wantsRank: false),
    ]
    for start in starts {
      #expect(!start.view.isRanked)
      #expect(try await !finish(pits, start).isRanked)
    }
    let guest = try await pits.start(by: pits.guest)
    #expect(!guest.view.isRanked)
    #expect(try await !finish(pits, guest, by: pits.guest).isRanked)
  }

  @Test func `whoever was shown something of the race plays for practice`() async throws {
    let pits = Pits()
    pits.history.set(PlayerStanding(kind: .registered, hasSeenRace: true), for: pits.rival)
    #expect(try await !pits.start(by: pits.rival).view.isRanked)
    let before = try await pits.start()
    pits.history.set(PlayerStanding(kind: .registered, hasSeenRace: true), for: pits.player)
    #expect(before.view.isRanked)
    #expect(try await !finish(pits, before).isRanked, "it was shown while the run went on")
  }

  @Test func `whoever is banned plays for practice`() async throws {
    let pits = Pits()
    let before = try await pits.start()
    pits.history.set(PlayerStanding(kind: .registered, isBanned: true), for: pits.player)
    #expect(try await !finish(pits, before).isRanked, "the ban came while the run went on")
    #expect(try await !pits.start().view.isRanked)
  }

  @Test func `the attempt counts the other runs`() async throws {
    let pits = Pits()
    #expect(try await finish(pits, try await pits.start()).attempt == 1)
    pits.history.set(PlayerStanding(kind: .registered, otherRuns: 4), for: pits.player)
    #expect(try await finish(pits, try await pits.start()).attempt == 5)
  }

  @Test func `the record of a finish tells the plan`() async throws {
    let pits = Pits()
    let first = try await finish(pits, try await pits.start())
    #expect(first.startCompound == .medium)
    #expect(first.stops == [.init(lap: 5, compound: .hard)])
    #expect(first.stopCount == 1)
    #expect(first.safetyCarReaction != nil)
    #expect(try await finish(pits, try await pits.start()).plan == first.plan)
    #expect(try await finish(pits, try await pits.start(on: .soft)).plan != first.plan)
  }

  @Test func `saying stay out does not make another plan`() async throws {
    let pits = Pits()
    let first = try await finish(pits, try await pits.start())
    let run = try await pits.start().simulation
    try await pits.decide(run, 5, .pit(.hard))
    try await pits.drive(run, to: 7)
    try await pits.decide(run, 8, .stayOut)
    let second = try #require(try await pits.send(.finish(simulation: run)).view.result?.finished)
    #expect(second.plan == first.plan)
    #expect(second.total == first.total)
  }
}
