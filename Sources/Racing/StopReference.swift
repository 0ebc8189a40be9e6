/// What the model alone knows of the stops of a race: how much each lap costs, which tyres the best plans fit, what an
/// undercut wins. The prior of the crowd's windows.
public struct StopReference: Sendable, Equatable {
  /// Most stops of a plan that is looked into.
  public static let stopCountMax = 4

  /// One stop of plans with a given number of stops.
  public struct Stop: Sendable, Equatable {
    /// Stops of the plan.
    public let stopCount: Int
    /// Which of them, from 1.
    public let stop: Int
    /// Per lap from 0: best finish with the stop on that lap minus best finish with as many stops, ms, averaged over the
    /// classified real first ten in their own worlds; nil where none of them can finish legally so.
    public let regrets: [Int64?]
    /// Share of each compound, by raw value, among the best plans of the real first ten, millionths.
    public let tyreShares: [Int64]
  }

  /// Laps of the race.
  public let lapCount: Int
  /// Stops of plans with one stop, then with two, and so on.
  public let stops: [Stop]
  /// What an undercut by one lap wins the fourth finisher on its best plan, ms, per lap from 0; 0 where the next lap is
  /// neutralised.
  public let undercuts: [Int64]

  /// Looks into a race. Cars that cannot be simulated are left out.
  ///
  /// - Complexity: O(cars × stops × laps) optima; under a second a car.
  public init(of artefact: RaceArtefact) {
    let worlds = Self.worlds(of: artefact)
    var search = OptimumSearch()
    lapCount = artefact.lapCount
    let found = worlds.map { world in
      (1...Self.stopCountMax).map { ExactStops(world, stopCount: $0, search: &search) }
    }
    stops = (1...Self.stopCountMax).flatMap { count in
      (1...count).map { stop in Self.stop(stop, of: count, found, lapCount: artefact.lapCount) }
    }
    undercuts = worlds.isEmpty ? [] : worlds[min(3, worlds.count - 1)].undercutsByLap()
  }

  /// The worlds of the classified real first ten, in their order.
  private static func worlds(of artefact: RaceArtefact) -> [SimulationWorld] {
    let finishers = artefact.cars.filter { ($0.position ?? 99) <= 10 && $0.isPlayable }
    return finishers.sorted { ($0.position ?? 99) < ($1.position ?? 99) }.compactMap { car in
      try? SimulationWorld(artefact: artefact, driver: car.code)
    }
  }

  private static func stop(_ stop: Int, of count: Int, _ found: [[ExactStops]], lapCount: Int) -> Stop {
    let cars = found.map { $0[count - 1] }
    let regrets = (0...lapCount).map { lap -> Int64? in
      let known = cars.compactMap { $0.regret(stop: stop, lap: lap) }
      return known.isEmpty ? nil : floorDiv(known.reduce(0, +), Int64(known.count))
    }
    let tyres = cars.compactMap { car in
      car.best.flatMap { $0.plan.stops.count == count ? $0.plan.stops[stop - 1] : nil }
    }
    let shares = Compound.allCases.map { compound -> Int64 in
      tyres.isEmpty ? 0 : 1_000_000 * Int64(tyres.count { $0.compound == compound }) / Int64(tyres.count)
    }
    return Stop(stopCount: count, stop: stop, regrets: regrets, tyreShares: shares)
  }
}

/// The best finishes of one car with an exact number of stops, freely and with each stop held to each lap.
struct ExactStops {
  /// The best of all; nil when that number of stops has no legal finish.
  let best: Optimum?
  /// Finish by stop and lap.
  private let finishes: [[Int64?]]

  /// - Complexity: O(stops × laps) searches of half a race on average.
  init(_ world: SimulationWorld, stopCount: Int, search: inout OptimumSearch) {
    let options = OptimumOptions(exactStops: stopCount)
    let starts = world.starts
    best = world.optimum(from: starts, options: options, search: &search)
    guard best != nil else {
      finishes = []
      return
    }
    var forward = OptimumSearch()
    forward.begin(world, states: starts, options: options)
    var finishes = [[Int64?]](repeating: Array(repeating: nil, count: world.lapCount + 1), count: stopCount)
    for lap in 2..<world.lapCount {
      if world.tyreChange(atEndOf: lap) == .stop {
        for stop in 1...stopCount {
          let before = forward.labels[forward.frontier].filter { Int($0.stops) == stop - 1 }
          finishes[stop - 1][lap] = world.finish(stoppingOn: lap, from: before, options, &search)
        }
      }
      forward.advance(world, lap: lap, stops: .free)
    }
    self.finishes = finishes
  }

  /// What it costs to make a stop on a lap, ms; nil when that has no legal finish.
  func regret(stop: Int, lap: Int) -> Int64? {
    guard let best, lap < finishes[stop - 1].count else { return nil }
    return finishes[stop - 1][lap].map { $0 - best.finish }
  }
}

extension SimulationWorld {
  /// The states a whole race may begin with: any tyre, or the real set where it is given.
  var starts: [RunState] {
    let free = compounds.compactMap { start(on: $0) }
    return free.isEmpty ? [realState(atEndOf: 1)] : free
  }

  /// The best finish from labels at the end of the lap before, with a stop at the end of `lap`.
  func finish(
    stoppingOn lap: Int, from labels: [OptimumSearch.Label], _ options: OptimumOptions, _ search: inout OptimumSearch
  ) -> Int64? {
    guard !labels.isEmpty else { return nil }
    search.begin(self, labels: labels, options: options)
    search.advance(self, lap: lap, stops: .forced)
    if lap < lapCount { for next in (lap + 1)...lapCount { search.advance(self, lap: next, stops: .free) } }
    return search.best(self).map { search.labels[$0].elapsed }
  }

  /// What stopping one lap before a rival wins on the best plan, lap by lap: the rival's old tyres against new ones.
  func undercutsByLap() -> [Int64] {
    guard let plan = optimumOverStarts()?.plan ?? optimum(from: realState(atEndOf: 1))?.plan else { return [] }
    var state = starts.first { $0.compound == plan.startCompound } ?? realState(atEndOf: 1)
    var undercuts = [Int64](repeating: 0, count: lapCount + 1)
    while state.lap + 1 < lapCount {
      let lap = state.lap + 1
      let next = plan.changes.first { $0.lap >= lap } ?? plan.changes.last
      undercuts[lap] = next.map { undercut(state, onto: $0.compound, lap: lap) } ?? 0
      state = driven(state, mode: .normal, change: plan.change(atEndOf: lap))
    }
    return undercuts
  }

  private func undercut(_ state: RunState, onto compound: Compound, lap: Int) -> Int64 {
    guard kinds[lap + 1].isRacing, let new = slot(of: compound), let old = slot(of: state.compound) else { return 0 }
    let driven = kinds[lap].wearQuarters() + kinds[lap + 1].wearQuarters()
    let worn = min(state.wear + driven, course.wearCount - 1)
    return course.clearPace(slot: old, wear: worn, lap: lap + 1) - course.clearPace(slot: new, wear: 4, lap: lap + 1)
  }
}

extension Course {
  /// The clean-air lap time of a tyre with that wear at the end of the lap, ms.
  fileprivate func clearPace(slot: Int, wear: Int, lap: Int) -> Int64 {
    Int64(pace[(lap * slotCount + slot) * wearCount + wear])
  }
}
