extension Simulation {
  /// Plays a whole plan.
  ///
  /// - Throws: the first rule that the plan breaks.
  /// - Complexity: O(laps), and at most three optima for every call that leaves the best plan.
  public static func played(_ plan: Plan, in world: SimulationWorld) throws(RuleViolation) -> Simulation {
    let isReal = world.startIsFixed || plan == world.realPlan
    let start = isReal ? SimulationStart() : SimulationStart(compound: plan.startCompound)
    var run = try Simulation(world: world, start: start)
    while !run.isFinished {
      try run.drive(LapCall(stop: plan.change(atEndOf: run.state.lap + 1)?.compound))
    }
    return run
  }
}
