internal import Events
internal import Racing

extension CommandHandler {
  /// The simulation as the log has it now, starting from what is kept, if anything is.
  func current(_ simulation: StreamID, kept: SimulationState?) async throws(CommandError) -> SimulationState {
    guard let kept else { return try await load(simulation) }
    let newer = try await events(of: simulation, after: kept.version)
    return newer.isEmpty ? kept : try await fold(newer[...], onto: kept)
  }

  /// The simulation folded from its stream.
  /// - Parameter version: nil for all of it.
  func load(_ simulation: StreamID, upTo version: Version? = nil) async throws(CommandError) -> SimulationState {
    var events = try await events(of: simulation, after: .zero)
    if let version { events.removeAll { $0.version > version } }
    guard let first = events.first, case .simulationStarted(let started) = first.event, let player = first.actor else {
      throw .unknownSimulation(simulation)
    }
    let car = try await car(of: started, simulation)
    let state = SimulationState(id: simulation, player: player, started: started, car: car)
    return try await fold(events.dropFirst(), onto: state)
  }

  /// The car where a simulation begins. A fork's car stands where its parent's was; the parent's laps up to there
  /// never change, so it does not matter how far the parent is by now.
  private func car(of started: SimulationStarted, _ id: StreamID) async throws(CommandError) -> Simulation {
    guard let parent = started.forkOf else {
      let world = try await world(of: started, id)
      return try await workers.run { () throws(CommandError) in try SimulationDecider.car(in: world, started) }
    }
    let origin = try await load(parent)
    return try await workers.run { () throws(CommandError) in
      do throws(RuleViolation) {
        return try origin.car.fork(atLap: Int(started.startLap))
      } catch {
        throw .unreadable(stream: id, reason: "it cannot continue from \(parent): \(error)")
      }
    }
  }

  private func fold(
    _ events: ArraySlice<RecordedEvent>, onto state: SimulationState
  ) async throws(CommandError) -> SimulationState {
    try await workers.run { () throws(CommandError) in
      var state = state
      for event in events { try state.evolve(event.event) }
      return state
    }
  }

  private func world(of started: SimulationStarted, _ id: StreamID) async throws(CommandError) -> SimulationWorld {
    do throws(CatalogError) {
      return try await catalog.world(of: started.race, driver: started.driver, artefact: started.artefact)
    } catch {
      if case .unavailable(let reason) = error { throw .unavailable(reason: reason) }
      throw .raceChanged(id)
    }
  }

  func events(of stream: StreamID, after version: Version) async throws(CommandError) -> [RecordedEvent] {
    do throws(ReadError) {
      return try await log.events(of: stream, after: version)
    } catch {
      throw CommandError(error, reading: stream)
    }
  }

  /// The first answer to a command that was accepted before; nil when it never was.
  func firstAnswer(to request: Request) async throws(CommandError) -> CommandOutcome? {
    guard let appended = try await answer(to: request.id) else { return nil }
    return try await replay(appended, of: request)
  }

  func answer(to command: CommandID) async throws(CommandError) -> Appended? {
    do throws(ReadError) {
      return try await log.answer(to: command)
    } catch {
      throw CommandError(error, reading: nil)
    }
  }

  /// The first answer again: positions and interruption as stored, the view from the stream as it was.
  func replay(_ appended: Appended, of request: Request) async throws(CommandError) -> CommandOutcome {
    guard let stored = StoredAnswer(bytes: appended.answer), stored.fingerprint == request.fingerprint,
      let simulation = stored.simulation
    else { throw .commandIdReused(request.id) }
    let state = try await load(simulation, upTo: stored.version)
    return CommandOutcome(
      simulation: simulation, first: appended.first, last: appended.last, isRepeat: true,
      interruption: stored.interruption, view: state.view)
  }
}

extension CommandError {
  /// The same failure in the words of commands.
  init(_ error: ReadError, reading stream: StreamID?) {
    switch error {
    case .unavailable(let reason): self = .unavailable(reason: reason)
    case .undecodable(let position, let reason):
      self = .unreadable(
        stream: stream ?? StreamID(high: 0, low: 0), reason: "the event at \(position.rawValue): \(reason)")
    }
  }
}
