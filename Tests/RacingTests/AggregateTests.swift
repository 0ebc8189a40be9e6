import Testing

@testable import Racing

@Suite struct `Teams and seasons` {
  private func digests(_ seeds: ClosedRange<UInt64>) async throws -> [RaceDigest] {
    var made: [RaceDigest] = []
    for seed in seeds {
      var record = SyntheticRace.generate(seed: seed)
      record.key = RaceKey(season: record.key.season, round: Int16(seed))
      made.append(try await RaceDigest(of: try Autopsies(record), replicates: 0))
    }
    return made
  }

  @Test func `a digest says what the autopsies say, and survives storage`() async throws {
    let record = SyntheticRace.generate(seed: 1)
    let race = try Autopsies(record)
    let digest = try await RaceDigest(of: race, replicates: 6)
    #expect(digest.drivers.map(\.code) == race.drivers)
    var judged = 0
    for driver in digest.drivers where driver.refusal == nil {
      let autopsy = try race.autopsy(of: driver.code)
      #expect(driver.costs.map(\.milliseconds) == AutopsyCause.allCases.map { autopsy.costs[$0] })
      #expect(driver.costs.reduce(driver.residual) { $0 + $1.milliseconds } == driver.totalLoss)
      #expect(driver.costs.allSatisfy { $0.interval != nil })
      #expect(driver.costs.allSatisfy { ($0.lost?.places ?? 0) >= 0 && ($0.lost?.points ?? 0) >= 0 })
      guard let calls = driver.calls else { continue }
      judged += calls.inWindow + calls.early + calls.late
    }
    #expect(judged > 10)
    #expect(try RaceDigest(encoded: digest.encoded()) == digest)
    let bytes = digest.encoded()
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: ModelError.self) { try RaceDigest(encoded: Array(bytes[..<length])) }
    }
  }

  @Test func `places lost are counted among real finish times, and points follow the season`() {
    #expect(Points.of(place: 1, season: 2023) == 25 && Points.of(place: 10, season: 2010) == 1)
    #expect(Points.of(place: 9, season: 2009) == 0 && Points.of(place: 1, season: 2005) == 10)
    #expect(Points.of(place: 11, season: 2024) == 0 && Points.of(place: 0, season: 2024) == 0)
  }

  @Test func `a season is the mean of its races, drawn towards the average team`() async throws {
    let races = try await digests(1...6)
    let teams = TeamSeason.seasons(of: races)
    #expect(teams.map(\.team) == teams.map(\.team).sorted())
    let car = AutopsyCause.car.rawValue
    for team in teams {
      #expect(team.trend.count == team.races && team.causes.count == AutopsyCause.allCases.count)
      let means = team.trend.map { $0.costs[car] }
      let figure = team.causes[car]
      #expect(figure.plain == floorDiv(means.reduce(0, +), Int64(means.count)))
      #expect((figure.interval != nil) == (team.races >= TeamSeason.racesForInterval))
      if let interval = figure.interval {
        #expect(interval.lowerBound <= figure.mean + 1 && figure.mean - 1 <= interval.upperBound)
      }
    }
    // Drawing towards the mean keeps the order of teams with as many races, and narrows their spread.
    let full = teams.filter { $0.races == 6 }.sorted { $0.causes[car].plain < $1.causes[car].plain }
    #expect(full.count > 3)
    #expect(full.map { $0.causes[car].mean } == full.map { $0.causes[car].mean }.sorted())
    if let first = full.first?.causes[car], let last = full.last?.causes[car] {
      #expect(last.mean - first.mean <= last.plain - first.plain)
    }
    #expect(TeamSeason.seasons(of: races.reversed()) == teams)
    #expect(TeamSeason.seasons(of: []).isEmpty)
  }
}

