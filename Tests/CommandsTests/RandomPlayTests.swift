import Events
import Racing
import TestSupport
import Testing

@testable import Commands

/// What must hold of every run, tried on many random ones.
struct RandomPlayTests {
  /// Plays one run to its end by chance, legal calls only.
  private func play(_ pits: Pits, _ random: inout SplitMix64) async throws -> StreamID {
    let offersPace = Bool.random(using: &random)
    let start = try await pits.start(
      on: [.soft, .medium, .hard, nil].randomElement(using: &random)!,
      mode: Bool.random(using: &random) ? .live : .hindsight, offersPace: offersPace)
    var view = start.view
    while let next = view.next {
      view = try await step(pits, view, next, &random)
    }
    _ = try await pits.send(.finish(simulation: start.simulation))
    return start.simulation
  }

  /// One command that the view calls legal.
  private func step(
    _ pits: Pits, _ view: SimulationView, _ next: SimulationView.NextLap, _ random: inout SplitMix64
  ) async throws -> SimulationView {
    let run = view.simulation
    let isStuck = !next.mayStayOut && next.compounds.isEmpty && next.decided == nil
    if let pace = next.paces.filter({ $0 != view.pace }).randomElement(using: &random),
      isStuck || chance(0.15, &random)
    {
      return try await pits.decide(run, next.lap, .pace(pace)).view
    }
    if let tyre = next.compounds.randomElement(using: &random), !next.mayStayOut || chance(0.1, &random) {
      return try await pits.decide(run, next.lap, .pit(tyre)).view
    }
    if next.decided == nil, !next.kind.isRacing, chance(0.3, &random) {
      return try await pits.decide(run, next.lap, .stayOut).view
    }
    let target = min(view.lapCount, next.lap + Int.random(in: 0...4, using: &random))
    return try await pits.advance(run, to: target).view
  }

  private func chance(_ share: Double, _ random: inout SplitMix64) -> Bool {
    Double.random(in: 0..<1, using: &random) < share
  }

  private func shape(_ random: inout SplitMix64) -> RandomRace.Shape {
    var shape = RandomRace.Shape(
      laps: Int.random(in: 14...22, using: &random), cars: Int.random(in: 3...7, using: &random))
    if chance(0.3, &random) { shape.safetyCar = nil }
    if chance(0.3, &random) { shape.redLap = 12 }
    if chance(0.3, &random) { shape.rules.minimumStops = 2 }
    if chance(0.2, &random) { shape.rules.maximumStintLaps = 12 }
    return shape
  }

  @Test(arguments: 1...25 as ClosedRange<UInt64>)
  func `regrets add up, the fold equals the run, the best is never beaten`(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let pits = Pits(seed: seed, shape(&random))
    let run = try await play(pits, &random)
    let events = try await pits.events(of: run)
    guard case .simulationStarted(let started)? = events.first, case .simulationFinished(let finished)? = events.last
    else {
      Issue.record("seed \(seed): a run begins and ends")
      return
    }
    let decisions = events.compactMap { if case .decisionMade(let decision) = $0 { decision } else { nil } }
    #expect(decisions.allSatisfy { $0.regret >= 0 }, "seed \(seed)")
    #expect(decisions.reduce(0) { $0 + $1.regret } == finished.toOptimum, "seed \(seed)")
    #expect(finished.total - started.optimum == finished.toOptimum, "seed \(seed)")
    #expect(decisions.last?.kind == .finish, "seed \(seed)")
    #expect(decisions.allSatisfy { $0.isOptimal == ($0.regret <= 200) }, "seed \(seed)")

    let fresh = pits.secondServer()
    let folded = try await fresh.handler.view(of: run, by: pits.player)
    #expect(folded == (try await pits.handler.view(of: run, by: pits.player)), "seed \(seed)")
  }

  @Test(arguments: 1...15 as ClosedRange<UInt64>)
  func `after every command the state kept equals the state folded`(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed &* 7919)
    let pits = Pits(seed: seed, shape(&random))
    var view = try await pits.start(on: .medium, offersPace: chance(0.3, &random)).view
    while let next = view.next {
      view = try await step(pits, view, next, &random)
      let folded = try await pits.secondServer().handler.load(view.simulation)
      let kept = try await pits.handler.view(of: view.simulation, by: pits.player)
      #expect(kept == view, "seed \(seed)")
      #expect(folded.view == view, "seed \(seed)")
      #expect(folded.version == view.version, "seed \(seed)")
    }
  }

  @Test(arguments: 1...15 as ClosedRange<UInt64>)
  func `a plan in one call ends like the same plan lap by lap`(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed &* 104_729)
    var shape = shape(&random)
    // A plan says nothing about free changes.
    shape.redLap = nil
    let pits = Pits(seed: seed, shape)
    var view = try await pits.start(on: .medium).view
    let run = view.simulation
    while let next = view.next { view = try await step(pits, view, next, &random) }
    let finished = try #require(try await pits.send(.finish(simulation: run)).view.result?.finished)
    let stops = view.stops.map { PlayPlan.Stop(lap: $0.lap, compound: $0.compound) }
    let plan = PlayPlan(race: pits.race, driver: pits.driver, startCompound: .medium, stops: stops)
    let outcome = try await pits.send(.playPlan(plan))
    let whole = try #require(outcome.view.result?.finished)
    #expect(whole.total == finished.total, "seed \(seed)")
    #expect(whole.toOptimum == finished.toOptimum, "seed \(seed)")
    #expect(whole.plan == finished.plan, "seed \(seed)")
    #expect(!whole.isRanked, "seed \(seed)")
    #expect(outcome.last.rawValue - outcome.first.rawValue == Int64(stops.count) + 3, "start, its tyre, stops, finish")
  }
}
