extension AutopsyGround {
  /// The stop of largest regret when the real plan is scored in its own world; nil for a car that cannot be played.
  func worstCall(driver index: Int) -> Verdict.WorstCall? {
    guard cars[index].isPlayable, let pace = model.paceTable(driver: index, blueFlags: true) else { return nil }
    let track = model.track(cars: cars, rules: model.record.rules)
    do {
      let world = try SimulationWorld(track, car: index, pace: pace)
      return try Self.worstCall(of: world)
    } catch {
      return nil
    }
  }

  /// Drives the real plan; for every stop the best one was what the best plan said when the set before it was fitted.
  private static func worstCall(of world: SimulationWorld) throws(RuleViolation) -> Verdict.WorstCall? {
    var drive = try Simulation(world: world, start: SimulationStart())
    var planned = drive.best.plan.stops.first
    var worst: Verdict.WorstCall?
    while !drive.isFinished {
      let change = world.realPlan.change(atEndOf: drive.state.lap + 1)
      try drive.drive(LapCall(stop: change?.compound))
      guard let change, let row = drive.charged.last, row.kind == .pit else { continue }
      if row.regret > worst?.milliseconds ?? 0 {
        worst = Verdict.WorstCall(
          lap: change.lap, compound: change.compound, milliseconds: row.regret, best: planned)
      }
      planned = drive.best.plan.stops.first { $0.lap > change.lap }
    }
    return worst
  }
}
