import Commands
import Events
import Racing
import Testing

/// A live run shows nothing that tells what is still to come.
struct BlindnessTests {
  @Test func `regrets appear at the flag and not before`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    try await pits.decide(run, 5, .pit(.hard))
    let during = try await pits.drive(run, to: 14)
    #expect(during.decisions.count == 2)
    #expect(during.decisions.allSatisfy { $0.regret == nil && $0.isOptimal == nil })
    #expect(during.result == nil)
    let after = try await pits.send(.finish(simulation: run)).view
    #expect(after.decisions.map(\.kind) == [.start, .pit, .finish])
    #expect(after.decisions.allSatisfy { $0.regret != nil && $0.isOptimal != nil })
    let result = try #require(after.result)
    #expect(result.finished.total - result.finished.toOptimum == result.optimum)
    #expect(after.next == nil)
  }

  @Test func `an abandoned run shows them`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let view = try await pits.send(.abandon(simulation: run)).view
    #expect(view.status == .abandoned)
    #expect(view.decisions.allSatisfy { $0.regret != nil })
    #expect(view.result == nil)
  }

  @Test func `with everything shown regrets appear at once`() async throws {
    let pits = Pits()
    let view = try await pits.start(mode: .hindsight).view
    #expect(view.decisions.map { $0.regret != nil } == [true])
  }

  @Test func `the optimal plan of the answer reaches the optimum`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    try await pits.decide(run, 6, .pit(.hard))
    let result = try #require(try await pits.send(.finish(simulation: run)).view.result)
    let stops = result.optimalPlan.changes.map { PlayPlan.Stop(lap: $0.lap, compound: $0.compound) }
    let plan = PlayPlan(
      race: pits.race, driver: pits.driver, startCompound: result.optimalPlan.startCompound, stops: stops)
    let best = try await pits.send(.playPlan(plan)).view.result
    #expect(best?.finished.total == result.optimum)
    #expect(best?.finished.toOptimum == 0)
    #expect(best?.finished.iq == 10_000)
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `races that are alike up to a lap look alike up to it`(seed: UInt64) async throws {
    let calm = Pits(seed: seed, .init(safetyCar: nil, caps: [30, 30, 30]))
    let wild = Pits(seed: seed, .init(safetyCar: 12...14, caps: [30, 30, 30]))
    var runs = (calm: try await calm.start(), wild: try await wild.start())
    for lap in 2...10 {
      if lap == 6 {
        runs = (
          try await calm.decide(runs.calm.simulation, 6, .pit(.hard)),
          try await wild.decide(runs.wild.simulation, 6, .pit(.hard))
        )
        #expect(unnamed(runs.calm.view) == unnamed(runs.wild.view), "seed \(seed), lap \(lap)")
      }
      runs = (try await calm.advance(runs.calm.simulation), try await wild.advance(runs.wild.simulation))
      #expect(unnamed(runs.calm.view) == unnamed(runs.wild.view), "seed \(seed), lap \(lap)")
    }
    let calmEnd = try #require(try await calm.send(.finish(simulation: runs.calm.simulation)).view.result)
    let wildEnd = try #require(try await wild.send(.finish(simulation: runs.wild.simulation)).view.result)
    #expect(calmEnd.optimum != wildEnd.optimum, "the races differ, and the end shows it")
  }

  @Test func `the race so far ends with the last lap driven`() async throws {
    let calm = Pits(.init(safetyCar: nil, caps: [30, 30, 30]))
    let wild = Pits(.init(safetyCar: 12...14, caps: [30, 30, 30]))
    let runs = (try await calm.start().simulation, try await wild.start().simulation)
    for lap in 3...9 {
      try await calm.advance(runs.0)
      try await wild.advance(runs.1)
      var races = (
        try await calm.handler.raceSoFar(of: runs.0, by: calm.player),
        try await wild.handler.raceSoFar(of: runs.1, by: wild.player)
      )
      races.0.simulation = races.1.simulation
      #expect(races.0 == races.1)
      #expect(races.0.lap == lap - 1)
      #expect(races.0.kinds.count == lap - 1)
      #expect(races.0.cars.allSatisfy { $0.elapsed.count <= lap - 1 })
      #expect(races.0.cars.allSatisfy { $0.sets.allSatisfy { $0.lastLap <= lap - 1 } })
    }
    await #expect(throws: CommandError.notYours(runs.0)) {
      try await calm.handler.raceSoFar(of: runs.0, by: calm.rival)
    }
  }

  @Test func `the tower is the field at the line`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    try await pits.decide(run, 5, .pit(.hard))
    for lap in [5, 6, 12] {
      let view = try await pits.drive(run, to: lap)
      let race = try await pits.handler.raceSoFar(of: run, by: pits.player)
      let own = try #require(view.tower.first { $0.driver == view.driver })
      #expect(view.tower.count == race.cars.count)
      #expect(own.place == view.place && own.gap == 0 && own.lapTime == view.lapTime)
      #expect(own.stopCount == (lap > 5 ? 1 : 0))
      #expect(own.isInLane == (lap == 5))
      #expect(own.compound == race.cars[0].sets.last?.compound)
      let running = view.tower.compactMap(\.gap)
      #expect(running == running.sorted())
      #expect(view.tower.compactMap(\.place) == Array(1...running.count))
      #expect(view.ahead?.milliseconds == running.last { $0 < 0 }.map { -$0 })
      for row in view.tower {
        let car = try #require(race.cars.first { $0.driver == row.driver })
        let end = car.elapsed.count < lap ? nil : car.elapsed[lap - 1]
        #expect(row.gap == end.map { $0 - view.elapsed })
      }
    }
  }

  /// The view without the one thing that differs between any two runs.
  private func unnamed(_ view: SimulationView) -> SimulationView {
    var view = view
    view.simulation = StreamID(high: 0, low: 0)
    return view
  }
}
