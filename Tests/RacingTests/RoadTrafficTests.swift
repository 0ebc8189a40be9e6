import Testing

@testable import Racing

@Suite struct `The traffic of a lap` {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `is the car that crossed last and the cars that came past`(seed: UInt64) throws {
    let data = try RaceData(SyntheticRace.generate(seed: seed), constants: .shipped)
    var passes = 0
    for (index, driver) in data.drivers.enumerated() {
      for lap in driver.laps.indices.dropFirst(2) {
        let (start, end) = (driver.laps[lap - 1].elapsed, driver.laps[lap].elapsed)
        let rivals = data.drivers.indices.filter { $0 != index && data.drivers[$0].lastLap >= lap }
        let passing = rivals.filter {
          data.drivers[$0].laps[lap - 1].elapsed > start && data.drivers[$0].laps[lap].elapsed < end
        }
        #expect(driver.laps[lap].met.passing == min(passing.count, 2))
        passes += passing.count
        guard let followed = driver.laps[lap].followed else { continue }
        let rival = data.drivers[followed]
        #expect(rival.laps[lap - 1].elapsed < start)
        #expect(!rival.laps[lap].isIn)
        #expect(driver.laps[lap].gap == Double(start - rival.laps[lap - 1].elapsed) / 1000)
      }
    }
    #expect(passes > 0)
  }

  @Test func `holds the leaders that lap a car`() throws {
    let data = try RaceData(SyntheticRace.generate(seed: 2), constants: .shipped)
    for driver in data.drivers {
      for lap in driver.laps.indices.dropFirst(2) {
        let (start, end) = (driver.laps[lap - 1].elapsed, driver.laps[lap].elapsed)
        let lapping = data.drivers.reduce(0) { sum, other in
          sum
            + other.laps.indices.dropFirst().count {
              $0 > lap && other.laps[$0 - 1].elapsed >= start && other.laps[$0].elapsed < end + 500
            }
        }
        #expect(driver.laps[lap].met.lapping == min(lapping, 3))
      }
    }
  }
}
