import TestSupport
import Testing

@testable import Timing

/// Official times against the sums of laps, on made-up races whose truth is known.
@Suite struct SumCheckTests {
  private static let started = 3_600_000

  /// A race of `cars` cars over `count` laps, its official times right, and the start announced `offset` ms early.
  private static func race(
    cars: Int, laps count: Int, offset: Int, seed: UInt64
  ) -> (laps: [[SessionLap]], results: [OfficialResults.Row]) {
    var random = SplitMix64(seed: seed)
    var raced: [(laps: [SessionLap], total: Int)] = (1...cars).map { number in
      var clock = started + offset
      var total = 0
      let laps = (1...count).map { index in
        let time = Int.random(in: 88_000...99_000, using: &random)
        var lap = SessionLap(number: number, lap: index)
        clock += time
        total += time
        (lap.time, lap.end) = (index == 1 ? nil : time, clock)
        return lap
      }
      return (laps, total)
    }
    raced.sort { $0.total < $1.total }
    let results = raced.enumerated().map { index, car in
      var row = OfficialResults.Row(number: car.laps[0].number)
      (row.position, row.laps, row.time) = (index + 1, count, car.total)
      return row
    }
    return (raced.map(\.laps), results)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5])
  func `the real start is found, early or late, and every sum agrees`(seed: UInt64) {
    let offset = Int(seed) * 700 - 2_000
    let (laps, results) = Self.race(cars: 12, laps: 8, offset: offset, seed: seed)
    let check = SumCheck(laps: laps, results: results, started: Self.started)
    #expect(check.offset == offset, "seed \(seed)")
    #expect(check.cars.count == 12)
    for car in check.cars {
      #expect(car.verdict == .consistent, "seed \(seed)")
      #expect(car.lapSum == car.published, "seed \(seed)")
    }
  }

  @Test func `a penalty, a gap to the wrong car and a riddle are told apart`() {
    var (laps, results) = Self.race(cars: 10, laps: 6, offset: 190, seed: 7)
    let winner = results[0].time ?? 0
    let truth = results.map { $0.time ?? 0 }
    results[2].time = truth[2] + 10_000
    results[5].time = winner + truth[5] - truth[4]
    results[8].time = truth[8] + 123
    let check = SumCheck(laps: laps, results: results, started: Self.started)
    #expect(check.offset == 190)
    let verdicts = check.cars.map(\.verdict)
    #expect(verdicts[2] == .penalty(10_000))
    #expect(verdicts[5] == .gapToCarAhead(truth[4] - winner))
    #expect(check.cars[5].time == truth[5])
    #expect(verdicts[8] == .unexplained(-123))
    #expect(verdicts.count { $0 == .consistent } == 7)
    laps[0].removeLast()
    #expect(SumCheck(laps: laps, results: results, started: Self.started).cars.count == 9)
  }

  @Test func `four cars are too few to say when it began`() {
    let (laps, results) = Self.race(cars: 4, laps: 6, offset: 190, seed: 9)
    let check = SumCheck(laps: laps, results: results, started: Self.started)
    #expect(check.offset == nil)
    #expect(check.cars.isEmpty)
    #expect(check.firstLaps(laps, started: Self.started).isEmpty)
  }
}