@Suite struct `Pit laps and surfaces` {
  @Test func `a pit lap costs what the window says, and rejoins where the car is driven to`() throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      var shape = MadeUpRace.shape(seed: seed)
      shape.red = nil
      let (_, world) = try MadeUpRace.world(seed: seed, shape)
      let start = world.realState(atEndOf: 1)
      let window = world.nextStop(after: start)
      let table = PitLapTable(of: world)
      var state = start
      for row in table.rows {
        #expect(row.regret == window.cost(ofLap: row.lap), "seed \(seed), lap \(row.lap)")
        if let compound = row.compound {
          let stopped = world.driven(state, mode: .normal, change: .init(lap: row.lap, compound: compound))
          let out = world.driven(stopped, mode: .normal, change: nil)
          #expect(row.rejoinPlace == world.place(atEndOf: out.lap, elapsed: out.elapsed))
          let ahead = row.gapAhead?.milliseconds ?? .max
          #expect(ahead > 0)
          // Going on from there in the best way costs what the row says.
          let best =
            try #require(world.optimum(from: stopped)).finish - (try #require(world.optimum(from: start))).finish
          #expect(best == row.regret, "seed \(seed), lap \(row.lap)")
        }
        state = world.driven(state, mode: .normal, change: nil)
      }
    }
  }

  @Test(arguments: 1...2) func `the best cell is the optimum with as many stops`(stopCount: Int) throws {
    var cells = 0
    for seed in 1...8 as ClosedRange<UInt64> {
      var shape = MadeUpRace.shape(seed: seed)
      shape.red = nil
      let (_, world) = try MadeUpRace.world(seed: seed, shape)
      let surface = PlanSurface(of: world, stopCount: stopCount)
      var search = OptimumSearch()
      let all = try #require(world.optimum(from: world.starts, options: OptimumOptions(), search: &search))
      let exact = world.optimum(
        from: world.starts, options: OptimumOptions(exactStops: stopCount), search: &search)
      #expect(surface.cells.map(\.regret).min() == exact.map { $0.finish - all.finish }, "seed \(seed)")
      for cell in surface.cells {
        #expect(cell.tyres.count == stopCount + 1 && (cell.second == nil) == (stopCount == 1))
      }
      cells += surface.cells.count
    }
    #expect(cells > 40)
  }

  @Test func `decision points are stops of different drivers and tell no cost`() throws {
    let artefact = try RaceArtefact.build(from: SyntheticRace.generate(seed: 2), constants: .shipped)
    let points = DecisionPoint.points(of: artefact)
    #expect(points.count == 3 && Set(points.map(\.driver)).count == 3)
    for point in points {
      let world = try SimulationWorld(artefact: artefact, driver: point.driver)
      #expect(world.realPlan.stops.contains { $0.lap == point.lap } && point.startLap < point.lap)
    }
  }
}

@Suite struct `Looking back on a run` {
  @Test func `hindsight beats everybody, and whoever calls like the programme lost nothing in expectation`() throws {
    let artefact = try RaceArtefact.build(from: SyntheticRace.generate(seed: 4), constants: .shipped)
    let code = try #require(artefact.cars.first { $0.position == 3 }).code
    let world = try SimulationWorld(artefact: artefact, driver: code)
    let real = try #require(try Simulation.played(world.realPlan, in: world).review())
    let optimum = try #require(real.optimum)
    let policy = try #require(real.unforeseeing)
    #expect(optimum.iq == 10_000)
    #expect(optimum.finish <= policy.finish && optimum.finish <= (real.real?.finish ?? .max))
    #expect((real.expectedCost ?? -1) >= 0)
    #expect(real.windows.count == world.realPlan.stops.count)
    let perfect = try #require(try Simulation.played(policy.plan, in: world).review())
    #expect((perfect.expectedCost ?? .max) <= 2, "\(String(describing: perfect.expectedCost))")
    var going = try Simulation(world: world, start: .init())
    try going.drive(LapCall())
    #expect(going.review() == nil)
  }
}
