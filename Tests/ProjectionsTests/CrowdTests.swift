import Events
import Projections
import Racing
import TestSupport
import Testing

struct CrowdAgainstOracle {
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `every sum is what adding up anew gives`(_ seed: UInt64) throws {
    let events = RandomHistory.events(seed: seed)
    var model = try Equality.fold(events)
    let oracle = Oracle(events)
    var accepted: Int64 = 0
    for (circuit, season) in model.crowds {
      let crowd = model.crowd(circuit: circuit, season: season)
      let statistics = try #require(crowd)
      check(statistics, oracle.sums(circuit: circuit, season: season))
      accepted += statistics.acceptedRuns
      let finished = oracle.runs.count {
        $0.finished != nil && oracle.circuits[$0.race] == circuit && $0.race.season == season
      }
      #expect(statistics.finishedRuns == Int64(finished))
    }
    #expect(accepted > 20)
  }

  private func check(_ statistics: CrowdStatistics, _ expected: Oracle.Sums) {
    let sums = statistics.sums
    for stopCount in 1...4 {
      for stop in 1...stopCount {
        let slot = StopSlot(stopCount: stopCount, stop: stop)!
        let laps = Array(sums.laps(of: slot))
        #expect(laps == (0..<laps.count).map { expected.laps[slot]?[$0] ?? 0 })
        #expect(sums.tyres(of: slot) == (0..<5).map { expected.tyres[slot]?[$0] ?? 0 })
        check(sums.totals(of: slot), expected.users[slot] ?? [:])
      }
    }
    #expect(sums.plans == (0..<5).map { expected.plans[$0] ?? 0 })
    #expect(sums.gain == expected.gain)
    #expect(sums.gainSquares == expected.gainSquares)
    check(sums.planTotals, expected.users[nil] ?? [:])
    check(sums.undercutTotals, expected.undercutUsers)
    let accepted = (0..<5).map { expected.accepted[$0] ?? 0 }
    #expect(Array(sums.acceptedRuns.prefix(5)) == accepted)
    #expect(statistics.acceptedRuns == expected.accepted.values.reduce(0, +))
  }

  private func check(_ totals: CrowdTotals, _ users: [UserID: Int64]) {
    let values = users.values.filter { $0 > 0 }
    #expect(totals.total == values.reduce(0, +))
    #expect(totals.squares == values.reduce(0) { $0 + $1 * $1 })
    #expect(totals.users == Int64(values.count))
    #expect(totals.effectiveUsers <= Double(totals.users) + 1e-9)
  }
}
