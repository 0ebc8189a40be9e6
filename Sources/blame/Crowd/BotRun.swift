import Commands
import Events
import Racing

/// One ranked race of one bot, played lap by lap through the real command path.
struct BotRun {
  let handler: CommandHandler
  let user: UserID
  let race: RaceKey
  let world: SimulationWorld
  /// Called with every acknowledgement, before the next command is sent.
  let acknowledged: @Sendable (CommandID, CommandOutcome) -> Void

  /// Plays to the flag.
  ///
  /// - Throws: what the handler refuses for reasons that are not the bot's play.
  func play(_ bot: inout Bot, ids: inout CommandIDs) async throws -> SimulationView {
    var idea = bot.idea(for: world)
    var view = try await send(.startSimulation(StartSimulation(race: race, driver: world.driver)), &ids).view
    while view.status == .running, let next = view.next {
      if let compound = choose(&idea, next, view, &bot) {
        let decision = MakeDecision(simulation: view.simulation, lap: next.lap, choice: .pit(compound))
        view = try await send(.makeDecision(decision), &ids).view
        view = try await send(.advance(Advance(simulation: view.simulation)), &ids).view
      } else {
        view = try await driveOn(idea, next, view, &ids)
      }
    }
    return view
  }

  private func driveOn(
    _ idea: [Plan.Change], _ next: SimulationView.NextLap, _ view: SimulationView, _ ids: inout CommandIDs
  ) async throws -> SimulationView {
    guard let stop = idea.first(where: { $0.lap > next.lap }) else {
      return try await finishOrAdvance(next, view, &ids)
    }
    return try await send(.advance(Advance(simulation: view.simulation, toLap: stop.lap - 1)), &ids).view
  }

  private func finishOrAdvance(
    _ next: SimulationView.NextLap, _ view: SimulationView, _ ids: inout CommandIDs
  ) async throws -> SimulationView {
    if next.lap == view.lapCount { return try await send(.finish(simulation: view.simulation), &ids).view }
    return try await send(.advance(Advance(simulation: view.simulation, toLap: view.lapCount - 1)), &ids).view
  }

  /// The tyre to fit at the end of the next lap, if the bot stops there.
  private func choose(
    _ idea: inout [Plan.Change], _ next: SimulationView.NextLap, _ view: SimulationView, _ bot: inout Bot
  ) -> Compound? {
    while let stop = idea.first, stop.lap < next.lap { idea.removeFirst() }
    guard !next.compounds.isEmpty else { return nil }
    let due = idea.first
    let isNeutralised = next.kind == .safetyCar || next.kind == .virtualSafetyCar
    let wanted: Compound? =
      if let due, due.lap == next.lap {
        due.compound
      } else if let due, isNeutralised, bot.takesChance(lapsUntilStop: due.lap - next.lap) {
        due.compound
      } else if !next.mayStayOut {
        next.compounds.first
      } else {
        nil
      }
    guard let wanted else { return nil }
    if !idea.isEmpty { idea.removeFirst() }
    return next.compounds.contains(wanted) ? wanted : next.compounds.first
  }

  private func send(_ command: Command, _ ids: inout CommandIDs) async throws -> CommandOutcome {
    let id = ids.next()
    var attempt = 0
    while true {
      do throws(CommandError) {
        let outcome = try await handler.handle(command, id: id, actor: user)
        acknowledged(id, outcome)
        return outcome
      } catch {
        guard attempt < 200, let pause = error.pause else { throw error }
        attempt += 1
        try await Task.sleep(for: pause)
      }
    }
  }
}

extension CommandError {
  /// How long to wait before the same command is sent again; nil when that would not help.
  var pause: Duration? {
    switch self {
    case .overloaded(let retryAfter): retryAfter
    case .unavailable: .milliseconds(100)
    default: nil
    }
  }
}

/// Idempotency keys that follow from a seed, so that a crowd started again repeats itself instead of doubling.
struct CommandIDs {
  private var chance: SplitMix

  /// The keys of one bot's runs.
  init(seed: UInt64) { chance = SplitMix(seed: seed) }

  /// The next key.
  mutating func next() -> CommandID { CommandID(high: chance.next(), low: chance.next()) }
}
