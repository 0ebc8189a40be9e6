extension OptimumSearch {
  /// The best label at the flag with every obligation met; nil when there is none.
  func best(_ world: SimulationWorld) -> Int? {
    var found: Int?
    for index in frontier where isFinish(labels[index], world) {
      if let known = found, !labels[index].isBetter(than: labels[known]) { continue }
      found = index
    }
    return found
  }

  private func isFinish(_ label: Label, _ world: SimulationWorld) -> Bool {
    guard label.met, Int(label.stopsTowardsMinimum) == world.rules.minimumStops else { return false }
    return options.exactStops.map { Int(label.stops) == $0 } ?? true
  }

  /// The time and the plan of a label of the last frontier, read back lap by lap.
  func optimum(_ world: SimulationWorld, endingAt last: Int) -> Optimum {
    var plan = Plan(startCompound: world.compounds[Int(labels[last].slot)])
    var lap = world.lapCount
    var index = last
    while labels[index].parent >= 0 {
      let label = labels[index]
      let before = labels[Int(label.parent)]
      if label.setCount != before.setCount {
        let isFree = world.kinds[lap] == .red
        plan.changes.append(.init(lap: lap, compound: world.compounds[Int(label.slot)], isFree: isFree))
      }
      if label.mode != before.mode { plan.paces.append(.init(lap: lap, mode: label.mode)) }
      index = Int(label.parent)
      lap -= 1
    }
    plan.startCompound = world.compounds[Int(labels[index].slot)]
    plan.changes.reverse()
    plan.paces.reverse()
    return Optimum(finish: labels[last].elapsed, plan: plan)
  }

  /// The index of the state that a label goes back to.
  func origin(of last: Int) -> Int {
    var index = last
    while labels[index].parent >= 0 { index = Int(labels[index].parent) }
    return index
  }
}
