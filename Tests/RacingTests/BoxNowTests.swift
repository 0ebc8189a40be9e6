import Testing

@testable import Racing

@Suite struct `Boxing now` {
  /// A run driven to a lap by legal calls, a stop now and then.
  private func run(_ world: SimulationWorld, toLap lap: Int, seed: UInt64) throws -> Simulation? {
    guard world.hasLegalFinish(world.realState(atEndOf: 1)) else { return nil }
    var run = try Simulation(world: world, start: .init())
    var random = SplitMix(seed: seed)
    while run.state.lap < lap {
      let actions = run.legalActions(forLap: run.state.lap + 1)
      let wants = random.integer(in: 0...5) == 0 || !actions.mayStay
      try run.drive(LapCall(stop: wants ? actions.tyres.randomElement(using: &random) : nil))
    }
    return run
  }

  /// The middle of up to three durations, the latest ones.
  private func middle(_ durations: [Int64]) -> Int64? {
    let last = durations.suffix(3).sorted()
    switch last.count {
    case 0: return nil
    case 2: return Int64((Double(last[0] + last[1]) / 2).rounded(.toNearestOrAwayFromZero))
    default: return last[last.count / 2]
    }
  }

  private func rivalTimes(_ world: SimulationWorld, after lap: Int) -> [DriverCode: Int64] {
    var times: [DriverCode: Int64] = [:]
    for rival in world.rivals where rival.lastLap >= lap {
      let laps = (1...lap).filter { $0 > 1 && rival.kinds[$0] == .green && !rival.inLaps[$0] && !rival.outLaps[$0] }
      if let pace = middle(laps.map { rival.elapsed[$0] - rival.elapsed[$0 - 1] }) {
        times[rival.code] = rival.elapsed[lap] + pace + pace
      }
    }
    return times
  }

