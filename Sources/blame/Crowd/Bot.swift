import Racing

/// A synthetic player of a given skill. What it believes about a race is the optimum, blurred the more the less it can.
///
/// Equal seeds play equally, wherever they play.
struct Bot {
  /// 0 guesses, 100 is hard to beat.
  let skill: Int
  private var chance: SplitMix

  /// A bot whose every choice follows from the seed.
  init(skill: Int, seed: UInt64) {
    self.skill = skill
    chance = SplitMix(seed: seed)
  }

  /// One of the drivers, any with equal chance.
  mutating func driver(among drivers: [DriverCode]) -> DriverCode {
    drivers[Int(chance.next() % UInt64(drivers.count))]
  }

  /// The stops the bot means to make before the race begins.
  ///
  /// Laps move away from the best ones with a spread of up to 14 laps; compounds change and a stop is added or left out
  /// now and then.
  mutating func idea(for world: SimulationWorld) -> [Plan.Change] {
    let best = bestPlan(in: world)
    var stops = best.changes.filter { !$0.isFree }
    if happens(inMillion: 3000 * (100 - skill)) { changeCount(of: &stops, in: world) }
    for index in stops.indices {
      stops[index].lap = clamp(stops[index].lap + lapError(), 2, world.lapCount - 1)
      if happens(inMillion: 2500 * (100 - skill)) {
        stops[index].compound = world.compounds[Int(chance.next() % UInt64(world.compounds.count))]
      }
    }
    return ordered(stops)
  }

  /// Whether a neutralisation makes the bot bring its next stop forward to now.
  mutating func takesChance(lapsUntilStop: Int) -> Bool {
    lapsUntilStop <= 12 && happens(inMillion: 200_000 + 7500 * skill)
  }

  private func bestPlan(in world: SimulationWorld) -> Plan {
    world.optimum(from: world.realState(atEndOf: 1))?.plan ?? world.realPlan
  }

  private mutating func changeCount(of stops: inout [Plan.Change], in world: SimulationWorld) {
    if stops.count > 1, happens(inMillion: 500_000) {
      stops.remove(at: Int(chance.next() % UInt64(stops.count)))
    } else {
      let lap = 2 + Int(chance.next() % UInt64(max(1, world.lapCount - 3)))
      let compound = world.compounds[Int(chance.next() % UInt64(world.compounds.count))]
      stops.append(Plan.Change(lap: lap, compound: compound, isFree: false))
    }
  }

  /// A sum of three uniforms: bell-shaped, and the same on every machine.
  private mutating func lapError() -> Int {
    let spread = 1 + (100 - skill) * 14 / 100
    let sum = (0..<3).reduce(0) { total, _ in total + Int(chance.next() % UInt64(2 * spread + 1)) - spread }
    return sum / 2
  }

  private mutating func happens(inMillion chances: Int) -> Bool { chance.next() % 1_000_000 < UInt64(max(0, chances)) }

  private func ordered(_ stops: [Plan.Change]) -> [Plan.Change] {
    var result: [Plan.Change] = []
    for stop in stops.sorted(by: { $0.lap < $1.lap }) where result.last?.lap != stop.lap { result.append(stop) }
    return result
  }
}

private func clamp(_ value: Int, _ low: Int, _ high: Int) -> Int { min(max(value, low), high) }
