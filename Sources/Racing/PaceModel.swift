/// Clean-air lap times after a fit. Seconds.
package struct PaceModel: Sendable {
  private let layout: LapLayout
  private let parameters: [Double]
  private let driverTeams: [Int]
  private let driverWearAge: Double
  /// Common part by class raw value and lap; nil for a class that was not fitted.
  private let common: [[Double]?]
  /// Wear by compound raw value and quarter laps, never falling with age.
  private let wear: [[Double]]
  /// What race times need beyond the fitted medians.
  package let smear: Double

  /// Prepares predictions up to `wearLimit` quarter laps. O(laps + wear).
  package init(_ fit: LapFit, data: RaceData, smear: Double, wearLimit: Int, constants: ModelConstants) {
    let layout = fit.layout
    let parameters = fit.parameters
    self.layout = layout
    self.parameters = parameters
    self.smear = smear
    driverTeams = data.drivers.map(\.team)
    driverWearAge = constants.fit.driverWearAge
    common = Compound.Class.allCases.map { kind in
      guard layout.node(kind, lap: 0) != nil else { return nil }
      return (0...layout.lapCount).map { lap in
        let trend = parameters[layout.fuel] * (Double(lap) - Double(layout.lapCount) / 2)
        let node = layout.node(kind, lap: lap).map { parameters[$0] } ?? 0
        return fit.level + parameters[layout.common] + trend + node
      }
    }
    wear = Compound.allCases.map { compound in
      Self.wear(compound, layout, parameters, limit: wearLimit, cliffAge: constants.fit.cliffAge)
    }
  }

  /// The running maximum of the fitted wear over quarter laps.
  private static func wear(
    _ compound: Compound, _ layout: LapLayout, _ parameters: [Double], limit: Int, cliffAge: Double
  ) -> [Double] {
    let slope = parameters[layout.wear] + parameters[layout.compoundWear(compound)]
    let cliff = parameters[layout.cliff(compound)]
    var highest = -Double.infinity
    return (0...limit).map { quarters in
      let age = Double(quarters) / 4
      let old = max(0, age - cliffAge)
      highest = max(highest, slope * age + cliff * old * old)
      return highest
    }
  }

  /// What is common to all cars of a class on a lap; nil for a class that was not fitted.
  package func common(_ kind: Compound.Class, lap: Int) -> Double? { common[Int(kind.rawValue)]?[lap] }

  /// New-tyre pace and wear of a compound. Beyond the limit the wear stays at its highest.
  package func tyre(_ compound: Compound, wear quarters: Int) -> Double {
    let known = wear[Int(compound.rawValue)]
    return parameters[layout.compound(compound)] + known[min(quarters, known.count - 1)]
  }

  /// Pace of car and driver against the field.
  package func offset(driver: Int) -> Double {
    parameters[layout.team(driverTeams[driver])] + parameters[layout.driver(driver)]
  }

  /// What the first green lap after a safety car, or after a virtual one, costs.
  package func restart(isVirtual: Bool) -> Double { parameters[layout.restart(isVirtual: isVirtual)] }

  /// What it costs to let one car past that laps.
  package var blueFlag: Double { parameters[layout.lapped] }

  /// What was in the car's way on a lap of reality: traffic, blue flags, cars that came past.
  package func heldUp(_ facts: RaceData.Facts) -> Double {
    var sum = Double(facts.lappedBy) * parameters[layout.lapped] + Double(facts.passedBy) * parameters[layout.passed]
    guard let gap = facts.gap else { return sum }
    for distance in 0..<3 {
      let near = clamp(distance == 0 ? 1 - gap : 1 - abs(gap - Double(distance)), 0, 1)
      sum += near * parameters[facts.followsRunner ? layout.traffic(distance) : layout.otherTraffic(distance)]
    }
    return sum
  }

  /// Pace of the driver's car alone against the field.
  package func teamOffset(driver: Int) -> Double { parameters[layout.team(driverTeams[driver])] }

  /// The driver's own wear, centred so that it is 0 at the published age.
  package func ownWear(driver: Int, wear quarters: Int) -> Double {
    parameters[layout.driverWear(driver)] * (Double(quarters) / 4 - driverWearAge)
  }

  /// The clean-air lap without the driver's own wear; nil for a class that was not fitted.
  package func lapTime(driver: Int, lap: Int, compound: Compound, wear quarters: Int) -> Double? {
    common(compound.tyreClass, lap: lap).map { $0 + offset(driver: driver) + tyre(compound, wear: quarters) + smear }
  }
}
