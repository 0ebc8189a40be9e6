import Testing

@testable import Racing

@Suite struct `The lap-time fit` {
  @Test func `equals dense elimination of the same equations`() throws {
    let record = SyntheticRace.generate(seed: 11, laps: 24)
    let data = try RaceData(record, constants: .shipped)
    let clean = data.cleanLaps(ModelConstants.shipped.cleaning)
    let fit = try LapFit(data, cleanLaps: clean, constants: .shipped)
    let oracle = DenseFit(data, clean)
    #expect(abs(fit.scale - oracle.scale) < 1e-9)
    #expect(abs(fit.level - oracle.level) < 1e-12)
    for (column, name) in oracle.names.enumerated() {
      let ours = try #require(place(of: name, in: fit.layout))
      #expect(abs(fit.parameters[ours] - oracle.parameters[column]) < 1e-7, "\(name)")
    }
    #expect(oracle.names.count == fit.layout.count)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func `finds the hidden pace of a made-up race`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let truth = SyntheticTruth(laps: 57, rainFrom: nil, random: &random)
    let model = try RaceModel(SyntheticRace.generate(seed: seed))
    var errors: [Double] = []
    for driver in model.data.drivers.indices {
      for lap in model.cleanLaps where lap.driver == driver {
        let facts = model.data.facts(lap)
        let compound = try #require(facts.compound)
        let found = try #require(
          model.pace.lapTime(driver: driver, lap: lap.lap, compound: compound, wear: facts.wear))
        let hidden = truth.lapTime(driver: driver, lap: lap.lap, compound: compound, age: Double(facts.wear) / 4)
        errors.append(found - hidden)
      }
    }
    let bias = errors.reduce(0, +) / Double(errors.count)
    let spread = (errors.map { ($0 - bias) * ($0 - bias) }.reduce(0, +) / Double(errors.count)).squareRoot()
    // Traffic that the truth does not hold moves the level a little; the shape must be right.
    #expect(abs(bias) < 0.12)
    #expect(spread < 0.2)
    #expect((0.14...0.30).contains(model.fit.scale))
    #expect((-0.065...(-0.03)).contains(model.fit.parameters[model.fit.layout.fuel]))
  }

  @Test func `gives a lap of weight zero no say`() throws {
    let data = try RaceData(SyntheticRace.generate(seed: 3), constants: .shipped)
    let clean = data.cleanLaps(ModelConstants.shipped.cleaning)
    let held = clean.indices.filter { $0 % 7 == 0 }
    let weights = clean.indices.map { $0 % 7 == 0 ? 0.0 : 1.0 }
    let weighted = try LapFit(data, cleanLaps: clean, constants: .shipped, external: weights)
    let kept = clean.indices.filter { $0 % 7 != 0 }.map { clean[$0] }
    let without = try LapFit(data, cleanLaps: kept, constants: .shipped)
    #expect(weighted.parameters == without.parameters)
    #expect(weighted.scale == without.scale)
    #expect(held.allSatisfy { weighted.residuals[$0].isFinite })
  }

  @Test func `says which column has no positive pivot`() {
    var matrix = NormalMatrix(size: 3)
    matrix[0, 0] = 1
    matrix[1, 1] = 1
    matrix[0, 1] = 2
    matrix[2, 2] = 1
    #expect(throws: ModelError.notPositiveDefinite(column: 1)) { try matrix.solve([1, 1, 1]) }
  }

  private func place(of name: String, in layout: LapLayout) -> Int? {
    let parts = name.split(separator: ".")
    let index = Int(parts[parts.count - 1]) ?? 0
    let compound = Compound(rawValue: UInt8(clamping: index)) ?? .soft
    switch parts[0] {
    case "mu": return layout.common
    case "phi": return layout.fuel
    case "r": return layout.node(.slick, lap: index)
    case "T": return layout.team(index)
    case "D": return layout.driver(index)
    case "delta": return layout.compound(compound)
    case "beta0": return layout.wear
    case "beta": return layout.compoundWear(compound)
    case "k": return layout.cliff(compound)
    case "b": return layout.driverWear(index)
    case "tau": return layout.traffic(index)
    case "other": return layout.otherTraffic(index)
    case "lapped": return layout.lapped
    case "passed": return layout.passed
    case "warm": return layout.warmUp(compound)
    case "restart": return layout.restart(isVirtual: index == 1)
    default: return nil
    }
  }
}