  @Test func `projects everybody from their last green laps`() throws {
    var estimates = 0
    for seed in 1...120 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed)
      let lap = 1 + Int(seed % UInt64(world.lapCount - 1))
      guard let run = try run(world, toLap: lap, seed: seed) else { continue }
      let found = run.boxNow()
      let stops = Set(run.plan.stops.map(\.lap) + (world.realPlan.stops.first?.lap == 1 ? [1] : []))
      let clean = (1...lap).filter {
        $0 > 1 && world.kinds[$0] == .green && stops.isDisjoint(with: [$0, $0 - 1])
      }
      guard let pace = middle(clean.map { run.path[$0] - run.path[$0 - 1] }), lap + 1 < world.lapCount else {
        #expect(found.isEmpty, "seed \(seed)")
        continue
      }
      #expect(found.map(\.kind) == [.green, .virtualSafetyCar, .safetyCar])
      let times = rivalTimes(world, after: lap)
      for (estimate, percent) in zip(found, [100, 66, 62]) {
        let parts = [world.pitLoss.inMilliseconds, world.pitLoss.outMilliseconds]
        let loss = parts.reduce(0) { $0 + Int64((Double(percent * Int($1)) / 100).rounded(.down)) }
        let rejoin = run.state.elapsed + 2 * pace - 1_500 + loss
        #expect(estimate.rejoin == rejoin && estimate.lap == lap + 1, "seed \(seed)")
        #expect(estimate.place == 1 + times.values.count { $0 < rejoin }, "seed \(seed)")
        #expect(estimate.places.lowerBound == 1 + times.values.count { $0 < rejoin - 2_961 }, "seed \(seed)")
        #expect(estimate.places.upperBound == 1 + times.values.count { $0 < rejoin + 2_961 }, "seed \(seed)")
        #expect(estimate.rivals.map(\.gap) == times.values.map { $0 - rejoin }.sorted(), "seed \(seed)")
        #expect(estimate.ahead?.gap == times.values.map { $0 - rejoin }.filter { $0 < 0 }.max(), "seed \(seed)")
        #expect(estimate.behind?.gap == times.values.map { $0 - rejoin }.filter { $0 >= 0 }.min(), "seed \(seed)")
        estimates += 1
      }
    }
    #expect(estimates > 100)
  }

  @Test func `gives even chances at no lead and rising ones with it`() throws {
    var rivals: [(lead: Int64, chance: Int)] = []
    for seed in 1...60 as ClosedRange<UInt64> {
      let (_, world) = try MadeUpRace.world(seed: seed)
      guard let run = try run(world, toLap: world.lapCount / 2, seed: seed) else { continue }
      for estimate in run.boxNow() {
        let loss =
          estimate.kind.pitPart(world.pitLoss.inMilliseconds) + estimate.kind.pitPart(world.pitLoss.outMilliseconds)
        rivals += estimate.rivals.map { ($0.gap + ($0.hasStopped ? 0 : loss), $0.chanceAhead) }
      }
    }
    rivals.sort { $0.lead < $1.lead }
    #expect(rivals.count > 200)
    #expect(zip(rivals, rivals.dropFirst()).allSatisfy { $0.chance <= $1.chance })
    for (lead, chance) in rivals {
      switch lead {
      case ..<(-5_000): #expect(chance == 0)
      case -20...20: #expect((49...51).contains(chance))
      case 1_750...1_850: #expect((83...85).contains(chance))
      case 5_000...: #expect(chance == 100)
      default: break
      }
    }
  }

  /// The same race up to a lap, and another one after it.
  private func altered(_ artefact: RaceArtefact, after lap: Int) -> RaceArtefact {
    let cars = artefact.cars.map { car in
      RaceArtefact.Car(
        code: car.code, team: car.team, lastLap: car.lastLap, position: car.position, isFinisher: car.isFinisher,
        elapsed: car.elapsed.indices.map {
          $0 > lap && car.elapsed[$0] >= 0 ? car.elapsed[$0] + 7_000 * Int64($0 - lap) : car.elapsed[$0]
        },
        kinds: car.kinds.indices.map { $0 > lap ? .green : car.kinds[$0] },
        inLaps: car.inLaps.indices.map { $0 <= lap && car.inLaps[$0] }, outLaps: car.outLaps, stints: car.stints,
        isPlayable: car.isPlayable, grid: car.grid)
    }
    return RaceArtefact(
      key: artefact.key, modelVersion: artefact.modelVersion, recordDigest: artefact.recordDigest,
      lapCount: artefact.lapCount, isWet: artefact.isWet, isSynthetic: true, compounds: artefact.compounds,
      stintCaps: artefact.stintCaps, rules: artefact.rules, cars: cars, laps: artefact.laps,
      pitLoss: artefact.pitLoss, follow: artefact.follow, paces: artefact.paces, parameters: [])
  }

  @Test func `knows nothing of laps that are still to come`() throws {
    var compared = 0
    for seed in 1...60 as ClosedRange<UInt64> {
      let (artefact, world) = try MadeUpRace.world(seed: seed)
      let lap = 2 + Int(seed % UInt64(world.lapCount - 3))
      let other = try SimulationWorld(
        artefact: altered(artefact, after: lap), driver: world.driver)
      guard world.hasLegalFinish(world.realState(atEndOf: 1)), other.hasLegalFinish(other.realState(atEndOf: 1))
      else { continue }
      var runs = [try Simulation(world: world, start: .init()), try Simulation(world: other, start: .init())]
      while runs[0].state.lap < lap {
        let next = runs[0].state.lap + 1
        let actions = runs.map { $0.legalActions(forLap: next) }
        guard actions.allSatisfy(\.mayStay) else { break }
        for index in runs.indices { try runs[index].drive(LapCall()) }
      }
      guard runs[0].state.lap == lap else { continue }
      #expect(runs[0].boxNow() == runs[1].boxNow(), "seed \(seed)")
      compared += runs[0].boxNow().isEmpty ? 0 : 1
    }
    #expect(compared > 15)
  }
}
