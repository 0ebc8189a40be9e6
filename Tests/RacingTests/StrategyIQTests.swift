import Testing

@testable import Racing

@Suite struct `The Strategy IQ` {
  @Test func `decays from full marks, never rises with regret, and ends at zero`() {
    for scale in [1, 9, 250, 11_300, 21_500] as [Int64] {
      #expect(StrategyIQ.decay(0, over: scale) == 10_000)
      var before = StrategyIQ.decay(0, over: scale)
      for regret in stride(from: 0, through: 11 * scale, by: max(1, Int(scale / 700))) {
        let now = StrategyIQ.decay(regret, over: scale)
        if now > before || now < 0 { Issue.record("\(regret) over \(scale): \(now) after \(before)") }
        before = now
      }
      #expect(before == 0)
      #expect(StrategyIQ.decay(.max / 20_000, over: scale) == 0)
    }
    #expect(StrategyIQ.decay(1_000, over: 1_000) == 3_679)
    #expect(StrategyIQ.decay(2_000, over: 1_000) == 1_353)
  }

  @Test func `falls between the table's entries on a straight line`() {
    let table = StrategyIQ.decayTable
    #expect(table.count == 1_002 && table[0] == 10_000 && table[1_001] == 0)
    for index in 0..<1_000 {
      let middle = Int64(100 * index + 50)
      let half = (Int32(table[index]) - Int32(table[index + 1])) / 2
      #expect(StrategyIQ.decay(middle, over: 10_000) == Int32(table[index]) - half)
    }
  }

  @Test func `meets its anchors and rises with the raw score`() {
    let sets = [StrategyIQ.Anchors.standard, .init(randomRaw: 1, realRaw: 2), .init(randomRaw: 9_998, realRaw: 9_999)]
    for anchors in sets {
      #expect(anchors.iq(ofRaw: 0) == 0)
      #expect(anchors.iq(ofRaw: anchors.randomRaw) == anchors.randomIQ)
      #expect(anchors.iq(ofRaw: anchors.realRaw) == anchors.realIQ)
      #expect(anchors.iq(ofRaw: 10_000) == 10_000)
      let values = (0...10_000 as ClosedRange<Int32>).map { anchors.iq(ofRaw: $0) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(values.allSatisfy { (0...10_000).contains($0) })
    }
  }

  @Test func `never gives a later finish a better outcome`() throws {
    for seed in 1...30 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed)
      guard let best = world.optimum(from: world.realState(atEndOf: 1)) else { continue }
      let loss = world.pitLoss.inMilliseconds + world.pitLoss.outMilliseconds
      let bestPlace = world.place(atEndOf: world.lapCount, elapsed: best.finish)
      var before = Int32(10_000)
      for late in stride(from: 0, through: 200_000, by: 331) as StrideThrough<Int64> {
        let place = world.place(atEndOf: world.lapCount, elapsed: best.finish + late)
        let parts = StrategyIQ.parts(
          regrets: Charges(pit: late), toOptimum: late, placesLost: place - bestPlace, pitLossMilliseconds: loss,
          hasNeutralisation: world.hasNeutralisation)
        #expect(parts.raceOutcome <= before, "seed \(seed), \(late)")
        before = parts.raceOutcome
      }
    }
  }

  @Test func `weighs its parts so that full marks are full, with and without a safety car`() {
    let full = StrategyIQ.parts(
      regrets: Charges(), toOptimum: 0, placesLost: 0, pitLossMilliseconds: 22_000, hasNeutralisation: true)
    #expect(full.raw == 10_000 && full.safetyCarReaction == 10_000)
    let dry = StrategyIQ.parts(
      regrets: Charges(), toOptimum: 0, placesLost: 0, pitLossMilliseconds: 22_000, hasNeutralisation: false)
    #expect(dry.raw == 10_000 && dry.safetyCarReaction == nil)
    let parts = StrategyIQ.Parts(
      pitTiming: 8_000, tyreEfficiency: 6_000, safetyCarReaction: 4_000, raceOutcome: 2_000)
    #expect(parts.raw == (35 * 8_000 + 20 * 6_000 + 35 * 2_000 + 10 * 4_000) / 100)
    var without = parts
    without.safetyCarReaction = nil
    #expect(without.raw == (35 * 8_000 + 20 * 6_000 + 35 * 2_000) / 90)
  }

  @Test func `gives nothing for places once ten are lost, and no more than full marks for places won`() {
    func outcome(_ places: Int) -> Int32 {
      StrategyIQ.parts(
        regrets: Charges(), toOptimum: 0, placesLost: places, pitLossMilliseconds: 22_000, hasNeutralisation: false
      ).raceOutcome
    }
    #expect(outcome(0) == 10_000 && outcome(-3) == 10_000)
    #expect(outcome(1) == 9_700)
    #expect(outcome(10) == 7_000 && outcome(19) == 7_000)
  }
}
