/// Another strategy for a car in its own race, rivals as they really drove.
public struct AlternativePlan: Sendable, Equatable {
  /// The best plan with its number of stops and its tyre at the start.
  public let plan: Plan
  /// Its simulated finish, ms.
  public let finish: Int64
  /// Its finish less that of the real plan, both simulated, ms; negative is faster.
  public let delta: Int64
  /// The place it would have brought.
  public let place: Int
  /// For each stop the laps around the planned one that cost at most a second more.
  public let windows: [ClosedRange<Int>]
  /// Of the difference to the real plan, both driven again in every refit of the race; nil when none was asked for. The
  /// plan stays what it was, so it need not be the best one in a refit.
  public internal(set) var interval: Autopsy.Interval?
}

extension SimulationWorld {
  /// Most plans that are listed.
  public static let alternativeCount = 8

  /// The best plans by number of stops (1 to 4) and tyre at the start, the fastest first; legal ones only.
  ///
  /// - Complexity: one optimum for each, and one search of half a race for every lap of a listed stop's window; some
  ///   hundred milliseconds.
  public func alternatives() -> [AlternativePlan] {
    let real = replayReal()
    var search = OptimumSearch()
    var found: [(start: RunState, stops: Int, optimum: Optimum)] = []
    for start in starts {
      for stops in 1...4 {
        let options = OptimumOptions(exactStops: stops)
        guard let optimum = optimum(from: [start], options: options, search: &search) else { continue }
        found.append((start, stops, optimum))
      }
    }
    let listed = found.enumerated().sorted {
      ($0.element.optimum.finish, $0.offset) < ($1.element.optimum.finish, $1.offset)
    }
    return listed.prefix(Self.alternativeCount).map(\.element).map { start, stops, optimum in
      AlternativePlan(
        plan: optimum.plan, finish: optimum.finish, delta: optimum.finish - real,
        place: place(atEndOf: lapCount, elapsed: optimum.finish),
        windows: windows(around: optimum, from: start, exactStops: stops, search: &search))
    }
  }

  /// Around every stop of an optimum the laps on which it may be made at the cost of a second at most.
  private func windows(
    around optimum: Optimum, from start: RunState, exactStops: Int, search: inout OptimumSearch
  ) -> [ClosedRange<Int>] {
    let options = OptimumOptions(exactStops: exactStops)
    var forward = OptimumSearch()
    forward.begin(self, states: [start], options: options)
    var frontiers: [Int: Range<Int>] = [start.lap: forward.frontier]
    for lap in start.lap + 1..<lapCount {
      forward.advance(self, lap: lap, stops: .free)
      frontiers[lap] = forward.frontier
    }
    let limit = optimum.finish + DecisionRegret.windowMilliseconds
    return optimum.plan.stops.enumerated().map { number, stop in
      func isCheap(_ lap: Int) -> Bool {
        guard lap > start.lap, lap < lapCount, tyreChange(atEndOf: lap) == .stop, let frontier = frontiers[lap - 1]
        else {
          return false
        }
        let before = forward.labels[frontier].filter { Int($0.stops) == number }
        return finish(stoppingOn: lap, from: before, options, &search).map { $0 <= limit } ?? false
      }
      var low = stop.lap
      var high = stop.lap
      while isCheap(low - 1) { low -= 1 }
      while isCheap(high + 1) { high += 1 }
      return low...high
    }
  }
}

extension Autopsies {
  /// The alternatives of a driver; none for a car that cannot be simulated.
  ///
  /// - Complexity: some hundred milliseconds.
  public func alternatives(of code: DriverCode) -> [AlternativePlan] {
    drivers.firstIndex(of: code).flatMap { ground.world(driver: $0) }?.alternatives() ?? []
  }
}

extension AutopsyGround {
  /// A driver's car in this race, as players drive it; nil when it cannot be simulated.
  func world(driver index: Int) -> SimulationWorld? {
    guard cars[index].isPlayable, let pace = model.paceTable(driver: index, blueFlags: true) else { return nil }
    let track = model.track(cars: cars, rules: model.record.rules, outShift: outShift)
    return try? SimulationWorld(track, car: index, pace: pace)
  }

  /// Finishes of plans less that of the real one, ms; empty when the car cannot be simulated.
  ///
  /// - Complexity: O(plans × laps × log cars) and one world.
  func deltas(of plans: [Plan], driver index: Int) -> [Int64] {
    guard !plans.isEmpty, let world = self.world(driver: index) else { return [] }
    let real = world.replayReal()
    return plans.compactMap { plan in
      world.starts.first { $0.compound == plan.startCompound }.map { world.finish(of: plan, from: $0) - real }
    }
  }
}