/// The published model written down a second time: dense rows, Gaussian elimination with pivoting. Dry races only.
private struct DenseFit {
  var names: [String] = []
  var parameters: [Double] = []
  var level = 0.0
  var scale = 0.35

  init(_ data: RaceData, _ clean: [RaceData.CleanLap]) {
    let laps = data.lapCount
    var means: [Double] = []
    var precisions: [Double] = []
    func add(_ name: String, _ mean: Double, _ deviation: Double) {
      names.append(name)
      means.append(mean)
      precisions.append(1 / (deviation * deviation))
    }
    add("mu", 0, 1000)
    add("phi", -0.05, 0.02)
    for lap in 0...laps { add("r.\(lap)", 0, 1.0) }
    for team in data.teams.indices { add("T.\(team)", 0, 0.30) }
    for driver in data.drivers.indices { add("D.\(driver)", 0, 0.20) }
    for (index, prior) in [(-0.2, 0.1), (0, 0.1), (0.2, 0.1), (0, 2.0), (0, 2.0)].enumerated() {
      add("delta.\(index)", prior.0, prior.1)
    }
    add("beta0", 0.05, 0.02)
    for (index, prior) in [(0.03, 0.01), (0, 0.01), (-0.02, 0.01), (0, 0.02), (0, 0.02)].enumerated() {
      add("beta.\(index)", prior.0, prior.1)
    }
    for index in 0..<5 { add("k.\(index)", 0, 0.0004) }
    for driver in data.drivers.indices { add("b.\(driver)", 0, 0.004) }
    for (index, mean) in [0.8, 0.6, 0.2].enumerated() { add("tau.\(index)", mean, 0.6) }
    for (index, mean) in [0.4, 0.3, 0.2].enumerated() { add("other.\(index)", mean, 0.4) }
    add("lapped", 1.2, 0.6)
    add("passed", 0.2, 0.3)
    for index in 0..<5 { add("warm.\(index)", 0, 0.3) }
    for index in 0..<2 { add("restart.\(index)", 0, 0.3) }
    let size = names.count
    var prior = [Double](repeating: 0, count: size * size)
    for index in 0..<size { prior[index * size + index] = precisions[index] }
    for lap in 0..<laps {
      let here = 2 + lap
      let step = 1 / (0.2 * 0.2)
      prior[here * size + here] += step
      prior[(here + 1) * size + here + 1] += step
      prior[here * size + here + 1] -= step
      prior[(here + 1) * size + here] -= step
    }
    let column = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    var rows: [[(Int, Double)]] = []
    var times: [Double] = []
    for lap in clean {
      let facts = data.drivers[lap.driver].laps[lap.lap]
      let compound = Int(facts.compound!.rawValue)
      let age = Double(facts.wear) / 4
      let cliff = max(0, age - 15)
      var row: [String: Double] = [
        "mu": 1, "phi": Double(lap.lap) - Double(laps) / 2, "r.\(lap.lap)": 1,
        "T.\(data.drivers[lap.driver].team)": 1, "D.\(lap.driver)": 1, "delta.\(compound)": 1, "beta0": age,
        "beta.\(compound)": age, "k.\(compound)": cliff * cliff, "b.\(lap.driver)": age - 12,
      ]
      if let gap = facts.gap {
        for distance in 0..<3 {
          let near = distance == 0 ? 1 - gap : 1 - abs(gap - Double(distance))
          row["\(isBehindRunner(lap, data) ? "tau" : "other").\(distance)"] = min(max(near, 0), 1)
        }
      }
      addOthers(lap, data, to: &row)
      rows.append(row.map { (column[$0.key]!, $0.value) })
      times.append(Double(facts.lapTime) / 1000)
    }
    let sorted = times.sorted()
    level = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    var weights = [Double](repeating: 1, count: rows.count)
    for _ in 0..<8 {
      var matrix = prior
      var right = (0..<size).map { precisions[$0] * means[$0] }
      for (index, row) in rows.enumerated() {
        let weight = weights[index] / (scale * scale)
        for (first, left) in row {
          right[first] += weight * left * (times[index] - level)
          for (second, entry) in row { matrix[first * size + second] += weight * left * entry }
        }
      }
      parameters = eliminate(matrix, right)
      let residuals = rows.indices.map { index in
        times[index] - level - rows[index].reduce(0) { $0 + $1.1 * parameters[$1.0] }
      }
      let sizes = residuals.map { abs($0) }.sorted()
      scale = max(1.4826 * (sizes[(sizes.count - 1) / 2] + sizes[sizes.count / 2]) / 2, 0.08)
      weights = residuals.map { abs($0) <= 1.2 * scale ? 1 : 1.2 * scale / abs($0) }
    }
  }

