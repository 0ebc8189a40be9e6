import Testing

@testable import Racing

@Suite struct `A lap in a made-up race` {
  /// A random lap of a car; its start lies where rivals begin the lap, so that it often meets them.
  private func lap(_ world: SimulationWorld, _ random: inout SplitMix) -> LapStepReference.Lap {
    let lap = random.integer(in: 2...world.lapCount)
    let near = world.rivals[random.integer(in: 0...world.rivals.count - 1)]
    let anchor = near.lastLap >= lap ? near.elapsed[lap - 1] : world.realElapsed[lap - 1]
    let spread = [0, 1, 50, 3_000, 30_000][random.integer(in: 0...4)]
    return LapStepReference.Lap(
      lap: lap, start: anchor + Int64(random.integer(in: -spread...spread)),
      slot: random.integer(in: 0...2), wear: random.integer(in: 0...world.course.wearCount - 1),
      outLap: random.integer(in: 0...3) == 0, pits: random.integer(in: 0...3) == 0,
      mode: PaceMode(rawValue: UInt8(random.integer(in: 0...2)))!)
  }

  private func end(_ world: SimulationWorld, _ lap: LapStepReference.Lap) -> Int64 {
    world.course.end(
      ofLap: lap.lap, from: lap.start, slot: lap.slot, wear: lap.wear, outLap: lap.outLap, pits: lap.pits,
      mode: lap.mode, freeAir: false)
  }

  @Test func `never ends earlier for beginning later`() throws {
    var met = Set<LapKind>()
    var steps = 0
    for seed in 1...250 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed)
      var random = SplitMix(seed: seed)
      for _ in 0..<1_000 {
        var drive = lap(world, &random)
        met.insert(world.kinds[drive.lap])
        var before = end(world, drive)
        for _ in 0..<4 {
          drive.start += Int64([1, 40, 900, 9_000][random.integer(in: 0...3)])
          let after = end(world, drive)
          if after < before { Issue.record("seed \(seed), \(drive): \(after) after \(before)") }
          before = after
          steps += 1
        }
      }
    }
    #expect(steps == 1_000_000)
    #expect(met == Set(LapKind.allCases))
  }

  @Test func `ends when the rules of following, read car by car, say so`() throws {
    var inTraffic = 0
    for seed in 1...200 as ClosedRange<UInt64> {
      let (artefact, world) = try MadeUpRace.world(seed: seed)
      let reference = LapStepReference(artefact, driver: world.driver)
      var random = SplitMix(seed: seed &+ 9_000)
      for _ in 0..<600 {
        let drive = lap(world, &random)
        let expected = reference.end(drive)
        let found = end(world, drive)
        if found != expected { Issue.record("seed \(seed), \(drive): \(found), not \(expected)") }
        let alone = world.course.end(
          ofLap: drive.lap, from: drive.start, slot: drive.slot, wear: drive.wear, outLap: drive.outLap,
          pits: drive.pits, mode: drive.mode, freeAir: true)
        if found != alone { inTraffic += 1 }
      }
    }
    #expect(inTraffic > 20_000)
  }

  @Test func `leaves a gap that never falls with the advantage nor grows faster`() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let artefact = MadeUpRace.artefact(seed: seed)
      let reference = LapStepReference(artefact, driver: artefact.cars[0].code)
      let table = try #require(FollowTable(artefact.follow))
      let slow = (-7_000..<min(4_000, table.range)).map { reference.gap($0) }
      #expect((-7_000..<min(4_000, table.range)).map { table.gap($0) } == slow)
      #expect(zip(slow, slow.dropFirst()).allSatisfy { $0 <= $1 && $1 <= $0 + 1 })
    }
    let shipped = ModelConstants.shipped.follow
    for gaps in [shipped.raceGaps, shipped.oneLapGaps] {
      let map = RaceArtefact.FollowMap(thetaMilliseconds: 500, knotDeltas: shipped.knotDeltas, knotGaps: gaps)
      let table = try #require(FollowTable(map))
      let values = (-7_000..<3_500).map { table.gap($0) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 && $1 <= $0 + 1 })
    }
  }

  @Test func `refuses a follow map that is not monotone`() {
    func map(_ deltas: [Int64], _ gaps: [Int64]) -> RaceArtefact.FollowMap {
      .init(thetaMilliseconds: 100, knotDeltas: deltas, knotGaps: gaps)
    }
    #expect(FollowTable(map([-500, 0, 3_500], [300, 500, 3_500])) != nil)
    #expect(FollowTable(map([-500, 0, 3_500], [300, 200, 3_500])) == nil)
    #expect(FollowTable(map([-500, 0, 3_500], [300, 801, 3_500])) == nil)
    #expect(FollowTable(map([-500, -500, 3_500], [300, 300, 3_500])) == nil)
    #expect(FollowTable(map([-500, 0, 3_500], [300, 500, 3_499])) == nil)
  }
}
