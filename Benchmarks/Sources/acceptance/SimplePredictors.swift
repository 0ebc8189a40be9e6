@_spi(Measurement) import Racing

/// Three predictors of a lap that know no more than a spreadsheet does, fitted to the laps that are not held out.
struct SimplePredictors {
  private let driverCount: Int
  private let meanWeights: [Double]
  private let trendWeights: [Double]
  private let squaresWeights: [Double]

  init(_ laps: [LapForecasts.Lap], without held: [Bool]) {
    let known = laps.indices.filter { !held[$0] }.map { laps[$0] }
    let drivers = (laps.map(\.driver).max() ?? -1) + 1
    driverCount = drivers
    let times = known.map(\.seconds)
    meanWeights = Self.solve(known.map { Self.row($0, drivers) }, times)
    trendWeights = Self.solve(known.map { Self.trendRow($0, drivers) }, times)
    squaresWeights = Self.solve(known.map { Self.squaresRow($0, drivers) }, times)
  }

  func mean(_ lap: LapForecasts.Lap) -> Double { Self.dot(meanWeights, Self.row(lap, driverCount)) }
  func trend(_ lap: LapForecasts.Lap) -> Double { Self.dot(trendWeights, Self.trendRow(lap, driverCount)) }
  func leastSquares(_ lap: LapForecasts.Lap) -> Double { Self.dot(squaresWeights, Self.squaresRow(lap, driverCount)) }

  private static func row(_ lap: LapForecasts.Lap, _ drivers: Int) -> [Double] {
    var row = [Double](repeating: 0, count: drivers)
    row[lap.driver] = 1
    return row
  }

  private static func trendRow(_ lap: LapForecasts.Lap, _ drivers: Int) -> [Double] {
    row(lap, drivers) + [Double(lap.number)]
  }

  private static func squaresRow(_ lap: LapForecasts.Lap, _ drivers: Int) -> [Double] {
    let compounds: [Compound] = [.soft, .medium, .hard]
    return trendRow(lap, drivers) + compounds.dropFirst().map { lap.compound == $0 ? 1 : 0 }
      + compounds.map { lap.compound == $0 ? lap.age : 0 }
  }

  /// The level stands behind the weights of the columns.
  private static func dot(_ weights: [Double], _ row: [Double]) -> Double {
    zip(weights, row).reduce(weights[row.count]) { $0 + $1.0 * $1.1 }
  }

  /// Least squares by the normal equations and Gaussian elimination. The tiny diagonal decides what the laps leave
  /// open, such as the pace of a driver or a compound that is only in the held laps.
  private static func solve(_ rows: [[Double]], _ times: [Double]) -> [Double] {
    let level = times.reduce(0, +) / Double(max(1, times.count))
    let size = rows.first?.count ?? 0
    var matrix = (0..<size).map { index in (0...size).map { index == $0 ? 1e-4 : 0 } }
    for (row, time) in zip(rows, times) {
      for left in 0..<size where row[left] != 0 {
        for right in 0..<size { matrix[left][right] += row[left] * row[right] }
        matrix[left][size] += row[left] * (time - level)
      }
    }
    return eliminate(&matrix) + [level]
  }

  private static func eliminate(_ matrix: inout [[Double]]) -> [Double] {
    let size = matrix.count
    for pivot in 0..<size {
      let best = (pivot..<size).max { abs(matrix[$0][pivot]) < abs(matrix[$1][pivot]) } ?? pivot
      matrix.swapAt(pivot, best)
      for row in 0..<size where row != pivot && matrix[row][pivot] != 0 {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        for column in pivot...size { matrix[row][column] -= factor * matrix[pivot][column] }
      }
    }
    return (0..<size).map { matrix[$0][size] / matrix[$0][$0] }
  }
}
