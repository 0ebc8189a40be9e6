/// Where a simulation begins.
public struct SimulationStart: Sendable, Hashable {
  /// The last lap that is given; 1 for a whole race.
  public var lap: Int
  /// The tyre for the start, new; nil for the real set with its age.
  public var compound: Compound?

  /// A whole race on the real set, unless said otherwise.
  public init(lap: Int = 1, compound: Compound? = nil) {
    self.lap = lap
    self.compound = compound
  }
}

/// What is called for one lap.
public struct LapCall: Sendable, Hashable {
  /// The tyre to fit at the end of the lap: a pit stop, or a free change on a red lap; nil to stay out.
  public var stop: Compound?
  /// The pace from this lap on; nil to keep it.
  public var mode: PaceMode?
  /// Staying out is said aloud: under a safety car or a red flag that is a decision of its own.
  public var saysStay: Bool

  /// Staying out at the same pace, unless said otherwise.
  public init(stop: Compound? = nil, mode: PaceMode? = nil, saysStay: Bool = false) {
    self.stop = stop
    self.mode = mode
    self.saysStay = saysStay
  }
}

/// A run that is being driven, lap by lap, with the exact cost of every call so far.
public struct Simulation: Sendable {
  /// The car's race.
  public let world: SimulationWorld
  /// Where it began.
  public let start: SimulationStart
  /// Pushing and saving are offered.
  public let allowsModes: Bool
  /// The best finish from the start, ms.
  public let optimum: Int64
  /// The car at the end of the last lap driven.
  public internal(set) var state: RunState
  /// Decisions so far, with what they cost.
  public internal(set) var charged: [DecisionRegret]
  /// Elapsed ms by lap, given laps included; index 0 is 0.
  public internal(set) var path: [Int64]
  /// What was called so far.
  public internal(set) var plan: Plan

  /// The car when it was taken over; a fork keeps its parent's.
  private(set) var first: RunState
  /// The best from here, and how.
  var best: Optimum
  /// The pace with which `best` begins.
  var bestMode = PaceMode.normal
  /// What staying out, and keeping the pace, cost since the last decision of their kind.
  var carriedStops = Charges()
  var carriedPaces = Charges()
  /// The pace of the next lap has been charged already.
  var paceIsCharged = false

  /// Takes over the car.
  ///
  /// - Throws: `startOutsideRace`, `compoundChosenLate`, `startIsGiven`, `compoundNotAtRace`, `noLegalFinish`.
  public init(world: SimulationWorld, start: SimulationStart, allowsModes: Bool = false) throws(RuleViolation) {
    let state = try Self.state(world, start)
    guard let own = world.optimum(from: state, allowsModes: allowsModes) else {
      throw .noLegalFinish(lap: start.lap)
    }
    let any = start.compound == nil ? own : world.optimumOverStarts(allowsModes: allowsModes) ?? own
    self.init(world: world, start: start, allowsModes: allowsModes, state: state, optimum: any, best: own)
    guard let compound = start.compound else { return }
    charged.append(
      DecisionRegret(
        lap: start.lap, kind: .start, compound: compound, mode: nil,
        charges: Charges(tyre: own.finish - any.finish), elapsed: state.elapsed))
  }

  init(
    world: SimulationWorld, start: SimulationStart, allowsModes: Bool, state: RunState, optimum: Optimum, best: Optimum
  ) {
    self.world = world
    self.start = start
    self.allowsModes = allowsModes
    self.state = state
    first = state
    self.optimum = optimum.finish
    self.best = best
    bestMode = state.mode
    charged = []
    path = Array(world.realElapsed[0...start.lap])
    plan = Plan(startCompound: state.compound)
  }

  private static func state(_ world: SimulationWorld, _ start: SimulationStart) throws(RuleViolation) -> RunState {
    guard start.lap >= 1, start.lap < world.lapCount else {
      throw .startOutsideRace(lap: start.lap, possible: 1...world.lapCount - 1)
    }
    let real = world.realState(atEndOf: start.lap)
    guard let compound = start.compound else { return real }
    guard start.lap == 1 else { throw .compoundChosenLate(compound, lap: start.lap) }
    guard world.slot(of: compound) != nil else {
      throw .compoundNotAtRace(compound, available: world.compounds)
    }
    guard let chosen = world.start(on: compound) else { throw .startIsGiven(compound, given: real.compound) }
    return chosen
  }

