import Testing

@testable import Racing

@Suite struct `What the model knows of the stops of a race` {
  static let seeds = 1...24 as ClosedRange<UInt64>

  private func shape(_ seed: UInt64) -> MadeUpRace.Shape {
    var shape = MadeUpRace.shape(seed: seed)
    shape.laps = min(shape.laps, 13)
    shape.cars = 4
    switch seed % 4 {
    case 0: (shape.safetyCar, shape.red) = (5...7, nil)
    case 1: shape.rules.minimumStops = 2
    case 2: shape.rules.maximumStintLaps = 9
    default: break
    }
    return shape
  }

  private func censuses(_ artefact: RaceArtefact, stops: Int) throws -> [StopCensus] {
    let cars = artefact.cars.filter { ($0.position ?? 99) <= 10 && $0.isPlayable }
    return try cars.map { StopCensus(try SimulationWorld(artefact: artefact, driver: $0.code), stopCount: stops) }
  }

  /// Plans with many stops are too many to drive in every race.
  private func isCounted(_ stops: Int, seed: UInt64) -> Bool {
    stops <= 2 || stops == 3 && seed % 6 == 0 || stops == 4 && seed == 24
  }

  @Test func `costs of every lap are those of driving every plan`() throws {
    var (known, unreachable, plans) = (0, 0, 0)
    for seed in Self.seeds {
      let artefact = MadeUpRace.artefact(seed: seed, shape(seed))
      let reference = StopReference(of: artefact)
      let every = (1...4).flatMap { count in (1...count).map { [count, $0] } }
      #expect(reference.stops.map { [$0.stopCount, $0.stop] } == every)
      for stop in reference.stops where isCounted(stop.stopCount, seed: seed) {
        let cars = try censuses(artefact, stops: stop.stopCount)
        plans += cars.reduce(0) { $0 + $1.plans }
        #expect(stop.regrets.count == artefact.lapCount + 1)
        for lap in 0...artefact.lapCount {
          let costs = cars.compactMap { $0.cost(ofStop: stop.stop, onLap: lap) }
          let mean = costs.isEmpty ? nil : costs.reduce(0, +) / Int64(costs.count)
          #expect(stop.regrets[lap] == mean, "seed \(seed), stop \(stop.stop) of \(stop.stopCount), lap \(lap)")
          if mean == nil { unreachable += 1 } else { known += 1 }
        }
      }
    }
    #expect(known > 300)
    #expect(unreachable > 100)
    #expect(plans > 20_000)
  }

  @Test func `the best lap of a single car costs nothing, and none costs less`() throws {
    var search = OptimumSearch()
    var compared = 0
    for seed in Self.seeds {
      let world = try MadeUpRace.world(seed: seed).world
      for count in 1...4 {
        let stops = ExactStops(world, stopCount: count, search: &search)
        let expected = world.optimum(from: world.startStates, options: .init(exactStops: count), search: &search)
        #expect(stops.best == expected)
        guard let best = stops.best else { continue }
        for (index, stop) in best.plan.stops.enumerated() {
          #expect(stops.regret(stop: index + 1, lap: stop.lap) == 0, "seed \(seed)")
        }
        for stop in 1...count {
          let costs = (0...world.lapCount).compactMap { stops.regret(stop: stop, lap: $0) }
          #expect(costs.min() == 0, "seed \(seed)")
        }
        compared += 1
      }
    }
    #expect(compared > 30)
  }

  @Test func `shares of tyres are those of the best plans`() throws {
    var whole = 0
    for seed in Self.seeds {
      let artefact = MadeUpRace.artefact(seed: seed, shape(seed))
      for stop in StopReference(of: artefact).stops where isCounted(stop.stopCount, seed: seed) {
        let cars = try censuses(artefact, stops: stop.stopCount).filter { $0.best != nil }
        #expect((cars.isEmpty ? 0...0 : 999_990...1_000_000).contains(stop.tyreShares.reduce(0, +)))
        for compound in Compound.allCases {
          // Equal plans may fit different tyres: then the share lies between those who must and those who may.
          let fitted = cars.map { $0.tyresOfBestPlans[stop.stop - 1] }
          let least = fitted.count { $0 == [compound] }
          let most = fitted.count { $0.contains(compound) }
          let share = Int(stop.tyreShares[Int(compound.rawValue)])
          let range = cars.isEmpty ? 0...0 : 1_000_000 * least / cars.count...1_000_000 * most / cars.count
          #expect(range.contains(share), "seed \(seed) \(compound)")
          if least == cars.count && least > 0 { whole += 1 }
        }
      }
    }
    #expect(whole > 10)
  }

  @Test func `survives storage, and damage is refused`() throws {
    for seed in Self.seeds {
      let reference = StopReference(of: MadeUpRace.artefact(seed: seed))
      let bytes = reference.encoded()
      #expect(try StopReference(encoded: bytes) == reference)
      for length in 0..<bytes.count {
        #expect(throws: ModelError.self) { try StopReference(encoded: Array(bytes.prefix(length))) }
      }
      #expect(throws: ModelError.self) { try StopReference(encoded: bytes + [0]) }
    }
  }
}

/// Every legal plan with an exact number of stops, driven one after the other.
struct StopCensus {
  private(set) var plans = 0
  private(set) var best: Int64?
  /// Per stop, the tyres that best plans fit there.
  private(set) var tyresOfBestPlans: [Set<Compound>]
  private var finishes: [[Int64?]]
  private let world: SimulationWorld
  private let stopCount: Int

  init(_ world: SimulationWorld, stopCount: Int) {
    self.world = world
    self.stopCount = stopCount
    finishes = Array(repeating: Array(repeating: nil, count: world.lapCount + 1), count: stopCount)
    tyresOfBestPlans = Array(repeating: [], count: stopCount)
    for start in world.startStates { explore(start, []) }
  }

  func cost(ofStop stop: Int, onLap lap: Int) -> Int64? {
    guard let best, lap <= world.lapCount else { return nil }
    return finishes[stop - 1][lap].map { $0 - best }
  }

  private mutating func explore(_ state: RunState, _ stops: [Plan.Change]) {
    guard state.lap < world.lapCount else {
      if stops.count == stopCount { finish(state.elapsed, stops) }
      return
    }
    let actions = world.legalActions(after: state)
    if actions.mayStay { explore(world.driven(state, mode: .normal, change: nil), stops) }
    guard actions.isFreeChange || stops.count < stopCount else { return }
    for tyre in actions.tyres {
      let change = Plan.Change(lap: actions.lap, compound: tyre, isFree: actions.isFreeChange)
      explore(world.driven(state, mode: .normal, change: change), change.isFree ? stops : stops + [change])
    }
  }

  private mutating func finish(_ elapsed: Int64, _ stops: [Plan.Change]) {
    plans += 1
    if elapsed < best ?? .max {
      best = elapsed
      tyresOfBestPlans = Array(repeating: [], count: stopCount)
    }
    for (index, stop) in stops.enumerated() {
      finishes[index][stop.lap] = min(finishes[index][stop.lap] ?? .max, elapsed)
      if elapsed == best { tyresOfBestPlans[index].insert(stop.compound) }
    }
  }
}
