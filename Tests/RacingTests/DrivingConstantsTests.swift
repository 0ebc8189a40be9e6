import Testing

@testable import Racing

/// Driving a lap reads no file; what it does must still be what the published constants say.
@Suite struct `Driving follows the published constants` {
  private let constants = ModelConstants.shipped

  @Test func `in wear and pace`() {
    #expect(LapKind.allCases.map { $0.wearQuarters() } == constants.lapKinds.wearQuarters)
    #expect(PaceMode.normal.lapMilliseconds == 0)
    #expect(PaceMode.push.lapMilliseconds == constants.modes.pushMilliseconds)
    #expect(PaceMode.save.lapMilliseconds == constants.modes.saveMilliseconds)
    for kind in LapKind.allCases {
      #expect(kind.wearQuarters(.push) == (kind.isRacing ? constants.modes.pushQuarters : kind.wearQuarters()))
      #expect(kind.wearQuarters(.save) == (kind.isRacing ? constants.modes.saveQuarters : kind.wearQuarters()))
    }
  }

  @Test func `in the pit lane`() {
    let shares = RaceArtefact.PitLoss.Shares(safetyCarPercent: 62, virtualSafetyCarPercent: 81)
    for loss in [-220, -1, 0, 1, 4_100, 22_601] as [Int64] {
      let stop = RaceArtefact.PitLoss(
        inMilliseconds: loss, outMilliseconds: -loss, laneBestMilliseconds: 0, laneMedianMilliseconds: 0, shares: shares
      )
      for kind in [LapKind.green, .yellow] { #expect(stop.onInLap(kind) == loss && stop.onOutLap(kind) == -loss) }
      #expect(stop.onInLap(.red) == 0 && stop.onOutLap(.red) == 0)
      #expect(stop.onInLap(.safetyCar) == Int64((0.62 * Double(loss)).rounded(.down)))
      #expect(stop.onOutLap(.virtualSafetyCar) == Int64((-0.81 * Double(loss)).rounded(.down)))
    }
  }

  @Test func `in traffic`() {
    #expect(Course.obstacleDurationPercent == constants.follow.obstaclePercent)
    #expect(Course.neutralisedGap == constants.follow.neutralisedGapMilliseconds)
    #expect(Course.passCost == constants.follow.passCostMilliseconds)
    #expect(Course.passMargin == constants.follow.passMarginMilliseconds)
    #expect(Course.restartTheta == constants.follow.restartTheta)
    #expect(Course.restartLaps == constants.follow.restartLaps)
    #expect(constants.follow.knotDeltas.last == constants.follow.rangeMilliseconds)
  }

  @Test func `in scoring`() {
    let scoring = constants.scoring
    #expect(DecisionRegret.optimalMilliseconds == scoring.optimalMilliseconds)
    #expect(DecisionRegret.windowMilliseconds == scoring.windowMilliseconds)
    let raw = { (pit: Int32, tyre: Int32, outcome: Int32, safetyCar: Int32) in
      StrategyIQ.Parts(pitTiming: pit, tyreEfficiency: tyre, safetyCarReaction: safetyCar, raceOutcome: outcome).raw
    }
    let weights = [raw(100, 0, 0, 0), raw(0, 100, 0, 0), raw(0, 0, 100, 0), raw(0, 0, 0, 100)]
    #expect(weights.map(Int.init) == scoring.weights)
    let loss: Int64 = 20_000
    let parts = StrategyIQ.parts(
      regrets: Charges(pit: loss * Int64(scoring.decisionDecayTenths) / 10),
      toOptimum: loss * Int64(scoring.outcomeDecayTenths) / 10, placesLost: 10, pitLossMilliseconds: loss,
      hasNeutralisation: false)
    #expect(parts.pitTiming == 3_679 && parts.raceOutcome == 70 * 3_679 / 100)
  }
}
