internal import Events
internal import Racing

extension CommandHandler {
  /// Takes over a car.
  func start(_ command: StartSimulation, _ request: Request) async throws(CommandError) -> CommandOutcome {
    let beginning = try await beginning(request, on: command.race)
    let world = try await world(of: command.race, driver: command.driver)
    let verdict = try await workers.run { () throws(CommandError) in
      try SimulationDecider.start(command, beginning, world: world)
    }
    return try await open(verdict, request)
  }

  /// Plays a whole plan.
  func play(_ plan: PlayPlan, _ request: Request) async throws(CommandError) -> CommandOutcome {
    let beginning = try await beginning(request, on: plan.race)
    let world = try await world(of: plan.race, driver: plan.driver)
    let verdict = try await workers.run { () throws(CommandError) in
      try SimulationDecider.play(plan, beginning, world: world)
    }
    return try await open(verdict, request)
  }

  /// Continues from a lap of a run of the same account.
  func fork(_ fork: Fork, _ request: Request) async throws(CommandError) -> CommandOutcome {
    let parent = try await turns.turn(at: fork.simulation) { kept throws(CommandError) in
      let state = try await current(fork.simulation, kept: kept)
      kept = state
      return state
    }
    try parent.check(actor: request.actor)
    let beginning = try await beginning(request, on: parent.started.race)
    let verdict = try await workers.run { () throws(CommandError) in
      try SimulationDecider.fork(fork, of: parent, beginning)
    }
    return try await open(verdict, request)
  }

  /// Appends the first events of a new simulation and keeps it at hand.
  private func open(_ verdict: Verdict, _ request: Request) async throws(CommandError) -> CommandOutcome {
    try await turns.turn(at: verdict.state.id) { kept throws(CommandError) in
      try await append(verdict, expecting: .none, request, kept: &kept)
    }
  }

  private func beginning(_ request: Request, on race: RaceKey) async throws(CommandError) -> Beginning {
    Beginning(
      simulation: newStream(), player: request.actor,
      standing: try await standing(of: request.actor, on: race, besides: nil))
  }

  private func world(of race: RaceKey, driver: DriverCode) async throws(CommandError) -> SimulationWorld {
    do throws(CatalogError) {
      return try await catalog.world(of: race, driver: driver, artefact: nil)
    } catch {
      switch error {
      case .unknownRace, .superseded: throw .unknownRace(race)
      case .unknownDriver(let known): throw .unknownDriver(driver, race: race, known: known)
      case .notPlayable(let reason): throw .notPlayable(driver, race: race, reason: reason)
      case .refused(let reason): throw .refusedByModel(race, reason: reason)
      case .unavailable(let reason): throw .unavailable(reason: reason)
      }
    }
  }
}
