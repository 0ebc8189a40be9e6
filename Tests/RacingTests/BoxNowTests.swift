import Testing

@testable import Racing

@Suite struct `A stop called now` {
  static let seeds = 1...60 as ClosedRange<UInt64>

  private func run(_ world: SimulationWorld, laps: Int, stopOn stop: Int? = nil) throws -> Simulation {
    var run = try Simulation(world: world, start: SimulationStart(lap: 1))
    while run.state.lap < laps {
      let actions = run.legalActions(forLap: run.state.lap + 1)
      let tyre = actions.lap == stop || !actions.mayStay ? actions.tyres.first : nil
      try run.drive(LapCall(stop: tyre))
    }
    return run
  }

  /// The definition once more, by sorting and indexing, for one rival or the run itself.
  private func recentLap(_ elapsed: [Int64], _ kinds: [LapKind], _ inLaps: [Bool], upTo now: Int) -> Int64? {
    var clean: [Int64] = []
    for lap in 1...now where kinds[lap] == .green && !inLaps[lap] && !inLaps[lap - 1] {
      clean.append(elapsed[lap] - elapsed[lap - 1])
    }
    let last = clean.suffix(3).sorted()
    switch last.count {
    case 0: return nil
    case 1: return last[0]
    case 2: return Int64((Double(last[0] + last[1]) / 2).rounded(.toNearestOrAwayFromZero))
    default: return last[1]
    }
  }

  /// A rival two laps on: by its laps on this set, else by older ones less half of what fresh tyres bring; the way out of
  /// the lane is still before one that has just come in.
  private func projected(_ rival: RaceArtefact.Car, _ world: SimulationWorld, from now: Int) -> Int64? {
    guard let any = recentLap(rival.elapsed, rival.kinds, rival.inLaps, upTo: now) else { return nil }
    let lastStop = (1...now).last { rival.inLaps[$0] } ?? 0
    var early = rival.inLaps
    for lap in 0...lastStop where lap > 0 { early[lap] = true }
    let pace = recentLap(rival.elapsed, rival.kinds, early, upTo: now) ?? any - 750
    return rival.elapsed[now] + (rival.inLaps[now] ? world.pitLoss.onOutLap(rival.kinds[now]) : 0) + 2
      * pace
  }

  @Test func `comes out where two median laps and the price of a stop lead`() throws {
    var (compared, withoutPace) = (0, 0)
    for seed in Self.seeds {
      let world = try MadeUpRace.world(seed: seed).world
      let now = 2 + Int(seed) % (world.lapCount - 4)
      guard let run = try? run(world, laps: now, stopOn: now > 4 ? 3 : nil) else { continue }
      var inLaps = [Bool](repeating: false, count: now + 1)
      for stop in run.plan.stops { inLaps[stop.lap] = true }
      if world.realPlan.stops.contains(where: { $0.lap == 1 }) { inLaps[1] = true }
      guard let own = recentLap(run.path, world.kinds, inLaps, upTo: now) else {
        #expect(run.boxNow() == nil)
        withoutPace += 1
        continue
      }
      let estimate = try #require(run.boxNow())
      #expect(estimate.lap == now + 1)
      let ends = world.rivals.compactMap { rival -> Int64? in
        guard rival.lastLap >= now else { return nil }
        return projected(rival, world, from: now)
      }
      for (kind, percent) in [(LapKind.green, Int64(100)), (.virtualSafetyCar, 80), (.safetyCar, 62)] {
        let rejoin = try #require(estimate.rejoin(kind))
        let loss = [world.pitLoss.inMilliseconds, world.pitLoss.outMilliseconds].map { floorDiv(percent * $0, 100) }
        let end = run.state.elapsed + 2 * own - 1500 + loss[0] + loss[1]
        #expect(rejoin.elapsed == end, "seed \(seed)")
        #expect(rejoin.place == 1 + ends.count { $0 < end })
        #expect(rejoin.places == 1 + ends.count { $0 < end - 2961 }...1 + ends.count { $0 < end + 2961 })
        #expect(rejoin.ahead?.gap == ends.filter { $0 < end }.max().map { end - $0 })
        #expect(rejoin.behind?.gap == ends.filter { $0 >= end }.min().map { $0 - end })
        #expect(rejoin.rivals.count == ends.count)
        compared += 1
      }
      #expect(estimate.rejoin(.yellow) == estimate.green)
      #expect(estimate.rejoin(.red) == nil)
    }
    #expect(compared > 90)
    #expect(withoutPace < 20)
  }

