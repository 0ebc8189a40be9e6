import Testing

@testable import Racing

@Suite struct `A red flag in a record` {
  /// A synthetic race whose first driver meets a red flag on lap 9, waits on lap 10 and restarts on lap 11.
  private func kinds(restart: Int64, status: String = "1") throws -> [LapKind] {
    var record = SyntheticRace.generate(seed: 5)
    let laps = record.entrants[0].laps.indices
    record.entrants[0].laps[8].trackStatus = "45"
    for index in laps.dropFirst(9) {
      let late: Int64 = index == 9 ? 1_200_000 : 1_200_000 + restart
      record.entrants[0].laps[index].elapsedMilliseconds? += late
    }
    record.entrants[0].laps[10].trackStatus = status
    let data = try RaceData(record, constants: .shipped)
    let driver = try #require(data.drivers.first { $0.entrant.code == record.entrants[0].code })
    return driver.laps[9...12].map(\.kind)
  }

  @Test func `lasts through the wait and the lap to a standing start`() throws {
    #expect(try kinds(restart: 60_000) == [.red, .red, .red, .green])
  }

  @Test func `ends with the wait when the restart is quick or behind the safety car`() throws {
    #expect(try kinds(restart: 0) == [.red, .red, .green, .green])
    #expect(try kinds(restart: 60_000, status: "4") == [.red, .red, .safetyCar, .green])
  }
}