  /// The last car over the line before the lap is on the same lap and drives it to the line.
  private func isBehindRunner(_ lap: RaceData.CleanLap, _ data: RaceData) -> Bool {
    let start = data.drivers[lap.driver].laps[lap.lap - 1].elapsed
    var last: (elapsed: Int64, driver: Int, lap: Int)?
    for (index, driver) in data.drivers.enumerated() {
      for number in driver.laps.indices.dropFirst() where driver.laps[number].elapsed < start {
        if driver.laps[number].elapsed >= last?.elapsed ?? 0 { last = (driver.laps[number].elapsed, index, number) }
      }
    }
    guard let last, last.lap == lap.lap - 1, data.drivers[last.driver].lastLap >= lap.lap else { return false }
    return !data.drivers[last.driver].laps[lap.lap].isIn
  }

  private func addOthers(_ lap: RaceData.CleanLap, _ data: RaceData, to row: inout [String: Double]) {
    let start = data.drivers[lap.driver].laps[lap.lap - 1].elapsed
    let end = data.drivers[lap.driver].laps[lap.lap].elapsed
    var lapped = 0.0
    var passed = 0.0
    for driver in data.drivers {
      for number in driver.laps.indices.dropFirst() {
        let (begun, ended) = (driver.laps[number - 1].elapsed, driver.laps[number].elapsed)
        if number > lap.lap, begun >= start, ended < end + 500 { lapped += 1 }
        if number == lap.lap, begun > start, ended < end { passed += 1 }
      }
    }
    row["lapped"] = min(lapped, 3)
    row["passed"] = min(passed, 2)
    let car = data.drivers[lap.driver]
    if car.stints.contains(where: { $0.laps.lowerBound + 1 == lap.lap }) {
      row["warm.\(car.laps[lap.lap].compound!.rawValue)"] = 1
    }
    if car.laps[lap.lap - 1].kind == .safetyCar { row["restart.0"] = 1 }
    if car.laps[lap.lap - 1].kind == .virtualSafetyCar { row["restart.1"] = 1 }
  }

  private func eliminate(_ dense: [Double], _ right: [Double]) -> [Double] {
    var matrix = dense
    var result = right
    let size = right.count
    for pivot in 0..<size {
      let best = (pivot..<size).max { abs(matrix[$0 * size + pivot]) < abs(matrix[$1 * size + pivot]) }!
      for column in 0..<size where best != pivot { matrix.swapAt(pivot * size + column, best * size + column) }
      result.swapAt(pivot, best)
      for row in pivot + 1..<max(size, pivot + 1) {
        let factor = matrix[row * size + pivot] / matrix[pivot * size + pivot]
        if factor == 0 { continue }
        for column in pivot..<size { matrix[row * size + column] -= factor * matrix[pivot * size + column] }
        result[row] -= factor * result[pivot]
      }
    }
    for row in (0..<size).reversed() {
      for column in row + 1..<max(size, row + 1) { result[row] -= matrix[row * size + column] * result[column] }
      result[row] /= matrix[row * size + row]
    }
    return result
  }
}
