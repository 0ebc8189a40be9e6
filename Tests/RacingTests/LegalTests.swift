import Testing

@testable import Racing

@Suite struct `The rules of a made-up race` {
  /// Whether a legal finish can be reached, by trying everything.
  private func hasFinish(_ world: SimulationWorld, _ state: RunState) -> Bool {
    let slot = world.slot(of: state.compound)!
    if state.wear > 4 * world.stintCaps[slot] { return false }
    if let limit = world.rules.maximumStintLaps, state.lapsOnSet > limit { return false }
    guard state.lap < world.lapCount else {
      return state.obligationMet && state.stopsTowardsMinimum == world.rules.minimumStops
    }
    let lap = state.lap + 1
    var stayed = state
    stayed.pass(lap: lap, end: state.elapsed, kind: world.kinds[lap])
    if stayed.wear > 4 * world.stintCaps[slot] { return false }
    if let limit = world.rules.maximumStintLaps, stayed.lapsOnSet > limit { return false }
    if hasFinish(world, stayed) { return true }
    let isRed = world.kinds[lap] == .red
    guard isRed ? world.kinds[lap - 1] != .red : (2..<world.lapCount).contains(lap) else { return false }
    return world.compounds.contains { compound in
      var changed = stayed
      let change = Plan.Change(lap: lap, compound: compound, isFree: isRed)
      changed.fit(change, minimumStops: world.rules.minimumStops)
      return hasFinish(world, changed)
    }
  }

  private func shape(_ seed: UInt64) -> MadeUpRace.Shape {
    var shape = MadeUpRace.shape(seed: seed)
    shape.laps = 8
    shape.caps = [3, 4, 5]
    shape.safetyCar = seed % 3 == 0 ? 4...5 : nil
    shape.virtualSafetyCar = nil
    shape.red = seed % 3 == 1 ? 4...4 + Int(seed % 2) : nil
    shape.rules.minimumStops = Int(seed % 4)
    shape.rules.maximumStintLaps = seed % 5 == 0 ? 3 : nil
    return shape
  }