  @Test func `knows nothing of what is still to come`() throws {
    var compared = 0
    for seed in Self.seeds {
      let (artefact, world) = try MadeUpRace.world(seed: seed)
      let now = 3 + Int(seed) % (world.lapCount - 6)
      guard let before = try? run(world, laps: now) else { continue }
      let other = try SimulationWorld(
        artefact: artefact.withAnotherFuture(after: now, seed: seed), driver: world.driver)
      guard let after = try? run(other, laps: now), after.path == before.path else { continue }
      #expect(after.boxNow() == before.boxNow(), "seed \(seed)")
      compared += 1
    }
    #expect(compared > 30)
  }

  @Test func `is never offered at the end of the race`() throws {
    for seed in Self.seeds.prefix(20) {
      let world = try MadeUpRace.world(seed: seed).world
      for laps in [world.lapCount - 1, world.lapCount] {
        #expect(try run(world, laps: laps).boxNow() == nil)
      }
    }
  }

  @Test func `gives chances that rise with the lead and are even at none`() {
    func rejoin(_ lead: Int64, stopped: Bool = true) -> BoxNow.Rejoin {
      let rival = ProjectedRival(driver: DriverCode("ADA")!, elapsed: 1_000_000, hasStopped: stopped)
      return BoxNow.Rejoin(elapsed: 1_000_000 - lead, among: [rival], error: 1800, stopToCome: 20_000)
    }
    #expect(rejoin(0).rivals[0].aheadMillionths == 500_000)
    #expect(rejoin(1800).rivals[0].aheadMillionths == 841_345)
    #expect(rejoin(-1800).rivals[0].aheadMillionths == 158_655)
    #expect(rejoin(2961).rivals[0].aheadMillionths == 950_015)
    #expect(rejoin(-20_000, stopped: false).rivals[0].aheadMillionths == 500_000)
    #expect(rejoin(-20_000, stopped: false).rivals[0].hasStopToCome)
    let chances = stride(from: Int64(-9000), through: 9000, by: 50).map { rejoin($0).rivals[0].aheadMillionths }
    #expect(chances == chances.sorted())
    #expect(chances.allSatisfy { (0...1_000_000).contains($0) })
  }
}

extension RaceArtefact {
  /// The same race up to a lap; rivals end the laps after it at other times, stop elsewhere, and may retire at once.
  fileprivate func withAnotherFuture(after now: Int, seed: UInt64) -> RaceArtefact {
    var random = SplitMix(seed: seed &+ 900)
    let cars = cars.map { car -> Car in
      guard car.lastLap > now else { return car }
      var elapsed = car.elapsed
      for lap in now + 1...car.lastLap { elapsed[lap] = elapsed[lap - 1] + Int64(random.integer(in: 70_000...140_000)) }
      let changes = (0...lapCount).map { _ in random.uniform() < 0.2 }
      func future(_ laps: [Bool]) -> [Bool] { laps.indices.map { $0 > now ? changes[$0] : laps[$0] } }
      return Car(
        code: car.code, team: car.team, lastLap: car.lastLap, position: car.position, isFinisher: car.isFinisher,
        elapsed: elapsed, kinds: car.kinds, inLaps: future(car.inLaps), outLaps: future(car.outLaps),
        stints: car.stints, isPlayable: car.isPlayable, grid: car.grid)
    }
    return RaceArtefact(
      key: key, modelVersion: modelVersion, recordDigest: recordDigest, lapCount: lapCount, isWet: isWet,
      isSynthetic: isSynthetic, compounds: compounds, stintCaps: stintCaps, rules: rules, cars: cars, laps: laps,
      pitLoss: pitLoss, follow: follow, paces: paces, parameters: parameters)
  }
}