  /// The car is at the flag and every millisecond is charged.
  public var isFinished: Bool { state.lap == world.lapCount }

  /// What may be called for a lap; nothing for any lap but the next.
  public func legalActions(forLap lap: Int) -> LegalActions {
    var actions = world.legalActions(after: state, allowsModes: allowsModes)
    if lap != actions.lap {
      actions.mayStay = false
      actions.tyres = []
      actions.modes = []
      actions.lap = lap
    }
    return actions
  }

  /// The place at the end of the last lap driven. O(cars).
  public func place() -> Int { world.place(atEndOf: state.lap, elapsed: state.elapsed) }

  /// Drives the next lap. Nothing has changed after a throw.
  ///
  /// - Throws: the rule that the call breaks.
  /// - Complexity: at most three optima when the call leaves the best plan, else O(log cars).
  public mutating func drive(_ call: LapCall) throws(RuleViolation) {
    let mode = call.mode ?? state.mode
    try world.check(state, mode: mode, stop: call.stop, allowsModes: allowsModes)
    guard !paceIsCharged || mode == state.mode else { throw .paceAlreadyCalled(lap: state.lap + 1, state.mode) }
    if !paceIsCharged { chargePace(mode, isCalled: call.mode != nil && mode != state.mode) }
    state.mode = mode
    chargeStop(call)
    let lap = state.lap + 1
    let change = call.stop.map { Plan.Change(lap: lap, compound: $0, isFree: world.kinds[lap] == .red) }
    state = world.driven(state, mode: mode, change: change)
    path.append(state.elapsed)
    if let change { plan.changes.append(change) }
    paceIsCharged = false
    if isFinished { chargeFinish() }
  }

  /// Sets the pace from the next lap on, and charges it now. Nothing has changed after a throw.
  ///
  /// - Throws: `paceNotOffered`, `raceIsOver`, or the rule that leaves nothing legal at this pace.
  public mutating func setPace(_ mode: PaceMode) throws(RuleViolation) {
    guard !isFinished else { throw .raceIsOver(lap: world.lapCount) }
    guard !paceIsCharged else { throw .paceAlreadyCalled(lap: state.lap + 1, state.mode) }
    guard legalActions(forLap: state.lap + 1).modes.contains(mode) else {
      try world.check(state, mode: mode, stop: nil, allowsModes: allowsModes)
      throw .noLegalFinish(lap: state.lap + 1)
    }
    chargePace(mode, isCalled: mode != state.mode)
    state.mode = mode
    paceIsCharged = true
  }

  /// A new run that continues from the end of a lap of this one, with nothing charged yet.
  ///
  /// - Throws: `forkOutsideRun`, and `noLegalFinish` when the rest of the race cannot be driven legally.
  /// - Complexity: O(laps) and one optimum.
  public func fork(atLap lap: Int) throws(RuleViolation) -> Simulation {
    guard (start.lap...state.lap).contains(lap), lap < world.lapCount else {
      throw .forkOutsideRun(lap: lap, possible: start.lap...min(state.lap, world.lapCount - 1))
    }
    let at = driven(from: first, toLap: lap)
    guard let best = world.optimum(from: at, allowsModes: allowsModes) else { throw .noLegalFinish(lap: lap) }
    var fork = Simulation(
      world: world, start: start, allowsModes: allowsModes, state: at, optimum: best, best: best)
    fork.first = first
    fork.path = Array(path[0...lap])
    fork.plan.startCompound = plan.startCompound
    fork.plan.changes = plan.changes.filter { $0.lap <= lap }
    fork.plan.paces = plan.paces.filter { $0.lap <= lap }
    return fork
  }

  /// What was called so far, driven again from one of the run's states.
  func driven(from state: RunState, toLap lap: Int) -> RunState {
    var at = state
    while at.lap < lap {
      let next = at.lap + 1
      at = world.driven(at, mode: plan.mode(on: next), change: plan.change(atEndOf: next))
    }
    return at
  }
}
