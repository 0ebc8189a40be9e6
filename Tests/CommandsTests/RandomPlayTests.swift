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

  private func step(
    _ pits: Pits, _ view: SimulationView, _ next: SimulationView.NextLap, _ random: inout SplitMix64
  ) async throws -> SimulationView {
    let lap = next.actions.lap
    let run = view.simulation
    let paces = next.actions.modes.filter { $0 != view.pace }
    let hasPace = view.decisions.contains { $0.lap == lap && $0.kind == .pace }
    if next.decided == nil, !hasPace, let pace = paces.randomElement(using: &random), chance(0.2, &random) {
      do throws(CommandError) { return try await pits.decide(run, lap, .pace(pace)).view } catch {
        guard case .rule = error else { throw error }
      }
    }
    let mustStop = !next.actions.mayStay
    if next.decided == nil, let tyre = next.actions.tyres.randomElement(using: &random), mustStop || chance(0.1, &random) {
      do throws(CommandError) { return try await pits.decide(run, lap, .pit(tyre)).view } catch {
        guard case .rule = error, !mustStop else { throw error }
      }
    }
    if next.decided == nil, !next.actions.kind.isRacing, next.actions.mayStay, chance(0.3, &random) {
      do throws(CommandError) { return try await pits.decide(run, lap, .stayOut).view } catch {
        guard case .rule = error else { throw error }
      }
    }
    return try await pits.advance(run, to: min(view.lapCount, lap + Int.random(in: 0...4, using: &random))).view
  }

  private func chance(_ share: Double, _ random: inout SplitMix64) -> Bool {
    Double.random(in: 0..<1, using: &random) < share
  }

  private func shape(_ random: inout SplitMix64) -> RandomRace.Shape {
    var shape = RandomRace.Shape(laps: Int.random(in: 14...22, using: &random), cars: Int.random(in: 3...7, using: &random))
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
    let pits = Pits(seed: seed, shape(&random))
    let run = try await pits.start(on: .medium).simulation
    var view = try await pits.handler.view(of: run, by: pits.player)
    while let next = view.next {
      let isRed = next.actions.kind == .red
      view = try await isRed ? pits.advance(run).view : step(pits, view, next, &random)
    }
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
