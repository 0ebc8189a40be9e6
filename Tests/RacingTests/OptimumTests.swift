import Testing

@testable import Racing

@Suite struct `The optimum of a made-up race` {
  /// Shapes that must occur, and then whatever the seeds bring.
  private func shape(_ seed: UInt64) -> MadeUpRace.Shape {
    var shape = MadeUpRace.shape(seed: seed)
    switch seed % 6 {
    case 0: shape.safetyCar = 5...7
    case 1: shape.isWet = true
    case 2: shape.rules.minimumStops = 2
    case 3: shape.rules.maximumStintLaps = 8
    default: break
    }
    return shape
  }

  @Test func `is the best of all legal plans with one or two stops`() throws {
    var plans = 0
    var search = OptimumSearch()
    for seed in 1...36 as ClosedRange<UInt64> {
      let (artefact, world) = try MadeUpRace.world(seed: seed, shape(seed))
      var brute = BruteForce(world, reference: LapStepReference(artefact, driver: world.driver))
      for stops in 0...2 {
        let expected = brute.best(from: world.startStates, stops: stops)
        let found = world.optimum(from: world.startStates, options: .init(exactStops: stops), search: &search)
        #expect(found?.finish == expected, "seed \(seed), \(stops) stops")
        if let found { #expect(found.plan.stops.count == stops, "seed \(seed)") }
      }
      plans += brute.plans
    }
    #expect(plans > 20_000)
  }

  @Test func `is the best of all legal plans from any later lap`() throws {
    var search = OptimumSearch()
    for seed in 101...130 as ClosedRange<UInt64> {
      let (artefact, world) = try MadeUpRace.world(seed: seed, shape(seed))
      var brute = BruteForce(world, reference: LapStepReference(artefact, driver: world.driver))
      let state = world.realState(atEndOf: 2 + Int(seed % UInt64(world.lapCount - 4)))
      for stops in 0...2 {
        let expected = brute.best(from: [state], stops: stops)
        let found = world.optimum(from: [state], options: .init(exactStops: stops), search: &search)
        #expect(found?.finish == expected, "seed \(seed), \(stops) stops from lap \(state.lap)")
      }
    }
  }

  @Test func `is reached when its plan is driven`() throws {
    var search = OptimumSearch()
    for seed in 1...150 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed, shape(seed))
      for modes in [false, true] {
        let options = OptimumOptions(allowsModes: modes)
        guard let found = world.optimum(from: world.startStates, options: options, search: &search) else { continue }
        let start = world.start(on: found.plan.startCompound) ?? world.realState(atEndOf: 1)
        #expect(world.finish(of: found.plan, from: start) == found.finish, "seed \(seed), modes \(modes)")
        var state = start
        while state.lap < world.lapCount {
          let lap = state.lap + 1
          let change = found.plan.change(atEndOf: lap)
          let mode = found.plan.mode(on: lap)
          #expect(throws: Never.self) {
            try world.check(state, mode: mode, stop: change?.compound, allowsModes: modes)
          }
          state = world.driven(state, mode: mode, change: change)
        }
        #expect(state.obligationMet && state.stopsTowardsMinimum == world.rules.minimumStops, "seed \(seed)")
      }
    }
  }

  @Test func `is never beaten by a plan of legal calls made at random`() throws {
    var search = OptimumSearch()
    var closest = Int64.max
    for seed in 1...200 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed, shape(seed))
      let starts = world.startStates.filter { world.hasLegalFinish($0) }
      guard let best = world.optimum(from: starts, search: &search) else { continue }
      var random = SplitMix(seed: seed)
      for _ in 0..<50 {
        let start = starts[random.integer(in: 0...starts.count - 1)]
        let wanted = random.integer(in: 0...3)
        let end = world.randomFinish(from: start, stopsWanted: wanted, &random)
        #expect(end.obligationMet && end.stopsTowardsMinimum == world.rules.minimumStops, "seed \(seed)")
        closest = min(closest, end.elapsed - best.finish)
      }
    }
    #expect(closest == 0)
  }

  @Test func `does not change when stops are counted and may be as many as it likes`() throws {
    var search = OptimumSearch()
    for seed in 1...120 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed, shape(seed))
      let free = world.optimum(from: world.startStates, search: &search)
      let counted = world.optimum(
        from: world.startStates, options: .init(maximumStops: world.lapCount), search: &search)
      #expect(free?.finish == counted?.finish, "seed \(seed)")
      let exact = (0...5).compactMap {
        world.optimum(from: world.startStates, options: .init(exactStops: $0), search: &search)?.finish
      }
      #expect(exact.min() == free?.finish, "seed \(seed)")
    }
  }

  @Test func `is no later in free air and no later with push and save`() throws {
    var search = OptimumSearch()
    for seed in 1...60 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed, shape(seed))
      guard let plain = world.optimum(from: world.startStates, search: &search) else { continue }
      let alone = world.optimum(from: world.startStates, options: .init(freeAir: true), search: &search)
      let modes = world.optimum(from: world.startStates, options: .init(allowsModes: true), search: &search)
      #expect(try #require(alone).finish <= plain.finish, "seed \(seed)")
      #expect(try #require(modes).finish <= plain.finish, "seed \(seed)")
    }
  }
}
