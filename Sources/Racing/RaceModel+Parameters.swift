extension RaceModel {
  /// Every parameter by name, with the scale and the smear, for display and audit.
  var publishedParameters: [RaceArtefact.Parameter] {
    var list: [RaceArtefact.Parameter] = []
    func add(_ name: String, _ seconds: Double) {
      let value = (1_000_000 * seconds).rounded(.toNearestOrAwayFromZero)
      list.append(RaceArtefact.Parameter(name: name, microseconds: Int64(value)))
    }
    let layout = fit.layout
    let values = fit.parameters
    add("level", fit.level)
    add("common", values[layout.common])
    add("fuel", values[layout.fuel])
    for (team, name) in data.teams.enumerated() { add("team.\(name)", values[layout.team(team)]) }
    for (driver, race) in data.drivers.enumerated() where hasPace[driver] {
      add("driver.\(race.entrant.code)", values[layout.driver(driver)])
      add("driverWear.\(race.entrant.code)", values[layout.driverWear(driver)])
    }
    add("wear", values[layout.wear])
    for compound in data.compounds {
      add("compound.\(compound.name)", values[layout.compound(compound)])
      add("compoundWear.\(compound.name)", values[layout.compoundWear(compound)])
      add("cliff.\(compound.name)", values[layout.cliff(compound)])
    }
    for distance in 0..<3 {
      add("traffic.\(distance)", values[layout.traffic(distance)])
      add("otherTraffic.\(distance)", values[layout.otherTraffic(distance)])
    }
    add("lapped", values[layout.lapped])
    add("passed", values[layout.passed])
    for compound in data.compounds { add("warmUp.\(compound.name)", values[layout.warmUp(compound)]) }
    add("restart.safetyCar", values[layout.restart(isVirtual: false)])
    add("restart.virtualSafetyCar", values[layout.restart(isVirtual: true)])
    for kind in layout.classes {
      for lap in 1...data.lapCount { add("lap.\(kind).\(lap)", layout.node(kind, lap: lap).map { values[$0] } ?? 0) }
    }
    if let reference = referenceOffset { add("reference", reference) }
    add("scale", fit.scale)
    add("smear", pace.smear)
    return list
  }
}
