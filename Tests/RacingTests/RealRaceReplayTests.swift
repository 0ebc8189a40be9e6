import Synchronization
import Testing
import Timing

@testable import Racing

/// Real races, each fitted once.
private enum RealData {
  static let tables = Result { try TidyTables(directory: RealRaces.directory ?? "") }

  private static let fitted = Mutex<[String: RaceArtefact]>([:])

  static func artefact(_ id: String) throws -> RaceArtefact {
    try fitted.withLock { fitted in
      if let known = fitted[id] { return known }
      let artefact = try RaceArtefact.build(from: tables.get().race(id).record)
      fitted[id] = artefact
      return artefact
    }
  }
}

@Suite(.enabled(if: RealRaces.directory != nil, RealRaces.missing)) struct `A real race driven again` {
  /// Dry and without incident; with a safety car; wet.
  static let races = ["2024-11-austria", "2024-06-miami", "2024-09-canada"]
  /// Restarted from the grid, one of them twice.
  static let standingRestarts = ["2023-03-australia", "2023-19-mexico", "2021-10-great-britain"]

  private func leaders(_ artefact: RaceArtefact, _ count: Int) throws -> [SimulationWorld] {
    let cars = artefact.cars.filter { $0.isPlayable && ($0.position ?? .max) <= count }
    return try cars.map { try SimulationWorld(artefact: artefact, driver: $0.code) }
  }

  @Test(arguments: races)
  func `has an optimum that is the best of all plans`(id: String) throws {
    let world = try #require(try leaders(RealData.artefact(id), 4).last)
    var search = OptimumSearch()
    var brute = BruteForce(world)
    for stops in 0...1 {
      let expected = brute.best(from: world.startStates, stops: stops)
      let found = world.optimum(from: world.startStates, options: .init(exactStops: stops), search: &search)
      #expect(found?.finish == expected, "\(stops) stops")
    }
    let lap = 8
    let state = world.realState(atEndOf: lap)
    let expected = brute.best(from: [state], stops: 2)
    let found = world.optimum(from: [state], options: .init(exactStops: 2), search: &search)
    #expect(found?.finish == expected, "2 stops from lap \(lap)")
    #expect(brute.plans > 400)
  }

  @Test(arguments: races + standingRestarts)
  func `has an optimum that its plan reaches and nobody beats`(id: String) throws {
    var search = OptimumSearch()
    var random = SplitMix(seed: 11)
    for world in try leaders(RealData.artefact(id), 3) {
      let best = try #require(world.optimum(from: world.startStates, search: &search))
      let start = world.start(on: best.plan.startCompound) ?? world.realState(atEndOf: 1)
      #expect(world.finish(of: best.plan, from: start) == best.finish)
      let starts = world.startStates.filter { world.hasLegalFinish($0) }
      for _ in 0..<100 {
        let from = starts[random.integer(in: 0...starts.count - 1)]
        let end = world.randomFinish(from: from, stopsWanted: random.integer(in: 1...3), &random)
        #expect(end.elapsed >= best.finish)
      }
    }
  }

  @Test(arguments: races)
  func `charges its real plan what the plan lost`(id: String) throws {
    let world = try #require(try leaders(RealData.artefact(id), 1).first)
    var run = try Simulation(world: world, start: .init())
    while !run.isFinished {
      try run.drive(LapCall(stop: world.realPlan.change(atEndOf: run.state.lap + 1)?.compound))
    }
    #expect(run.charged.allSatisfy { $0.charges.tyre >= 0 && $0.charges.pit >= 0 && $0.charges.safetyCar >= 0 })
    #expect(run.charged.reduce(0) { $0 + $1.regret } == run.state.elapsed - run.optimum)
    #expect(try #require(run.score()).place <= 5)
  }

  @Test(arguments: ["2024-11-austria", "2024-06-miami"])
  func `makes nobody stop on the last two laps`(id: String) throws {
    var search = OptimumSearch()
    for world in try leaders(RealData.artefact(id), 10) {
      let best = try #require(world.optimum(from: world.startStates, search: &search))
      #expect(best.plan.stops.allSatisfy { $0.lap < world.lapCount - 2 }, "\(world.driver): \(best.plan)")
    }
  }

  @Test(arguments: standingRestarts)
  func `keeps the stoppages of a red flag`(id: String) throws {
    let worlds = try leaders(RealData.artefact(id), 10)
    #expect(worlds.count >= 9)
    let errors = worlds.map { abs($0.replayReal() - $0.realElapsed[$0.lapCount]) }
    #expect(try #require(median(errors)) < 12_000)
    #expect(try #require(errors.max()) < 40_000)
    for world in worlds {
      for lap in 2...world.lapCount where world.kinds[lap] == .red {
        let before = world.realState(atEndOf: lap - 1)
        let end = world.driven(before, mode: .normal, change: nil).elapsed
        #expect(abs(end - world.realElapsed[lap]) < 20_000, "\(world.driver), lap \(lap)")
      }
    }
  }

  @Test func `stays behind the safety car to the last of its laps`() throws {
    let winner = try #require(try leaders(RealData.artefact("2021-22-abu-dhabi"), 1).first)
    #expect(winner.kinds.indices.filter { winner.kinds[$0] == .safetyCar } == Array(53...57))
    #expect(winner.kinds.contains(.virtualSafetyCar))
    #expect(LapKind(trackStatus: "671") == .virtualSafetyCar && LapKind(trackStatus: "64") == .safetyCar)
  }
}
