import Testing

@testable import Racing

@Suite struct `The optimal window of a stop` {
  private func shape(_ seed: UInt64) -> MadeUpRace.Shape {
    var shape = MadeUpRace.shape(seed: seed)
    shape.red = nil
    if seed % 5 == 0 { shape.rules.minimumStops = 2 }
    return shape
  }

  @Test func `costs on each lap what the best run with the next stop there loses`() throws {
    var search = OptimumSearch()
    var laps = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed, shape(seed))
      let state = world.realState(atEndOf: 1 + Int(seed % 3))
      guard let best = world.optimum(from: state) else { continue }
      let window = world.nextStop(after: state)
      var expected: [StopWindow.Choice] = []
      var at = state
      for lap in (state.lap + 1)..<world.lapCount {
        guard at.wear + world.kinds[lap].wearQuarters() <= 4 * world.stintCaps[world.slot(of: at.compound)!] else {
          break
        }
        let stopped =
          lap < 2
          ? []
          : world.compounds.map {
            world.driven(at, mode: .normal, change: .init(lap: lap, compound: $0))
          }
        if let found = world.optimum(from: stopped, search: &search) {
          expected.append(.init(lap: lap, cost: found.finish - best.finish))
        }
        at = world.driven(at, mode: .normal, change: nil)
      }
      #expect(window.choices == expected, "seed \(seed)")
      #expect(window.choices.allSatisfy { $0.cost >= 0 }, "seed \(seed)")
      #expect(window.laps == expected.filter { $0.cost <= 1_000 }.map(\.lap), "seed \(seed)")
      if let next = best.plan.stops.first { #expect(window.cost(ofLap: next.lap) == 0, "seed \(seed)") }
      laps += expected.count
    }
    #expect(laps > 150)
  }

  @Test func `of a driven stop costs what the run was charged for its lap`() throws {
    var stops = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed, shape(seed))
      guard world.hasLegalFinish(world.realState(atEndOf: 1)) else { continue }
      var run = try Simulation(world: world, start: .init())
      var random = SplitMix(seed: seed)
      while !run.isFinished {
        let actions = run.legalActions(forLap: run.state.lap + 1)
        let wants = random.integer(in: 0...4) == 0 || !actions.mayStay
        #expect(run.stopWindows().isEmpty)
        try run.drive(LapCall(stop: wants ? actions.tyres.randomElement(using: &random) : nil))
      }
      let windows = run.stopWindows()
      let rows = run.charged.filter { $0.kind == .pit }
      #expect(windows.count == rows.count, "seed \(seed)")
      for (window, row) in zip(windows, rows) {
        #expect(window.cost(ofLap: row.lap) == row.charges.pit + row.charges.safetyCar, "seed \(seed), \(row)")
        stops += 1
      }
    }
    #expect(stops > 60)
  }

  @Test func `is empty where no further stop is worth a second`() throws {
    let (_, world) = try MadeUpRace.world(seed: 8, .init(laps: 14, cars: 6))
    var state = world.realState(atEndOf: world.lapCount - 2)
    state.obligationMet = true
    state.wear = 4
    state.isOutLap = false
    let window = world.nextStop(after: state)
    #expect(window.choices.map(\.lap) == [world.lapCount - 1])
    #expect(window.laps.isEmpty)
  }
}
