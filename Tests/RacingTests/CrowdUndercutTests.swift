import Testing

@testable import Racing

@Suite struct `What an undercut wins` {
  @Test func `is the sum of old tyres against new ones, lap by lap`() throws {
    var compared = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      let (artefact, world) = try MadeUpRace.world(seed: seed)
      let car = try #require(artefact.cars.firstIndex { $0.code == world.driver })
      let table = try #require(artefact.paces[car])
      var random = SplitMix(seed: seed)
      for _ in 0..<40 {
        let lap = random.integer(in: 2...world.lapCount - 2)
        let laps = random.integer(in: 1...world.lapCount - 1 - lap)
        let (old, new) = (random.integer(in: 0...2), random.integer(in: 0...2))
        let wear = random.integer(in: 0...8)
        let found = try #require(
          world.undercutDelta(
            stoppingOn: lap, by: laps, onto: artefact.compounds[new], against: artefact.compounds[old], wear: wear))
        let isRacing = (lap + 1...lap + laps).allSatisfy { [.green, .yellow].contains(world.kinds[$0]) }
        #expect(found.isNeutralised == !isRacing)
        guard isRacing, wear + 4 * laps < table.wearCount else {
          if !isRacing { #expect(found.milliseconds == 0) }
          continue
        }
        var expected: Int64 = 0
        for later in 1...laps {
          expected += table.milliseconds(slot: old, wear: wear + 4 * later, lap: lap + later)
          expected -= table.milliseconds(slot: new, wear: 4 * later, lap: lap + later)
        }
        #expect(found.milliseconds == expected, "seed \(seed), lap \(lap) by \(laps)")
        compared += 1
      }
    }
    #expect(compared > 500)
  }

  @Test func `is unknown beyond the race and for tyres nobody used`() throws {
    let world = try MadeUpRace.world(seed: 3, .init(laps: 15)).world
    func delta(_ lap: Int, _ laps: Int, _ new: Compound = .hard, _ old: Compound = .soft, wear: Int = 8)
      -> UndercutDelta?
    {
      world.undercutDelta(stoppingOn: lap, by: laps, onto: new, against: old, wear: wear)
    }
    let end = world.lapCount
    #expect(delta(end - 2, 1) != nil)
    #expect(delta(end - 1, 1) == nil)
    #expect(delta(end - 3, 3) == nil)
    #expect(delta(0, 1) == nil)
    #expect(delta(4, 0) == nil)
    #expect(delta(4, 1, .wet) == nil)
    #expect(delta(4, 1, .hard, .intermediate) == nil)
    #expect(delta(4, 1, wear: -1) == nil)
  }

  @Test func `is what the reference says wherever nothing is neutralised, and nothing where something is`() throws {
    var (compared, neutralised) = (0, 0)
    for seed in 1...40 as ClosedRange<UInt64> {
      let artefact = MadeUpRace.artefact(seed: seed)
      let world = try fourthFinisher(artefact)
      let undercuts = StopReference(of: artefact).undercuts
      let plan = try #require(world.optimumOverStarts()?.plan ?? world.optimum(from: world.realState(atEndOf: 1))?.plan)
      var state = world.start(on: plan.startCompound) ?? world.realState(atEndOf: 1)
      while state.lap + 2 < world.lapCount {
        let lap = state.lap + 1
        if !world.kinds[lap + 1].isRacing {
          #expect(undercuts[lap] == 0)
          neutralised += 1
        } else if let next = plan.changes.first(where: { $0.lap >= lap }) ?? plan.changes.last {
          let wear = state.wear + world.kinds[lap].wearQuarters()
          let delta = world.undercutDelta(stoppingOn: lap, onto: next.compound, against: state.compound, wear: wear)
          #expect(undercuts[lap] == delta?.milliseconds, "seed \(seed), lap \(lap)")
          compared += 1
        }
        state = world.driven(state, mode: .normal, change: plan.change(atEndOf: lap))
      }
    }
    #expect(compared > 200)
    #expect(neutralised > 20)
  }

  private func fourthFinisher(_ artefact: RaceArtefact) throws -> SimulationWorld {
    let cars = artefact.cars.filter { $0.isPlayable && ($0.position ?? 99) <= 10 }
    let order = cars.sorted { ($0.position ?? 99) < ($1.position ?? 99) }
    return try SimulationWorld(artefact: artefact, driver: order[min(3, order.count - 1)].code)
  }
}
