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
      appendTraffic(facts, layout, isWet: data.isWet)
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

  /// Hat functions of the gap, in a dry race apart for the car that is raced and for any other; then one each for cars
  /// that came past.
  private mutating func appendTraffic(_ facts: RaceData.Facts, _ layout: LapLayout, isWet: Bool) {
    if let gap = facts.gap {
      let column = facts.followed != nil || isWet ? layout.traffic : layout.otherTraffic
      append(column(0), clamp(1 - gap, 0, 1))
      append(column(1), clamp(1 - abs(gap - 1), 0, 1))
      append(column(2), clamp(1 - abs(gap - 2), 0, 1))
    }
    if facts.met.lapping > 0 { append(layout.lapped, Double(facts.met.lapping)) }
    if facts.met.passing > 0 { append(layout.passed, Double(facts.met.passing)) }
  }
}
