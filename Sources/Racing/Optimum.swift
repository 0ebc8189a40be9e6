/// The best a car can still do, and a plan that does it.
public struct Optimum: Sendable, Hashable {
  /// Elapsed ms at the flag.
  public var finish: Int64
  /// A plan that reaches it. Among equal plans the one with fewer stops, then the later first stop, then the softer
  /// tyres first, then fewer changes of pace.
  public var plan: Plan
}

/// What an optimum may do.
public struct OptimumOptions: Sendable, Hashable {
  /// Pushing and saving are allowed.
  public var allowsModes: Bool
  /// Exactly this many further stops; nil for any number.
  public var exactStops: Int?
  /// At most this many further stops; nil for any number.
  public var maximumStops: Int?
  /// Nobody is in the way.
  public var freeAir: Bool

  /// Normal pace, any number of stops, in traffic, unless said otherwise.
  public init(
    allowsModes: Bool = false, exactStops: Int? = nil, maximumStops: Int? = nil, freeAir: Bool = false
  ) {
    self.allowsModes = allowsModes
    self.exactStops = exactStops
    self.maximumStops = maximumStops
    self.freeAir = freeAir
  }
}

extension SimulationWorld {
  /// The best finish over several states at the end of the same lap; nil when none has a legal finish.
  ///
  /// Exact: a lap never ends earlier for beginning later, so the earliest time of every state decides.
  /// - Complexity: O(laps × states), under a millisecond without modes. `search` keeps its memory for the next call.
  public func optimum(
    from states: [RunState], options: OptimumOptions = OptimumOptions(), search: inout OptimumSearch
  ) -> Optimum? {
    best(from: states, options: options, search: &search)?.optimum
  }

  /// The best finish and the index of the state it begins from.
  func best(
    from states: [RunState], options: OptimumOptions, search: inout OptimumSearch
  ) -> (optimum: Optimum, origin: Int)? {
    guard let lap = states.first?.lap else { return nil }
    search.begin(self, states: states, options: options)
    if lap < lapCount {
      for next in (lap + 1)...lapCount { search.advance(self, lap: next, stops: .free) }
    }
    return search.best(self).map { (search.optimum(self, endingAt: $0), search.origin(of: $0)) }
  }

  /// The best finish from one state, remembered for the next who asks; nil when there is no legal finish.
  public func optimum(from state: RunState, allowsModes: Bool = false) -> Optimum? {
    optima.optimum(.init(state: state, question: .best, allowsModes: allowsModes)) { (search: inout OptimumSearch) in
      optimum(from: [state], options: .init(allowsModes: allowsModes), search: &search)
    }
  }

  /// The best finish over every tyre that may be chosen for the start; nil when the set is given or none is legal.
  public func optimumOverStarts(allowsModes: Bool = false) -> Optimum? {
    let states = compounds.compactMap { start(on: $0) }
    guard let first = states.first else { return nil }
    return optima.optimum(.init(state: first, question: .anyStart, allowsModes: allowsModes)) {
      (search: inout OptimumSearch) in
      optimum(from: states, options: .init(allowsModes: allowsModes), search: &search)
    }
  }
}
