import Commands
import Events
import HTTPTypes
import Racing

extension Api {
  func startSimulation(_ call: Call) async throws(Problem) -> Answer {
    let names = ["race", "driver", "start", "stops", "startLap", "mode", "ranked", "pace"]
    let fields = try Fields.body(call.body, names: names, limits: limits)
    let race = try namedRace(fields)
    let driver = try Self.driver(fields)
    let compound = try Self.compound(fields, "start")
    if fields.has("stops") {
      let command = try playPlan(fields, race, driver, compound)
      return try await perform(command, call, created: true)
    }
    let modes: [String: SimulationStarted.Mode] = ["live": .live, "hindsight": .hindsight]
    let mode = try Self.choice(fields, "mode", from: modes) ?? .live
    let start = StartSimulation(
      race: race.key, driver: driver, startLap: try fields.integer("startLap", in: 1...999) ?? 1, compound: compound,
      mode: mode, wantsRank: try fields.flag("ranked") ?? true,
      offersPace: try fields.flag("pace") ?? false)
    return try await perform(.startSimulation(start), call, created: true)
  }

  func simulation(_ call: Call) async throws(Problem) -> Answer {
    try await awaitPosition(call)
    let id: StreamID = try call.identifier(0, of: .unknownSimulation, "a run")
    let account = try call.account()
    do {
      let view = try await commands.view(of: id, by: account.id)
      return answer(view, position: live.position)
    } catch { throw Problem(error) }
  }

  /// The race of a run up to its lap, everybody in it.
  func raceSoFar(_ call: Call) async throws(Problem) -> Answer {
    let id: StreamID = try call.identifier(0, of: .unknownSimulation, "a run")
    let account = try call.account()
    do {
      let race = try await commands.raceSoFar(of: id, by: account.id)
      return answer(race, position: live.position)
    } catch { throw Problem(error) }
  }

  /// What a finished run is set beside.
  func review(_ call: Call) async throws(Problem) -> Answer {
    let id: StreamID = try call.identifier(0, of: .unknownSimulation, "a run")
    let account = try call.account()
    do {
      let review = try await commands.review(of: id, by: account.id)
      return answer(review, of: id, position: live.position)
    } catch { throw Problem(error) }
  }

  func decide(_ call: Call) async throws(Problem) -> Answer {
    let id: StreamID = try call.identifier(0, of: .unknownSimulation, "a run")
    let fields = try Fields.body(call.body, names: ["lap", "kind", "compound", "pace"], limits: limits)
    let lap = try fields.required("lap", try fields.integer("lap", in: 1...999))
    let choice = try Self.choice(fields)
    return try await perform(.makeDecision(MakeDecision(simulation: id, lap: lap, choice: choice)), call)
  }

  func advance(_ call: Call) async throws(Problem) -> Answer {
    let id: StreamID = try call.identifier(0, of: .unknownSimulation, "a run")
    let fields = try Fields.body(call.body, names: ["toLap", "stopOn"], limits: limits)
    let lap = try fields.integer("toLap", in: 1...999)
    let signals = try Self.signals(fields)
    return try await perform(.advance(Advance(simulation: id, toLap: lap, stopOn: signals)), call)
  }

  func finish(_ call: Call) async throws(Problem) -> Answer {
    let id: StreamID = try call.identifier(0, of: .unknownSimulation, "a run")
    _ = try Fields.body(call.body, names: [], limits: limits)
    return try await perform(.finish(simulation: id), call)
  }

  func abandon(_ call: Call) async throws(Problem) -> Answer {
    let id: StreamID = try call.identifier(0, of: .unknownSimulation, "a run")
    _ = try Fields.body(call.body, names: [], limits: limits)
    return try await perform(.abandon(simulation: id), call)
  }

  func fork(_ call: Call) async throws(Problem) -> Answer {
    let id: StreamID = try call.identifier(0, of: .unknownSimulation, "a run")
    let fields = try Fields.body(call.body, names: ["lap"], limits: limits)
    let lap = try fields.required("lap", try fields.integer("lap", in: 1...999))
    return try await perform(.fork(Fork(simulation: id, lap: lap)), call, created: true)
  }

  /// Sends a command and answers with what it did.
  private func perform(_ command: Command, _ call: Call, created: Bool = false) async throws(Problem) -> Answer {
    let account = try call.account()
    let key = try IdempotencyKey(call, account: account.id, fresh: newID)
    do {
      let outcome = try await commands.handle(command, id: key.command, actor: account.id)
      var answer = answer(outcome, key: key, status: created && !outcome.isRepeat ? 201 : 200)
      answer.headers[.idempotencyKey] = key.text
      if created { answer.headers[.location] = "/api/v1/simulate/\(outcome.simulation)" }
      return answer
    } catch {
      var problem = Problem(error)
      problem.extras.append(.text("idempotencyKey", key.text))
      throw problem
    }
  }
}
