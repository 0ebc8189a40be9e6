import Testing

@testable import Racing

@Suite struct `The regrets of a run` {
  private func play(_ world: SimulationWorld, allowsModes: Bool, _ random: inout SplitMix) throws -> Simulation {
    let starts = world.startStates.filter { world.hasLegalFinish($0, allowsModes: allowsModes) }
    let isChosen = !world.startIsFixed && random.integer(in: 0...1) == 0
    let compound = isChosen ? starts[random.integer(in: 0...starts.count - 1)].compound : nil
    var run = try Simulation(world: world, start: .init(compound: compound), allowsModes: allowsModes)
    while !run.isFinished {
      let actions = run.legalActions(forLap: run.state.lap + 1)
      let mode = random.integer(in: 0...3) == 0 ? actions.modes.randomElement(using: &random) : nil
      let legal = ([nil] + actions.tyres.map(Optional.some)).filter {
        world.isLegal(run.state, mode ?? run.state.mode, $0, allowsModes)
      }
      let calls = legal.isEmpty ? [] : random.integer(in: 0...4) > 0 && legal[0] == nil ? [legal[0]] : legal
      guard let stop = calls.randomElement(using: &random) else {
        let rescue = try #require(actions.modes.first { $0 != run.state.mode })
        let stop = ([nil] + actions.tyres.map(Optional.some)).first {
          world.isLegal(run.state, rescue, $0, allowsModes)
        }
        try run.drive(LapCall(stop: try #require(stop), mode: rescue))
        continue
      }
      try run.drive(LapCall(stop: stop, mode: mode, saysStay: random.integer(in: 0...1) == 0))
    }
    return run
  }

  @Test(arguments: [false, true])
  func `are never negative and add up to what the run lost`(allowsModes: Bool) throws {
    var runs = 0
    var total: Int64 = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed)
      guard world.optimum(from: world.realState(atEndOf: 1), allowsModes: allowsModes) != nil else { continue }
      var random = SplitMix(seed: seed)
      for _ in 0..<(allowsModes ? 1 : 4) {
        let run = try play(world, allowsModes: allowsModes, &random)
        for row in run.charged {
          let parts = [row.charges.tyre, row.charges.safetyCar, row.charges.pit]
          #expect(parts.allSatisfy { $0 >= 0 }, "seed \(seed), \(row)")
          #expect(parts.reduce(0, +) == row.regret)
        }
        let lost = run.state.elapsed - run.optimum
        #expect(run.charged.reduce(0) { $0 + $1.regret } == lost, "seed \(seed)")
        #expect(run.charged.count { $0.kind == .finish } == 1)
        let score = try #require(run.score())
        #expect(score.toOptimum == lost && score.regrets.total == lost && score.total == run.state.elapsed)
        if !world.hasNeutralisation { #expect(score.regrets.safetyCar == 0 && score.parts.safetyCarReaction == nil) }
        total += lost
        runs += 1
      }
    }
    #expect(runs > 20)
    #expect(total > 0)
  }

  @Test(arguments: [false, true])
  func `are all zero on the best plan, whose IQ is full`(allowsModes: Bool) throws {
    for seed in 1...40 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed)
      let any = world.optimumOverStarts(allowsModes: allowsModes)
      guard let best = any ?? world.optimum(from: world.realState(atEndOf: 1), allowsModes: allowsModes) else {
        continue
      }
      let start = SimulationStart(compound: world.startIsFixed ? nil : best.plan.startCompound)
      var run = try Simulation(world: world, start: start, allowsModes: allowsModes)
      var mode = PaceMode.normal
      while !run.isFinished {
        let lap = run.state.lap + 1
        let planned = best.plan.mode(on: lap)
        try run.drive(
          LapCall(stop: best.plan.change(atEndOf: lap)?.compound, mode: planned == mode ? nil : planned))
        mode = planned
      }
      #expect(run.state.elapsed == best.finish, "seed \(seed)")
      #expect(run.charged.allSatisfy { $0.regret == 0 && $0.isOptimal }, "seed \(seed)")
      let score = try #require(run.score())
      #expect(score.iq == 10_000 && score.parts.raw == 10_000 && score.toOptimum == 0, "seed \(seed)")
    }
  }

  @Test func `of a fork and of a later start add up from there`() throws {
    for seed in 1...30 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed)
      guard world.hasLegalFinish(world.realState(atEndOf: 1)) else { continue }
      var random = SplitMix(seed: seed)
      let parent = try play(world, allowsModes: false, &random)
      let lap = random.integer(in: 1...world.lapCount - 1)
      var fork = try parent.fork(atLap: lap)
      #expect(fork.state.elapsed == parent.path[lap], "seed \(seed)")
      #expect(fork.optimum <= parent.state.elapsed, "seed \(seed)")
      while !fork.isFinished {
        try fork.drive(LapCall(stop: parent.plan.change(atEndOf: fork.state.lap + 1)?.compound))
      }
      #expect(fork.path == parent.path, "seed \(seed)")
      #expect(fork.charged.reduce(0) { $0 + $1.regret } == fork.state.elapsed - fork.optimum, "seed \(seed)")
    }
  }

  @Test func `compare simulated with simulated: the real plan driven again is level with itself`() throws {
    var compared = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed)
      guard world.hasLegalFinish(world.realState(atEndOf: 1)) else { continue }
      var run = try Simulation(world: world, start: .init())
      var isLegal = true
      while isLegal, !run.isFinished {
        let stop = world.realPlan.change(atEndOf: run.state.lap + 1)?.compound
        isLegal = world.isLegal(run.state, .normal, stop, false)
        if isLegal { try run.drive(LapCall(stop: stop)) }
      }
      guard let score = run.score() else { continue }
      #expect(score.toReal == 0, "seed \(seed)")
      #expect(score.replayError == abs(run.state.elapsed - world.realElapsed[world.lapCount]), "seed \(seed)")
      for lap in 1...world.lapCount {
        let error = abs(run.path[lap] - world.realElapsed[lap])
        #expect(world.replayError(fromLap: 1, toLap: lap) == error, "seed \(seed), lap \(lap)")
      }
      compared += 1
    }
    #expect(compared > 10)
  }

  @Test func `begin from the real age of a used set`() throws {
    var used = 0
    for seed in 1...20 as ClosedRange<UInt64> {
      let (artefact, world) = try MadeUpRace.world(seed: seed)
      let age = try #require(artefact.cars.first { $0.code == world.driver }).stints[0].ageAtStart
      let state = world.realState(atEndOf: 1)
      #expect(state.lapsOnSet == age + 1 && state.wear == 4 * age + world.kinds[1].wearQuarters(), "seed \(seed)")
      used += age > 0 ? 1 : 0
    }
    #expect(used > 0)
  }
}
