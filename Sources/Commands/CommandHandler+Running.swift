internal import Events
internal import Racing

extension CommandHandler {
  /// A command to a simulation that exists: takes the simulation's turn, decides and appends.
  ///
  /// Another server may have written to the stream since it was folded here. The append then meets a conflict, and a
  /// refusal may be out of date: in both cases the simulation is brought up to date and the command is decided once
  /// more.
  func move(_ move: SimulationMove, of simulation: StreamID, _ request: Request) async throws(CommandError)
    -> CommandOutcome
  {
    try await turns.turn(at: simulation) { kept throws(CommandError) in
      let state: SimulationState
      if let known = kept { state = known } else { state = try await load(simulation) }
      kept = state
      let failure: CommandError
      do throws(CommandError) {
        return try await attempt(move, from: state, request, kept: &kept)
      } catch {
        failure = error
      }
      guard failure.mayBeOutdated else { throw failure }
      let newer = try await current(simulation, kept: state)
      kept = newer
      guard newer.version > state.version else { throw failure }
      return try await attempt(move, from: newer, request, kept: &kept)
    }
  }

  private func attempt(
    _ move: SimulationMove, from state: SimulationState, _ request: Request, kept: inout SimulationState?
  ) async throws(CommandError) -> CommandOutcome {
    try state.check(actor: request.actor)
    let standing = try await standing(for: move, of: state)
    let verdict = try await workers.run { () throws(CommandError) in
      try SimulationDecider.decide(state, move, standing: standing)
    }
    return try await append(verdict, expecting: .exactly(state.version), request, kept: &kept)
  }

  /// Only the end of a run depends on what the account did elsewhere.
  private func standing(for move: SimulationMove, of state: SimulationState) async throws(CommandError)
    -> PlayerStanding
  {
    guard case .finish = move else { return PlayerStanding(kind: nil) }
    return try await standing(of: state.player, on: state.started.race, besides: state.id)
  }

  /// Appends what was decided; what is kept afterwards is the newest state known for certain.
  func append(
    _ verdict: Verdict, expecting version: ExpectedVersion, _ request: Request, kept: inout SimulationState?
  ) async throws(CommandError) -> CommandOutcome {
    let state = verdict.state
    let answer = StoredAnswer(
      fingerprint: request.fingerprint, simulation: state.id, version: state.version, interruption: verdict.interruption
    )
    let appended: Appended
    do throws(AppendError) {
      appended = try await log.append(
        Append(
          command: request.id, actor: request.actor, expectations: [.init(stream: state.id, version: version)],
          events: verdict.events.map { .init(stream: state.id, event: $0) }, answer: answer.bytes))
    } catch {
      // Whether the append happened is not always known; the stream tells next time.
      kept = nil
      throw CommandError(error)
    }
    if appended.isRepeat { return try await replay(appended, of: request) }
    kept = state
    return CommandOutcome(
      simulation: state.id, first: appended.first, last: appended.last, isRepeat: false,
      interruption: verdict.interruption, view: state.view)
  }
}

extension CommandError {
  /// The command was judged and refused, so an earlier acceptance under the same id is worth looking for.
  public var isRefusal: Bool {
    switch self {
    case .overloaded, .unavailable, .commandIdReused, .unreadable: false
    default: true
    }
  }

  /// It may come from a simulation that another server drove on meanwhile.
  var mayBeOutdated: Bool { isRefusal && !isOwnership }

  private var isOwnership: Bool {
    if case .notYours = self { true } else { false }
  }

  /// The same failure in the words of commands.
  init(_ error: AppendError) {
    switch error {
    case .conflict(let stream, let expected, let found):
      let version = if case .exactly(let version) = expected { version } else { Version.zero }
      self = .conflict(stream: stream, expected: version, found: found)
    case .overloaded(let retryAfter): self = .overloaded(retryAfter: retryAfter)
    case .unavailable(let reason): self = .unavailable(reason: reason)
    case .closed: self = .unavailable(reason: "the log is closed")
    }
  }
}
