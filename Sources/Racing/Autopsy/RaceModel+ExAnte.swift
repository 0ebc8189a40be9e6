extension AutopsyGround {
  /// What the calls of a driver cost given what could be known; nil where that is not modelled: in the wet and for cars
  /// that retired, whose plan was cut short.
  func decisionCost(_ runs: AutopsyRuns) -> (milliseconds: Int64, calls: [ExAnteCall])? {
    guard !model.data.isWet, !runs.isRetired, let pace = model.paceTable(driver: runs.driver, kind: .green) else {
      return nil
    }
    let stints = cars[runs.driver].stints
    let rules = model.record.rules
    let programme = ExAnte(
      pace: pace, lapCount: runs.last, caps: caps(driver: runs.driver), rules: rules,
      stopLoss: stopLoss, chances: model.constants.neutralisation,
      circuit: model.constants.circuit(model.record.circuit), pitLoss: model.constants.pitLoss)
    return programme.decisionCost(
      of: runs.planned.plan, startAge: stints.first?.ageAtStart ?? 0,
      isStartGiven: stints.dropFirst().contains { $0.firstLap <= 2 }, kinds: runs.kinds, from: runs.first,
      obligationFree: rules.minimumDryCompounds < 2)
  }

  /// A stop on a green lap by the best crew.
  private var stopLoss: Int64 {
    let circuit = model.constants.circuit(model.record.circuit)
    return circuit.inMilliseconds + circuit.outMilliseconds + outShift - (model.crew.median - model.crew.best)
  }

  /// The caps of a world, cut to the rules' stint limit unless the driver himself went further.
  private func caps(driver: Int) -> [Int] {
    let own = cars[driver].stints.map { $0.ageAtStart + $0.lastLap - $0.firstLap + 2 }.max() ?? 0
    let limit = max(own, model.record.rules.maximumStintLaps ?? .max)
    return model.data.compounds.map { min(model.caps.laps($0, driver: driver), limit) }
  }
}
