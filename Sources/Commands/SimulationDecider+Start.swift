internal import Events
internal import Racing

/// Who begins a run, and under which id.
struct Beginning: Sendable {
  var simulation: StreamID
  var player: UserID
  var standing: PlayerStanding
}

extension SimulationDecider {
  /// What taking over a car leads to.
  ///
  /// Guests, later starts, hindsight, accounts that saw something of the race and those that are banned from ranking play
  /// for practice; they are not refused.
  static func start(
    _ command: StartSimulation, _ beginning: Beginning, world: SimulationWorld
  ) throws(CommandError) -> Verdict {
    let isRanked = command.wantsRank && command.mode == .live && command.startLap == 1 && beginning.standing.mayRank
    let start = SimulationStart(lap: command.startLap, compound: command.compound)
    let car = try car(in: world, start, offersPace: command.offersPace)
    let started = SimulationStarted(
      race: command.race, driver: command.driver, startLap: Int32(command.startLap), startCompound: command.compound,
      mode: command.mode, isRanked: isRanked, isWholePlan: false, forkOf: nil, optimum: car.optimum,
      model: prefix(world.modelVersion), artefact: prefix(world.artefactHash), offersPace: command.offersPace)
    return try begin(beginning, started, car)
  }

  /// What a whole plan leads to: start, decisions and finish in one stream, all or nothing. Practice, with everything
  /// shown, so no change of the track status interrupts it.
  static func play(_ plan: PlayPlan, _ beginning: Beginning, world: SimulationWorld) throws(CommandError) -> Verdict {
    for (earlier, later) in zip(plan.stops, plan.stops.dropFirst()) where later.lap <= earlier.lap {
      throw .planOutOfOrder(lap: later.lap, after: earlier.lap)
    }
    let car = try car(in: world, SimulationStart(compound: plan.startCompound), offersPace: false)
    let started = SimulationStarted(
      race: plan.race, driver: plan.driver, startLap: 1, startCompound: plan.startCompound, mode: .hindsight,
      isRanked: false, isWholePlan: true, forkOf: nil, optimum: car.optimum, model: prefix(world.modelVersion),
      artefact: prefix(world.artefactHash), offersPace: false)
    var verdict = try begin(beginning, started, car)
    for stop in plan.stops {
      let decision = MakeDecision(simulation: beginning.simulation, lap: stop.lap, choice: .pit(stop.compound))
      try decide(decision, in: &verdict, isStrict: true)
    }
    try finish(in: &verdict, standing: beginning.standing, isStrict: true)
    return verdict
  }

  /// What continuing from a lap of another run leads to: a run of its own whose car begins where the other one was,
  /// with nothing charged yet. The decisions before stay the other run's; they are not recorded again, so nobody's
  /// audit holds a decision twice, and the fork's stream is read together with the part of its parent's that lies
  /// before it.
  static func fork(_ fork: Fork, of parent: SimulationState, _ beginning: Beginning) throws(CommandError) -> Verdict {
    let car = try forkedCar(fork, of: parent)
    let started = SimulationStarted(
      race: parent.started.race, driver: parent.started.driver, startLap: Int32(fork.lap), startCompound: nil,
      mode: parent.started.mode, isRanked: false, isWholePlan: false, forkOf: parent.id, optimum: car.optimum,
      model: parent.started.model, artefact: parent.started.artefact, offersPace: parent.started.offersPace)
    return try begin(beginning, started, car)
  }

  private static func forkedCar(_ fork: Fork, of parent: SimulationState) throws(CommandError) -> Simulation {
    let first = Int(parent.started.startLap)
    let last = min(parent.lap, parent.world.lapCount - 1)
    guard first <= last, (first...last).contains(fork.lap) else {
      throw .forkOutsideRun(lap: fork.lap, possible: first <= last ? first...last : nil)
    }
    do throws(RuleViolation) { return try parent.car.fork(atLap: fork.lap) } catch { throw .rule(error) }
  }

  private static func begin(
    _ beginning: Beginning, _ started: SimulationStarted, _ car: Simulation
  ) throws(CommandError) -> Verdict {
    let state = SimulationState(id: beginning.simulation, player: beginning.player, started: started, car: car)
    var verdict = Verdict(state, begunBy: started)
    if let row = car.charged.first { try verdict.record(.decisionMade(DecisionMade(row))) }
    return verdict
  }

  /// The car of a run that begins with `started`.
  static func car(in world: SimulationWorld, _ started: SimulationStarted) throws(CommandError) -> Simulation {
    try car(
      in: world, SimulationStart(lap: Int(started.startLap), compound: started.startCompound),
      offersPace: started.offersPace)
  }

  private static func car(
    in world: SimulationWorld, _ start: SimulationStart, offersPace: Bool
  ) throws(CommandError) -> Simulation {
    do throws(RuleViolation) {
      return try Simulation(world: world, start: start, allowsModes: offersPace)
    } catch {
      throw .rule(error)
    }
  }

  /// First eight bytes of a hash in hexadecimal.
  private static func prefix(_ hash: String) -> String { String(hash.prefix(16)) }
}
