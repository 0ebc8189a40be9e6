import Commands
import Events
import Racing
import Testing

/// A fork is a run of its own that begins where another one was.
struct ForkTests {
  private func parent(_ pits: Pits) async throws -> StreamID {
    let run = try await pits.start().simulation
    try await pits.decide(run, 5, .pit(.hard))
    try await pits.drive(run, to: 12)
    return run
  }

  @Test func `it begins with the car as it was and nothing charged`() async throws {
    let pits = Pits()
    let run = try await parent(pits)
    let fork = try await pits.send(.fork(Fork(simulation: run, lap: 9))).view
    #expect(fork.forkOf == run)
    #expect(fork.lap == 9)
    #expect(fork.startLap == 9)
    #expect(fork.tyre.compound == .hard)
    #expect(fork.tyre.laps == 4)
    #expect(fork.tyre.wearQuarters == 10, "two green laps and two behind the safety car")
    #expect(fork.decisions.isEmpty)
    #expect(!fork.isRanked)
    let events = try await pits.events(of: fork.simulation)
    #expect(events.count == 1, "the parent's decisions are not recorded again")
  }

  @Test func `playing on alike ends alike`() async throws {
    let pits = Pits()
    let run = try await parent(pits)
    let fork = try await pits.send(.fork(Fork(simulation: run, lap: 9))).simulation
    let original = try #require(try await pits.send(.finish(simulation: run)).view.result?.finished)
    let copy = try #require(try await pits.send(.finish(simulation: fork)).view.result?.finished)
    #expect(copy.total == original.total)
    #expect(copy.toOptimum <= original.toOptimum, "what the parent lost before the fork is not charged again")
    #expect(copy.stopCount == 0)
  }

  @Test func `a fork of a fork is folded from all its ancestors`() async throws {
    let pits = Pits()
    let run = try await parent(pits)
    let fork = try await pits.send(.fork(Fork(simulation: run, lap: 9))).simulation
    try await pits.drive(fork, to: 11)
    try await pits.decide(fork, 12, .pit(.soft))
    try await pits.drive(fork, to: 14)
    let second = try await pits.send(.fork(Fork(simulation: fork, lap: 13))).view
    let folded = try await pits.secondServer().handler.view(of: second.simulation, by: pits.player)
    #expect(folded == second)
    #expect(folded.tyre.compound == .soft)
    #expect(folded.stops.map(\.lap) == [5, 12])
  }

  @Test func `only laps that were driven can be forked after, and only one's own runs`() async throws {
    let pits = Pits()
    let run = try await parent(pits)
    for lap in [-1, 0, 13, 18, 19] {
      await #expect(throws: CommandError.forkOutsideRun(lap: lap, possible: 1...12)) {
        try await pits.send(.fork(Fork(simulation: run, lap: lap)))
      }
    }
    await #expect(throws: CommandError.notYours(run)) {
      try await pits.send(.fork(Fork(simulation: run, lap: 5)), by: pits.rival)
    }
    try await pits.send(.finish(simulation: run))
    #expect(try await pits.send(.fork(Fork(simulation: run, lap: 17))).view.lap == 17)
    await #expect(throws: CommandError.forkOutsideRun(lap: 18, possible: 1...17)) {
      try await pits.send(.fork(Fork(simulation: run, lap: 18)))
    }
  }

  @Test func `what is decided for the next lap stays with the parent`() async throws {
    let pits = Pits()
    let run = try await pits.start(offersPace: true).simulation
    try await pits.drive(run, to: 4)
    try await pits.decide(run, 5, .pace(.push))
    try await pits.decide(run, 5, .pit(.hard))
    let fork = try await pits.send(.fork(Fork(simulation: run, lap: 4))).view
    #expect(fork.next?.decided == nil)
    #expect(fork.pace == .normal)
  }
}
