/// What much simpler models know of the same laps. Errors are seconds, observed less forecast.
struct Baselines {
  private let model: RaceModel
  private let isHeld: [Bool]
  private let observed: [Double]

  init(_ model: RaceModel, isHeld: [Bool]) {
    self.model = model
    self.isHeld = isHeld
    observed = model.cleanLaps.map { Double(model.data.facts($0).lapTime) / 1000 }
  }

  private var held: [Int] { isHeld.indices.filter { isHeld[$0] } }

  /// The driver's mean of the laps shown; the field's for a driver without any.
  func driverMean() -> [Double] {
    let means = means(observed)
    return held.map { observed[$0] - means[model.cleanLaps[$0].driver] }
  }

  /// The driver's mean beside one straight line over the laps of the race.
  func driverTrend() -> [Double] {
    let laps = model.cleanLaps.map { Double($0.lap) }
    let meanTime = means(observed)
    let meanLap = means(laps)
    var top = 0.0
    var bottom = 0.0
    for index in observed.indices where !isHeld[index] {
      let driver = model.cleanLaps[index].driver
      top += (laps[index] - meanLap[driver]) * (observed[index] - meanTime[driver])
      bottom += (laps[index] - meanLap[driver]) * (laps[index] - meanLap[driver])
    }
    let slope = bottom > 0 ? top / bottom : 0
    return held.map { index in
      let driver = model.cleanLaps[index].driver
      return observed[index] - meanTime[driver] - slope * (laps[index] - meanLap[driver])
    }
  }

  /// Least squares with driver, fuel, compound and wear, without an effect of the single lap, robust weights or traffic.
  func withoutLapEffect() throws(ModelError) -> [Double] {
    let drivers = model.data.drivers.count
    let size = drivers + 1 + 2 * Compound.allCases.count
    var matrix = NormalMatrix(size: size)
    var right = [Double](repeating: 0, count: size)
    for diagonal in 0..<size { matrix[diagonal, diagonal] = 1e-6 }
    let level = median(observed) ?? 0
    for index in observed.indices where !isHeld[index] {
      let row = row(index, drivers: drivers)
      matrix.add(columns: row.columns[...], values: row.values[...], weight: 1)
      for (column, value) in zip(row.columns, row.values) { right[column] += value * (observed[index] - level) }
    }
    let parameters = try matrix.solve(right)
    return held.map { index in
      let row = row(index, drivers: drivers)
      return zip(row.columns, row.values).reduce(observed[index] - level) { $0 - parameters[$1.0] * $1.1 }
    }
  }

  private func row(_ index: Int, drivers: Int) -> (columns: [Int], values: [Double]) {
    let lap = model.cleanLaps[index]
    let facts = model.data.facts(lap)
    let compound = Int(facts.compound?.rawValue ?? 0)
    return (
      [lap.driver, drivers, drivers + 1 + compound, drivers + 1 + Compound.allCases.count + compound],
      [1, Double(lap.lap), 1, Double(facts.wear) / 4]
    )
  }

  private func means(_ values: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: model.data.drivers.count)
    var counts = sums
    for index in values.indices where !isHeld[index] {
      sums[model.cleanLaps[index].driver] += values[index]
      counts[model.cleanLaps[index].driver] += 1
    }
    let all = sums.reduce(0, +) / max(1, counts.reduce(0, +))
    return zip(sums, counts).map { $1 > 0 ? $0 / $1 : all }
  }
}
