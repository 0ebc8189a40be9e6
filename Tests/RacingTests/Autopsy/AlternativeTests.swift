import Testing

@testable import Racing

@Suite struct `Alternative strategies` {
  @Test(arguments: [11, 12] as [UInt64])
  func `are the best of their kind, in order, and their stops may move as far as is said`(seed: UInt64) throws {
    let artefact = try RaceArtefact.build(from: SyntheticRace.generate(seed: seed))
    let car = try #require(artefact.cars.first { $0.position == 3 })
    let world = try SimulationWorld(artefact: artefact, driver: car.code)
    let plans = world.alternatives()
    #expect(!plans.isEmpty && plans.count <= SimulationWorld.alternativeCount)
    #expect(plans.map(\.finish) == plans.map(\.finish).sorted())
    let best = try #require(world.optimumOverStarts())
    #expect(plans.allSatisfy { $0.finish >= best.finish })
    if (1...4).contains(best.plan.stops.count) { #expect(plans[0].finish == best.finish) }
    for alternative in plans {
      let start = try #require(world.starts.first { $0.compound == alternative.plan.startCompound })
      #expect(world.finish(of: alternative.plan, from: start) == alternative.finish)
      #expect(alternative.delta == alternative.finish - world.replayReal())
      for (stop, window) in zip(alternative.plan.stops, alternative.windows) { #expect(window.contains(stop.lap)) }
    }
  }

  @Test func `have intervals from the refits that the autopsy is drawn from`() async throws {
    let autopsies = try Autopsies(SyntheticRace.generate(seed: 5))
    let code = autopsies.drivers[3]
    let replicates = 40
    let plain = autopsies.alternatives(of: code)
    let (autopsy, alternatives) = try await autopsies.findings(of: code, with: plain, replicates: replicates).get()
    let again = try await autopsies.findings(of: code, with: plain, replicates: replicates).get()
    #expect(again.autopsy == autopsy && again.alternatives == alternatives)
    #expect(try await autopsies.autopsies(of: [code], replicates: replicates)[0].get() == autopsy)
    #expect(
      !plain.isEmpty && plain.map(\.plan) == alternatives.map(\.plan) && plain.map(\.delta) == alternatives.map(\.delta)
    )
    #expect(plain.allSatisfy { $0.interval == nil })
    for (place, alternative) in alternatives.enumerated() {
      let interval = try #require(alternative.interval)
      let deltas = try (1...replicates).map { number in
        let bootstrap = Bootstrap(autopsies.model, replicate: number)
        let refitted = try autopsies.model.refitted(external: bootstrap.external(autopsies.model))
        let artefact = refitted.track(
          cars: autopsies.ground.cars, rules: refitted.record.rules, outShift: bootstrap.outShift)
        let pace = try #require(refitted.paceTable(driver: 3, blueFlags: true))
        let world = try SimulationWorld(artefact, car: 3, pace: pace)
        let start = try #require(world.starts.first { $0.compound == alternative.plan.startCompound })
        return world.finish(of: alternative.plan, from: start) - world.replayReal()
      }.sorted()
      #expect(deltas.first! <= interval.low && interval.high <= deltas.last!, "plan \(place)")
      #expect(deltas.count { interval.low <= $0 && $0 <= interval.high } >= replicates * 85 / 100, "plan \(place)")
      #expect(interval.low <= interval.median && interval.median <= interval.high)
    }
    #expect(Set(alternatives.compactMap(\.interval?.low)).count > 1, "plans have intervals of their own")
  }

  @Test func `of a car without a race have no findings`() async throws {
    let autopsies = try Autopsies(SyntheticRace.generate(seed: 5))
    let nobody = try #require(DriverCode("QQQ"))
    guard case .failure(.unknownDriver) = try await autopsies.findings(of: nobody, with: [], replicates: 2) else {
      return #expect(Bool(false), "nobody is taken apart")
    }
  }

  @Test func `of two drivers are compared cause by cause and cancel when turned round`() async throws {
    let autopsies = try Autopsies(SyntheticRace.generate(seed: 5))
    let made = try await autopsies.autopsies(of: Array(autopsies.drivers.prefix(2)), replicates: 6)
    let (left, right) = (try made[0].get(), try made[1].get())
    let there = AutopsyComparison(left, with: right)
    let back = AutopsyComparison(right, with: left)
    #expect(there.costs.sum == there.totalLoss)
    for cause in AutopsyCause.allCases {
      #expect(there.costs[cause] == -back.costs[cause])
      #expect(there.intervals[cause.rawValue].low == -back.intervals[cause.rawValue].high)
    }
  }

  @Test func `stand beside a timeline in order`() throws {
    let autopsies = try Autopsies(SyntheticRace.generate(seed: 5))
    let autopsy = try autopsies.autopsy(of: autopsies.drivers[0])
    let timeline = autopsy.timeline
    #expect(timeline.first?.kind == .start)
    #expect(timeline.map(\.laps.lowerBound) == timeline.map(\.laps.lowerBound).sorted())
    #expect(timeline.count { if case .stop = $0.kind { true } else { false } } == autopsy.stops.count)
  }
}
