/// How long a set may be driven before its wear would be invented. Laps on the set.
package struct StintCaps: Sendable, Equatable {
  /// By compound raw value, for everybody.
  private let field: [Int]
  /// By driver, then by compound raw value: the driver's longest stint and one lap.
  private let own: [[Int]]
  /// The largest cap of anybody on any compound.
  package let largest: Int

  /// Caps from the ages at which the sets of the race were taken off.
  package init(_ data: RaceData, rules: ModelConstants.Tables) {
    let ends = data.drivers.map { driver in
      Compound.allCases.map { compound in
        driver.stints.filter { $0.compound == compound }.map { driver.laps[$0.laps.upperBound].life }
      }
    }
    let field = Compound.allCases.map { compound in
      let lives = ends.flatMap { $0[Int(compound.rawValue)].map { Double($0) } }
      return max(rules.minimumCap, Int(quantile(rules.capQuantile, lives) ?? 0) + rules.capMargin)
    }
    let own = ends.map { $0.map { lives in lives.max().map { $0 + 1 } ?? 0 } }
    let used = data.compounds.map { Int($0.rawValue) }
    largest = used.flatMap { compound in [field[compound]] + own.map { $0[compound] } }.max() ?? rules.minimumCap
    self.field = field
    self.own = own
  }

  /// The cap that binds everybody but drivers who went further.
  package func laps(_ compound: Compound) -> Int { field[Int(compound.rawValue)] }

  /// The cap that binds one driver.
  package func laps(_ compound: Compound, driver: Int) -> Int {
    max(field[Int(compound.rawValue)], own[driver][Int(compound.rawValue)])
  }
}
