extension SimulationWorld {
  static func playableIndex(of driver: DriverCode, in artefact: RaceArtefact) throws(WorldError) -> Int {
    guard let index = artefact.cars.firstIndex(where: { $0.code == driver }) else {
      throw .unknownDriver(driver, known: artefact.cars.map(\.code))
    }
    let car = artefact.cars[index]
    if let reason = reasonNotToPlay(car, pace: artefact.paces[index], compounds: artefact.compounds) {
      throw .notPlayable(driver, reason)
    }
    return index
  }

  private static func reasonNotToPlay(_ car: RaceArtefact.Car, pace: PaceTable?, compounds: [Compound])
    -> WorldError.Reason?
  {
    if car.position == nil { return .notClassified }
    if car.lastLap < 2 { return .tooFewLaps }
    if let lap = (1...car.lastLap).first(where: { car.elapsed[$0] < 0 }) { return .lapUnknown(lap) }
    if pace == nil { return .noPace }
    if car.stints.isEmpty || !car.stints.allSatisfy({ compounds.contains($0.compound) }) { return .tyresUnknown }
    return car.isPlayable ? nil : .marked
  }

  static func slots(of compounds: [Compound]) -> [Int] {
    Compound.allCases.map { compounds.firstIndex(of: $0) ?? -1 }
  }

  /// The field's caps, and for the tyres of this car at least one lap more than its longest stint.
  static func caps(of car: RaceArtefact.Car, in artefact: RaceArtefact) -> [Int] {
    artefact.compounds.indices.map { slot in
      let own = car.stints.filter { $0.compound == artefact.compounds[slot] }
        .map { $0.ageAtStart + $0.lastLap - $0.firstLap + 2 }
      return max(artefact.stintCaps[slot], own.max() ?? 0)
    }
  }

  /// The stints as a plan. A set that came under a red flag, or at the start, is a free change.
  static func realPlan(of car: RaceArtefact.Car) -> Plan {
    var plan = Plan(startCompound: car.stints.first?.compound ?? .soft)
    for stint in car.stints.dropFirst() where (2...car.lastLap).contains(stint.firstLap) {
      let lap = stint.firstLap - 1
      let isFree = stint.isFree || car.kinds[lap] == .red
      plan.changes.append(.init(lap: lap, compound: stint.compound, age: stint.ageAtStart, isFree: isFree))
    }
    return plan
  }

  /// Per lap the times at which rivals crossed the line, ascending.
  static func lineTimes(of rivals: [RaceArtefact.Car], lapCount: Int) -> [[Int64]] {
    (0...lapCount).map { lap in
      rivals.filter { lap <= $0.lastLap && $0.elapsed[lap] >= 0 }.map { $0.elapsed[lap] }.sorted()
    }
  }
}
