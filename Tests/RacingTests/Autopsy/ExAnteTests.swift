import Testing

@testable import Racing

@Suite struct `The optimum without foresight` {
  /// A plain recursion over the same race, written from the definition.
  private struct Oracle {
    let table: PaceTable
    let lapCount: Int
    let caps: [Int]
    let loss: [Double]
    let turns: [[Double]]

    func stay(_ lap: Int, _ slot: Int, _ age: Int, _ met: Bool, _ phase: Int) -> Double {
      guard age + 1 <= caps[slot] else { return 1e9 }
      var sum = 0.0
      for next in 0..<3 where turns[phase][next] > 0 {
        let cost = next == 0 ? Double(table.milliseconds(slot: slot, wear: 4 * (age + 1), lap: lap + 1)) : 0
        sum += turns[phase][next] * (cost + value(lap + 1, slot, age + 1, met, next))
      }
      return sum
    }

    func value(_ lap: Int, _ slot: Int, _ age: Int, _ met: Bool, _ phase: Int) -> Double {
      if lap == lapCount { return met ? 0 : 1e9 }
      var best = stay(lap, slot, age, met, phase)
      if lap >= 2 {
        for other in caps.indices {
          best = min(best, loss[phase] + stay(lap, other, 0, met || other != slot, phase))
        }
      }
      return min(best, 1e9)
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `equals a plain recursion on short races`(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let lapCount = 6
    let caps = [4, 6]
    let values = (0..<2 * 33 * (lapCount + 1)).map { _ in Int32(random.integer(in: 60_000...64_000)) }
    let table = PaceTable(compounds: [.soft, .hard], wearCount: 33, lapCount: lapCount, values: values)
    let constants = ModelConstants.shipped
    let circuit = constants.circuit("")
    let programme = ExAnte(
      pace: table, lapCount: lapCount, caps: caps, rules: RaceRules(), stopLoss: 3_000,
      chances: constants.neutralisation, circuit: circuit, pitLoss: constants.pitLoss)
    let chances = constants.neutralisation
    let safetyCar =
      chances.safetyCarStart * Double(circuit.safetyCarMillionths) / Double(chances.typicalSafetyCarMillionths)
    let oracle = Oracle(
      table: table, lapCount: lapCount, caps: caps,
      loss: [
        3_000, 30 * Double(constants.pitLoss.safetyCarPercent), 30 * Double(constants.pitLoss.virtualSafetyCarPercent),
      ],
      turns: [
        [1 - safetyCar - chances.virtualSafetyCarStart, safetyCar, chances.virtualSafetyCarStart],
        [1 / chances.safetyCarLaps, 1 - 1 / chances.safetyCarLaps, 0],
        [1 / chances.virtualSafetyCarLaps, 0, 1 - 1 / chances.virtualSafetyCarLaps],
      ])
    for slot in 0..<2 {
      for phase in ExAnte.Phase.allCases {
        let found = programme.value(after: 1, .init(slot: slot, age: 1, met: false, stops: 0), phase)
        #expect(abs(found - oracle.value(1, slot, 1, false, phase.rawValue)) < 0.001, "seed \(seed)")
      }
    }
  }

  @Test(arguments: [5, 6, 7, 8] as [UInt64])
  func `never charges a call less than nothing, and no more in all than each call`(seed: UInt64) throws {
    let autopsies = try Autopsies(SyntheticRace.generate(seed: seed))
    for code in autopsies.drivers {
      guard let autopsy = try? autopsies.autopsy(of: code) else { continue }
      #expect(autopsy.calls.allSatisfy { $0.milliseconds >= 500 })
      #expect(
        autopsy.calls.reduce(0) { $0 + $1.milliseconds } <= autopsy.strategy.decision + Int64(autopsy.calls.count))
    }
  }
}
