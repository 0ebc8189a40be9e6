import Events
import Racing
import TestSupport
import Testing

@testable import Projections

/// Windows with earlier years added at query time.
@Suite struct PoolingTests {
  /// The same crowd at one circuit in three years.
  private static func model() throws -> ReadModel {
    var model = ReadModel()
    var position: Int64 = 0
    func record(_ stream: StreamID, _ actor: UserID?, _ event: Event) -> RecordedEvent {
      position += 1
      return RecordedEvent(
        position: Position(rawValue: position), stream: stream, version: Version(rawValue: 1), actor: actor,
        actorVersion: nil, command: CommandID(high: 1, low: UInt64(position)),
        recordedAt: Timestamp(microseconds: 1_700_000_000_000_000 + position * 1_000_000_000), event: event)
    }
    for season in [2021, 2022, 2024] as [Int16] {
      let race = RaceKey(season: season, round: 1)
      try model.apply(
        record(
          StreamID(high: 7, low: UInt64(season)), nil,
          .raceImported(
            RaceImported(
              race: race, slug: "gp", circuit: "ring", laps: 50, source: "made up", digest: "00", isSynthetic: true))))
      for user in 0..<8 {
        let account = UserID(high: UInt64(season), low: UInt64(user))
        let run = StreamID(high: UInt64(season) << 8, low: UInt64(user))
        try model.apply(
          record(StreamID(high: account.high, low: account.low), account, .userRegistered(.init(kind: .registered))))
        try model.apply(
          record(
            run, account,
            .simulationStarted(
              SimulationStarted(
                race: race, driver: DriverCode("VER")!, startLap: 1, startCompound: .medium, mode: .live,
                isRanked: true, isWholePlan: false, forkOf: nil, optimum: 1, model: "", artefact: ""))))
        try model.apply(
          record(
            run, account,
            .simulationFinished(
              SimulationFinished(
                pitTiming: 9000, tyreEfficiency: 9000, safetyCarReaction: nil, raceOutcome: 9000, iq: 9000, total: 2,
                toOptimum: 1, toReal: 1, place: 1, attempt: 1, isRanked: true, startCompound: .medium,
                stops: [.init(lap: Int32(20 + user % 3), compound: .hard)], stopCount: 1, undercutGain: nil,
                plan: UInt64(user)))))
      }
    }
    return model
  }

  private static func crowd(_ model: ReadModel, _ season: Int16, _ years: Int = 0) throws -> CrowdStatistics {
    var model = model
    let found = model.crowd(circuit: "ring", season: season, pooling: years)
    return try #require(found)
  }

  @Test func `a year back counts half, and its squares a quarter`() throws {
    let model = try Self.model()
    let slot = try #require(StopSlot(stopCount: 1, stop: 1))
    let alone = try Self.crowd(model, 2022)
    let earlier = try Self.crowd(model, 2021)
    let pooled = try Self.crowd(model, 2022, 3)
    #expect(pooled.pooledSeasons == [2021])
    for (index, laps) in pooled.sums.laps(of: slot).enumerated() {
      let (now, then) = (Array(alone.sums.laps(of: slot))[index], Array(earlier.sums.laps(of: slot))[index])
      #expect(laps == now + then / 2)
    }
    let totals = pooled.sums.totals(of: slot)
    #expect(totals.total == alone.sums.totals(of: slot).total + earlier.sums.totals(of: slot).total / 2)
    #expect(totals.effectiveUsers > alone.sums.totals(of: slot).effectiveUsers)
    #expect(pooled.finishedRuns == 16)
  }

  @Test func `years without a race are passed over, and none is the year alone`() throws {
    let model = try Self.model()
    let alone = try Self.crowd(model, 2024)
    #expect(try Self.crowd(model, 2024, 0) == alone)
    #expect(try Self.crowd(model, 2024, 1) == alone)
    #expect(try Self.crowd(model, 2024, 3).pooledSeasons == [2022, 2021])
    let hash = model.stateHash
    _ = try Self.crowd(model, 2024, 9)
    #expect(model.stateHash == hash)
  }
}
