import Commands
import Events
import Racing
import Testing

/// A command that was accepted gives the same answer again, whatever happened since.
struct IdempotencyTests {
  private func asRepeat(_ outcome: CommandOutcome) -> CommandOutcome {
    var outcome = outcome
    outcome.isRepeat = true
    return outcome
  }

  @Test func `every kind of command can be repeated`() async throws {
    let pits = Pits()
    let startID = pits.newID()
    let start = Command.startSimulation(StartSimulation(race: pits.race, driver: pits.driver, compound: .medium))
    let run = try await pits.send(start, id: startID).simulation
    let commands: [Command] = [
      .advance(Advance(simulation: run, toLap: 3)),
      .makeDecision(MakeDecision(simulation: run, lap: 5, choice: .pit(.hard))),
      .makeDecision(MakeDecision(simulation: run, lap: 12, choice: .pit(.medium))),
      .advance(Advance(simulation: run)),
      .fork(Fork(simulation: run, lap: 4)),
      .finish(simulation: run),
      .playPlan(
        PlayPlan(
          race: pits.race, driver: pits.driver, startCompound: .medium, stops: [.init(lap: 9, compound: .hard)])),
    ]
    var sent: [(Command, CommandID, CommandOutcome)] = []
    for command in commands {
      let id = pits.newID()
      sent.append((command, id, try await pits.send(command, id: id)))
    }
    let written = pits.log.all
    for (command, id, first) in sent.reversed() {
      #expect(try await pits.send(command, id: id) == asRepeat(first))
    }
    #expect(try await pits.send(start, id: startID).simulation == run)
    #expect(pits.log.all == written)
  }

  @Test func `a repeat on another server gives the same answer`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let id = pits.newID()
    let command = Command.makeDecision(MakeDecision(simulation: run, lap: 5, choice: .pit(.hard)))
    let first = try await pits.send(command, id: id)
    try await pits.drive(run, to: 7)
    #expect(try await pits.secondServer().send(command, id: id) == asRepeat(first))
  }

  @Test func `an id used for another command is refused`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let id = pits.newID()
    try await pits.send(.advance(Advance(simulation: run, toLap: 3)), id: id)
    let written = pits.log.all
    await #expect(throws: CommandError.commandIdReused(id)) {
      try await pits.send(.advance(Advance(simulation: run, toLap: 4)), id: id)
    }
    await #expect(throws: CommandError.commandIdReused(id)) {
      _ = try await pits.handler.registerUser(UserID(high: 5, low: 5), kind: .guest, id: id)
    }
    #expect(pits.log.all == written)
  }

  @Test func `an id of somebody else tells nothing about his run`() async throws {
    let pits = Pits()
    let id = pits.newID()
    let start = Command.startSimulation(StartSimulation(race: pits.race, driver: pits.driver, compound: .medium))
    try await pits.send(start, id: id)
    await #expect(throws: CommandError.commandIdReused(id)) { try await pits.send(start, id: id, by: pits.rival) }
  }

  @Test func `a refused command may be sent again under its id`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let id = pits.newID()
    let command = Command.makeDecision(MakeDecision(simulation: run, lap: 8, choice: .stayOut))
    try await pits.advance(run, to: 6)
    await #expect(throws: CommandError.self) {
      try await pits.send(.makeDecision(MakeDecision(simulation: run, lap: 7, choice: .stayOut)), id: id)
    }
    try await pits.advance(run, to: 7)
    #expect(try await pits.send(command, id: id).isRepeat == false)
  }

  @Test func `when the answer is lost the repeat finds what was written`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let id = pits.newID()
    let command = Command.makeDecision(MakeDecision(simulation: run, lap: 5, choice: .pit(.hard)))
    pits.log.loseNextAnswer()
    await #expect(throws: CommandError.unavailable(reason: "the connection was lost")) {
      try await pits.send(command, id: id)
    }
    let written = pits.log.all
    let outcome = try await pits.send(command, id: id)
    #expect(outcome.isRepeat)
    #expect(outcome.view.next?.decided?.compound == .hard)
    #expect(pits.log.all == written)
    #expect(try await pits.advance(run).view.stops.map(\.lap) == [5])
  }
}
