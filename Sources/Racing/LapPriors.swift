/// Prior precision and precision times mean of every parameter.
struct LapPriors {
  /// The prior part of the normal matrix.
  private(set) var precision: NormalMatrix
  /// Precision times prior mean.
  private(set) var right: [Double]

  init(_ layout: LapLayout, _ fit: ModelConstants.Fit, isWet: Bool) {
    precision = NormalMatrix(size: layout.count)
    right = [Double](repeating: 0, count: layout.count)
    for kind in layout.classes { walk(kind, layout, fit, isDry: kind == .slick && !isWet) }
    set(layout.common, fit.common)
    set(layout.fuel, fit.fuel)
    for team in 0..<layout.teamCount { set(layout.team(team), fit.team) }
    for driver in 0..<layout.driverCount {
      set(layout.driver(driver), fit.driver)
      set(layout.driverWear(driver), fit.driverWear)
    }
    for compound in Compound.allCases {
      set(layout.compound(compound), fit.compound[Int(compound.rawValue)])
      set(layout.compoundWear(compound), fit.compoundWear[Int(compound.rawValue)])
      set(layout.cliff(compound), fit.cliff)
    }
    set(layout.wear, fit.wear)
    for distance in 0..<3 {
      set(layout.traffic(distance), fit.traffic[distance])
      set(layout.otherTraffic(distance), fit.otherTraffic[distance])
    }
    set(layout.lapped, fit.lapped)
    set(layout.passed, fit.passed)
    for compound in Compound.allCases { set(layout.warmUp(compound), fit.warmUp) }
    for isVirtual in [false, true] { set(layout.restart(isVirtual: isVirtual), fit.warmUp) }
  }

  private mutating func set(_ column: Int, _ prior: ModelConstants.Prior) {
    let weight = 1 / (prior.deviation * prior.deviation)
    precision[column, column] += weight
    right[column] += weight * prior.mean
  }

  /// A random walk over the laps, held near zero by a ridge on each node.
  private mutating func walk(
    _ kind: Compound.Class, _ layout: LapLayout, _ fit: ModelConstants.Fit, isDry: Bool
  ) {
    let step = isDry ? fit.dryIncrement : fit.wetIncrement
    let ridge = isDry ? fit.dryRidge : fit.wetRidge
    for lap in 0...layout.lapCount {
      guard let node = layout.node(kind, lap: lap) else { return }
      precision[node, node] += 1 / (ridge * ridge)
      guard lap < layout.lapCount else { return }
      precision[node, node] += 1 / (step * step)
      precision[node + 1, node + 1] += 1 / (step * step)
      precision[node, node + 1] -= 1 / (step * step)
    }
  }
}