  @Test func `offer exactly what a legal finish can be reached from`() throws {
    var legal = 0
    var illegal = 0
    for seed in 1...60 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed, shape(seed))
      var random = SplitMix(seed: seed)
      for _ in 0..<60 {
        let state = RunState(
          lap: random.integer(in: 1...world.lapCount), elapsed: 0,
          compound: world.compounds[random.integer(in: 0...2)], wear: random.integer(in: 0...20),
          lapsOnSet: random.integer(in: 0...4), obligationMet: random.integer(in: 0...1) == 0,
          stopsTowardsMinimum: random.integer(in: 0...world.rules.minimumStops), isOutLap: false, stops: 0,
          mode: .normal)
        let expected = hasFinish(world, state)
        #expect(world.hasLegalFinish(state) == expected, "seed \(seed), \(state)")
        if expected { legal += 1 } else { illegal += 1 }
      }
    }
    #expect(legal > 500 && illegal > 500)
  }

  @Test func `allow no stop after lap 1, at the flag or under a red flag`() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      var shape = MadeUpRace.shape(seed: seed)
      if seed % 2 == 0 { shape.red = 6...7 }
      let (_, world) = try MadeUpRace.world(seed: seed, shape)
      for lap in 1..<world.lapCount {
        let state = world.realState(atEndOf: lap)
        let actions = world.legalActions(after: state)
        let next = lap + 1
        if next == world.lapCount, world.kinds[next] != .red { #expect(actions.tyres.isEmpty, "seed \(seed)") }
        guard world.kinds[next] == .red else {
          #expect(!actions.isFreeChange)
          continue
        }
        let isFirst = world.kinds[lap] != .red
        #expect(actions.isFreeChange == isFirst, "seed \(seed), lap \(next)")
        if !isFirst { #expect(actions.tyres.isEmpty, "seed \(seed), lap \(next)") }
      }
    }
    #expect(TyreChange(kinds: [.green, .green, .green, .green], lap: 1, lapCount: 3) == .none)
    #expect(TyreChange(kinds: [.green, .green, .green, .green], lap: 2, lapCount: 3) == .stop)
    #expect(TyreChange(kinds: [.green, .green, .green, .green], lap: 3, lapCount: 3) == .none)
    #expect(TyreChange(kinds: [.green, .red, .green, .red, .red, .green], lap: 1, lapCount: 5) == .free)
    #expect(TyreChange(kinds: [.green, .red, .green, .red, .red, .green], lap: 3, lapCount: 5) == .free)
    #expect(TyreChange(kinds: [.green, .red, .green, .red, .red, .green], lap: 4, lapCount: 5) == .none)
  }

  @Test func `charge a change under a red flag as no stop`() throws {
    var shape = MadeUpRace.Shape(laps: 14, cars: 6)
    shape.red = 6...7
    let (_, world) = try MadeUpRace.world(seed: 3, shape)
    let before = world.realState(atEndOf: 5)
    let other = try #require(world.compounds.first { $0 != before.compound })
    let after = world.driven(before, mode: .normal, change: .init(lap: 6, compound: other, isFree: true))
    let stayed = world.driven(before, mode: .normal, change: nil)
    #expect(after.elapsed == stayed.elapsed && after.stops == before.stops && !after.isOutLap)
    #expect(after.obligationMet && after.wear == 0)
  }

  @Test func `bind the best plan`() throws {
    var search = OptimumSearch()
    for seed in 1...40 as ClosedRange<UInt64> {
      var shape = MadeUpRace.shape(seed: seed)
      shape.isWet = false
      shape.rules.minimumStops = Int(seed % 4)
      shape.rules.maximumStintLaps = seed % 2 == 0 ? 6 : nil
      let (_, world) = try MadeUpRace.world(seed: seed, shape)
      guard let best = world.optimum(from: world.startStates, search: &search) else { continue }
      let sets = [best.plan.startCompound] + best.plan.changes.map(\.compound)
      #expect(Set(sets).count >= 2, "seed \(seed)")
      #expect(best.plan.stops.count >= world.rules.minimumStops, "seed \(seed)")
      let ends = best.plan.changes.map(\.lap) + [world.lapCount]
      let stints = zip([0] + ends, ends).map { $1 - $0 }
      if let limit = world.rules.maximumStintLaps { #expect(stints.allSatisfy { $0 <= limit }, "seed \(seed)") }
      for (compound, stint) in zip(sets, stints) where world.kinds.allSatisfy({ $0 == .green || $0 == .yellow }) {
        #expect(stint <= world.stintCaps[world.slot(of: compound)!], "seed \(seed)")
      }
    }
  }

  @Test func `need no second slick once an intermediate was used, and two slicks otherwise`() throws {
    var shape = MadeUpRace.Shape(laps: 12, cars: 5)
    shape.isWet = true
    shape.caps = [14, 14, 14]
    let (_, world) = try MadeUpRace.world(seed: 8, shape)
    #expect(try #require(world.start(on: .intermediate)).obligationMet)
    let slick = try #require(world.start(on: .soft))
    #expect(!slick.obligationMet)
    let same = world.driven(slick, mode: .normal, change: .init(lap: 2, compound: .soft))
    #expect(!same.obligationMet)
    let other = world.driven(slick, mode: .normal, change: .init(lap: 2, compound: .medium))
    #expect(other.obligationMet)
    let rain = world.driven(slick, mode: .normal, change: .init(lap: 2, compound: .intermediate))
    #expect(rain.obligationMet)
  }

  @Test func `tell which one a call breaks`() throws {
    let (_, world) = try MadeUpRace.world(seed: 8, .init(laps: 14, cars: 6))
    let start = world.realState(atEndOf: 1)
    #expect(throws: RuleViolation.compoundNotAtRace(.wet, available: world.compounds)) {
      try world.check(start, mode: .normal, stop: .wet)
    }
    #expect(throws: RuleViolation.paceNotOffered(.push)) { try world.check(start, mode: .push, stop: nil) }
    #expect(throws: RuleViolation.raceIsOver(lap: world.lapCount)) {
      try world.check(world.realState(atEndOf: world.lapCount), mode: .normal, stop: nil)
    }
    var late = start
    late.lap = world.lapCount - 1
    #expect(throws: RuleViolation.stopOutsideRace(lap: world.lapCount, possible: 2...world.lapCount - 1)) {
      try world.check(late, mode: .normal, stop: .soft)
    }
    late.wear = 8
    late.obligationMet = false
    #expect(throws: RuleViolation.twoCompoundsNeeded(lap: world.lapCount, used: late.compound)) {
      try world.check(late, mode: .normal, stop: nil)
    }
    late.wear = 4 * world.stintCaps[world.slot(of: late.compound)!]
    #expect(throws: RuleViolation.self) { try world.check(late, mode: .normal, stop: nil) }
  }
}
