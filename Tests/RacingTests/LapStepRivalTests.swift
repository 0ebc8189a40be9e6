import Testing

@testable import Racing

/// Two cars and one lap: who is in the way, and when.
@Suite struct `A rival on the road` {
  /// Races of five laps at 80 s a lap; the rival ends lap 3 a little later than the car could.
  private struct Duel {
    var kind = LapKind.green
    var rivalLastLap = 5
    var rivalFinishes = true
    var rivalIn = 0
    var rivalOut = 0
    var rivalLap: Int64 = 81_000
    var bystanders = 2

    func world() throws -> SimulationWorld {
      let kinds = (0...5).map { $0 == 3 ? kind : .green }
      var cars = [car("AAA", from: 10_000, lap: 80_000, kinds)]
      var rival = car("BBB", from: 9_000, lap: rivalLap, kinds)
      rival = RaceArtefact.Car(
        code: rival.code, team: rival.team, lastLap: rivalLastLap, position: rivalFinishes ? 2 : nil,
        isFinisher: rivalFinishes, elapsed: (0...5).map { $0 <= rivalLastLap ? rival.elapsed[$0] : -1 }, kinds: kinds,
        inLaps: (0...5).map { $0 == rivalIn }, outLaps: (0...5).map { $0 == rivalOut }, stints: rival.stints,
        isPlayable: true, grid: 2)
      cars.append(rival)
      for index in 0..<bystanders { cars.append(car("CC\(index)", from: 90_000_000, lap: 80_000, kinds)) }
      let pace = PaceTable(
        compounds: [.hard], wearCount: 41, lapCount: 5, values: Array(repeating: 80_000, count: 41 * 6))
      let artefact = RaceArtefact(
        key: RaceKey(season: 2031, round: 1), modelVersion: "", recordDigest: "", lapCount: 5, isWet: false,
        isSynthetic: true, compounds: [.hard], stintCaps: [10], rules: RaceRules(minimumDryCompounds: 1), cars: cars,
        laps: (0...5).map { _ in
          .init(
            paceMillionths: 1_000_000, safetyCarMilliseconds: 80_000, floorMilliseconds: 0,
            medianDurationMilliseconds: 80_000)
        },
        pitLoss: .init(
          inMilliseconds: 4_000, outMilliseconds: 18_000, laneBestMilliseconds: 20_000,
          laneMedianMilliseconds: 21_000, shares: .init(safetyCarPercent: 62, virtualSafetyCarPercent: 80)),
        follow: .init(thetaMilliseconds: 1_500, knotDeltas: [-1_500, 0, 3_500], knotGaps: [400, 900, 3_500]),
        paces: cars.map { _ in pace }, parameters: [])
      return try SimulationWorld(artefact: artefact, driver: DriverCode("AAA")!)
    }

    private func car(_ code: String, from start: Int64, lap: Int64, _ kinds: [LapKind]) -> RaceArtefact.Car {
      RaceArtefact.Car(
        code: DriverCode(code)!, team: code, lastLap: 5, position: 1, isFinisher: true,
        elapsed: [0, start + 80_000] + (0...3).map { start + 160_000 + lap * Int64($0) },
        kinds: kinds, inLaps: Array(repeating: false, count: 6), outLaps: Array(repeating: false, count: 6),
        stints: [.init(compound: .hard, firstLap: 1, lastLap: 5, ageAtStart: 0, isFree: true)], isPlayable: true,
        grid: 1)
    }

    /// What traffic costs the car on lap 3, ms.
    func loss() throws -> Int64 {
      let world = try world()
      let before = world.realState(atEndOf: 2)
      let inTraffic = world.driven(before, mode: .normal, change: nil)
      return inTraffic.elapsed - world.driven(before, mode: .normal, change: nil, freeAir: true).elapsed
    }
  }

  @Test func `is followed at racing speed and never passed behind the safety car`() throws {
    #expect(try Duel().loss() == 900)
    #expect(try Duel(kind: .safetyCar).loss() == 800)
    #expect(try Duel(kind: .virtualSafetyCar).loss() == 800)
    #expect(try Duel(kind: .safetyCar, rivalLap: 85_000).loss() == 4_800)
  }

  @Test func `is passed by a car that is quick enough, for a small price`() throws {
    #expect(try Duel(rivalLap: 82_499).loss() > 1_000)
    #expect(try Duel(rivalLap: 82_500).loss() == 400)
    #expect(try Duel(rivalLap: 85_000, bystanders: 0).loss() == 400)
  }

  @Test func `in the pit lane blocks nobody`() throws {
    for kind in LapKind.allCases where kind != .red {
      #expect(try Duel(kind: kind, rivalIn: 3, rivalLap: 85_000).loss() == 0, "\(kind)")
      #expect(try Duel(kind: kind, rivalOut: 3, rivalLap: 85_000).loss() == 0, "\(kind)")
    }
    #expect(try Duel(rivalOut: 3).loss() == 900)
  }

  @Test func `that has stopped on the track blocks nobody`() throws {
    #expect(try Duel(rivalLastLap: 2, rivalFinishes: false).loss() == 0)
    for kind in [LapKind.safetyCar, .virtualSafetyCar] {
      #expect(try Duel(kind: kind, rivalLastLap: 3, rivalFinishes: false).loss() == 0)
      #expect(try Duel(kind: kind, rivalLastLap: 3).loss() == 800)
      #expect(try Duel(kind: kind, rivalLap: 104_001).loss() == 0)
      #expect(try Duel(kind: kind, rivalLap: 104_000).loss() == 23_800)
    }
  }

  @Test func `costs nothing to a car that enters the pits`() throws {
    let world = try Duel().world()
    let before = world.realState(atEndOf: 2)
    let stop = world.driven(before, mode: .normal, change: .init(lap: 3, compound: .hard))
    #expect(stop.elapsed == before.elapsed + 84_000)
    let out = world.driven(stop, mode: .normal, change: nil, freeAir: true)
    #expect(out.elapsed == stop.elapsed + 98_000 && out.wear == 4 && out.lapsOnSet == 1)
  }

  @Test func `does not change what a stop costs under either safety car`() throws {
    let costs = try [LapKind.green, .virtualSafetyCar, .safetyCar].map { kind in
      let world = try Duel(kind: kind).world()
      let before = world.realState(atEndOf: 2)
      return world.driven(before, mode: .normal, change: .init(lap: 3, compound: .hard)).elapsed
        - world.driven(before, mode: .normal, change: nil, freeAir: true).elapsed
    }
    #expect(costs == [4_000, 3_200, 2_480])
    let wear = [LapKind.green, .yellow, .virtualSafetyCar, .safetyCar, .red].map { $0.wearQuarters() }
    #expect(wear == [4, 4, 2, 1, 0])
  }
}
