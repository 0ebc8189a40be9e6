/// The sparse rows of the lap-time model: one for each clean lap, with ascending columns.
struct LapDesign {
  private(set) var starts: [Int] = [0]
  private(set) var columns: [Int] = []
  private(set) var entries: [Double] = []
  /// Lap times in seconds.
  private(set) var observed: [Double] = []

  init(_ data: RaceData, _ laps: [RaceData.CleanLap], _ layout: LapLayout, _ fit: ModelConstants.Fit) {
    for lap in laps {
      let facts = data.facts(lap)
      guard let compound = facts.compound, let node = layout.node(compound.tyreClass, lap: lap.lap) else { continue }
      observed.append(Double(facts.lapTime) / 1000)
      append(node, 1)
      append(layout.common, 1)
      append(layout.fuel, Double(lap.lap) - Double(layout.lapCount) / 2)
      append(layout.team(data.drivers[lap.driver].team), 1)
      append(layout.driver(lap.driver), 1)
      appendTyre(compound, age: Double(facts.wear) / 4, layout, fit)
      append(layout.driverWear(lap.driver), Double(facts.wear) / 4 - fit.driverWearAge)
      appendCircumstances(facts, lap, data, layout)
      starts.append(columns.count)
    }
  }

  var rowCount: Int { observed.count }

  /// The row's product with the parameters.
  func predicted(_ row: Int, _ parameters: [Double]) -> Double {
    var sum = 0.0
    for place in starts[row]..<starts[row + 1] { sum += entries[place] * parameters[columns[place]] }
    return sum
  }

  /// The row's product with the parameters of the wanted columns.
  func predicted(_ row: Int, _ parameters: [Double], wanted: (Int) -> Bool) -> Double {
    var sum = 0.0
    for place in starts[row]..<starts[row + 1] where wanted(columns[place]) {
      sum += entries[place] * parameters[columns[place]]
    }
    return sum
  }

  /// Adds the row to the normal equations.
  func add(_ row: Int, target: Double, weight: Double, to matrix: inout NormalMatrix, _ right: inout [Double]) {
    let range = starts[row]..<starts[row + 1]
    matrix.add(columns: columns[range], values: entries[range], weight: weight)
    for place in range { right[columns[place]] += weight * entries[place] * target }
  }

  private mutating func append(_ column: Int, _ entry: Double) {
    columns.append(column)
    entries.append(entry)
  }

  private mutating func appendTyre(
    _ compound: Compound, age: Double, _ layout: LapLayout, _ fit: ModelConstants.Fit
  ) {
    let old = max(0, age - fit.cliffAge)
    append(layout.compound(compound), 1)
    append(layout.wear, age)
    append(layout.compoundWear(compound), age)
    append(layout.cliff(compound), old * old)
  }

  /// What held up this lap only: traffic, blue flags, cold tyres.
  private mutating func appendCircumstances(
    _ facts: RaceData.Facts, _ lap: RaceData.CleanLap, _ data: RaceData, _ layout: LapLayout
  ) {
    if let gap = facts.gap {
      for distance in 0..<3 {
        let near = distance == 0 ? 1 - gap : 1 - abs(gap - Double(distance))
        let column = facts.followsRunner ? layout.traffic(distance) : layout.otherTraffic(distance)
        append(column, clamp(near, 0, 1))
      }
    }
    append(layout.lapped, Double(facts.lappedBy))
    append(layout.passed, Double(facts.passedBy))
    let driver = data.drivers[lap.driver]
    if let compound = facts.compound, driver.stints.contains(where: { $0.laps.lowerBound == lap.lap - 1 }) {
      append(layout.warmUp(compound), 1)
    }
    let before = driver.laps[lap.lap - 1].kind
    if before.isNeutralised { append(layout.restart(isVirtual: before == .virtualSafetyCar), 1) }
  }
}
