extension Simulation {
  /// The sets used so far in order, those of the given laps included; the last one is on the car and may not have been
  /// driven yet. A last lap is the last one so far.
  public var setsSoFar: [RaceArtefact.Stint] {
    let now = state.lap
    let given = world.realPlan.changes.filter { $0.lap <= start.lap }
    let changes = given + plan.changes.filter { $0.lap <= now && $0.lap > start.lap }
    var sets = [
      RaceArtefact.Stint(
        compound: start.compound ?? world.realPlan.startCompound, firstLap: 1, lastLap: changes.first?.lap ?? now,
        ageAtStart: start.compound == nil ? world.realStartSetAge : 0, isFree: false)
    ]
    for (index, change) in changes.enumerated() {
      sets.append(
        RaceArtefact.Stint(
          compound: change.compound, firstLap: change.lap + 1,
          lastLap: index + 1 < changes.count ? changes[index + 1].lap : now, ageAtStart: change.age,
          isFree: change.isFree))
    }
    return sets
  }
}
