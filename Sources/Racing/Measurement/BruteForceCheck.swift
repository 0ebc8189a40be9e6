/// The exact optimum against every legal plan of one or two stops, each driven lap by lap.
@_spi(Measurement) public struct BruteForceCheck: Sendable {
  /// Plans driven.
  public let plans: Int
  /// The best of them less the optimum with as many stops at most, ms; 0 when the optimum is exact.
  public let difference: Int64
  /// The optimum's own plan driven again, less its value, ms.
  public let rerunDifference: Int64
  /// Random plans of up to three stops that beat the optimum over any number of stops.
  public let beaten: Int

  /// Drives everything in one car's world. O(laps² × tyres³) drives.
  public init?(_ artefact: RaceArtefact, driver: DriverCode, randomPlans: Int = 2_000) throws(WorldError) {
    let world = try SimulationWorld(artefact: artefact, driver: driver)
    let starts = world.starts
    var search = OptimumSearch()
    guard let free = world.best(from: starts, options: OptimumOptions(), search: &search),
      let bounded = world.best(from: starts, options: OptimumOptions(maximumStops: 2), search: &search)
    else { return nil }
    rerunDifference = world.finish(of: free.optimum.plan, from: starts[free.origin]) - free.optimum.finish
    var plans = 0
    var best = Int64.max
    for start in starts {
      for changes in Self.changes(world) {
        let plan = Plan(startCompound: start.compound, changes: changes)
        guard let finish = Self.legalFinish(plan, from: start, in: world) else { continue }
        plans += 1
        best = min(best, finish)
      }
    }
    self.plans = plans
    difference = best - bounded.optimum.finish
    beaten = Self.beaten(world, optimum: free.optimum.finish, plans: randomPlans)
  }

  /// No stop, every single stop, every pair of stops.
  private static func changes(_ world: SimulationWorld) -> [[Plan.Change]] {
    let laps = (2..<world.lapCount).filter { world.tyreChange(atEndOf: $0) == .stop }
    var lists: [[Plan.Change]] = [[]]
    for (index, first) in laps.enumerated() {
      for tyre in world.compounds {
        let change = Plan.Change(lap: first, compound: tyre)
        lists.append([change])
        for second in laps[(index + 1)...] {
          for other in world.compounds { lists.append([change, Plan.Change(lap: second, compound: other)]) }
        }
      }
    }
    return lists
  }

  /// The finish of a plan that breaks no rule, checked lap by lap; nil when it breaks one.
  private static func legalFinish(_ plan: Plan, from start: RunState, in world: SimulationWorld) -> Int64? {
    var state = start
    while state.lap < world.lapCount {
      let change = plan.change(atEndOf: state.lap + 1)
      state = world.driven(state, mode: .normal, change: change)
      guard world.hasLegalFinish(state) else { return nil }
    }
    return state.elapsed
  }

  private static func beaten(_ world: SimulationWorld, optimum: Int64, plans: Int) -> Int {
    var draw = SplitMix(seed: 99)
    var beaten = 0
    for _ in 0..<plans {
      let laps = Set((0..<draw.integer(in: 1...3)).map { _ in draw.integer(in: 2...world.lapCount - 1) })
      guard laps.allSatisfy({ world.tyreChange(atEndOf: $0) == .stop }) else { continue }
      let changes = laps.sorted().map { lap in
        Plan.Change(lap: lap, compound: world.compounds[draw.integer(in: 0...world.compounds.count - 1)])
      }
      let start = world.starts[draw.integer(in: 0...world.starts.count - 1)]
      let plan = Plan(startCompound: start.compound, changes: changes)
      if let finish = legalFinish(plan, from: start, in: world), finish < optimum { beaten += 1 }
    }
    return beaten
  }
}
