import Commands
import Events
import Racing
import Testing

/// Commands for one simulation take turns; no two succeed against the same version.
struct ConcurrencyTests {
  /// Versions of every stream are dense and every command has its own events.
  private func checkOrder(of log: WatchedLog) {
    var versions: [StreamID: Int32] = [:]
    for event in log.all {
      versions[event.stream, default: 0] += 1
      #expect(event.version.rawValue == versions[event.stream])
    }
  }

  private func results(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws(CommandError) -> CommandOutcome
  ) async -> [Result<CommandOutcome, CommandError>] {
    await withTaskGroup(of: Result<CommandOutcome, CommandError>.self) { group in
      for number in 0..<count {
        group.addTask {
          do throws(CommandError) { return .success(try await body(number)) } catch { return .failure(error) }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  @Test func `many advances at once drive as many laps`() async throws {
    var limits = CommandHandler.Limits()
    limits.waitingForOne = 100
    let pits = Pits(.init(laps: 40, safetyCar: nil, caps: [50, 50, 50]), limits: limits)
    let run = try await pits.start().simulation
    let results = await results(30) { _ throws(CommandError) in try await pits.advance(run) }
    let laps = try results.map { try $0.get().view.lap }
    #expect(laps.sorted() == Array(2...31))
    checkOrder(of: pits.log)
  }

  @Test func `of many stops for one lap exactly one is made`() async throws {
    var limits = CommandHandler.Limits()
    limits.waitingForOne = 100
    let pits = Pits(limits: limits)
    let run = try await pits.start().simulation
    let tyres: [Compound] = [.soft, .hard]
    let results = await results(40) { number throws(CommandError) in
      try await pits.decide(run, 5, .pit(tyres[number % 2]))
    }
    #expect(results.count { (try? $0.get()) != nil } == 1)
    for case .failure(let error) in results {
      guard case .duplicateDecision(5, .pit, _) = error else {
        Issue.record("expected a duplicate, got \(error)")
        continue
      }
    }
    checkOrder(of: pits.log)
  }

  @Test func `the same command many times at once is done once`() async throws {
    let pits = Pits()
    let id = pits.newID()
    let start = Command.startSimulation(StartSimulation(race: pits.race, driver: pits.driver, compound: .medium))
    let results = await results(20) { _ throws(CommandError) in try await pits.send(start, id: id) }
    let outcomes = try results.map { try $0.get() }
    #expect(Set(outcomes.map(\.simulation)).count == 1)
    #expect(outcomes.count { !$0.isRepeat } == 1)
    #expect(pits.log.all.count == 2)
  }

  @Test func `two servers on one simulation never both succeed against one version`() async throws {
    let pits = Pits(.init(laps: 40, safetyCar: nil, caps: [50, 50, 50]))
    let other = pits.secondServer()
    let run = try await pits.start().simulation
    let results = await results(20) { number throws(CommandError) in
      try await (number % 2 == 0 ? pits : other).advance(run)
    }
    var driven = 0
    for result in results {
      switch result {
      case .success: driven += 1
      case .failure(.conflict(let stream, _, _)): #expect(stream == run)
      case .failure(let error): Issue.record("expected a conflict, got \(error)")
      }
    }
    #expect(try await pits.handler.view(of: run, by: pits.player).lap == 1 + driven)
    checkOrder(of: pits.log)
  }

  @Test func `a command decided on an old state is decided again`() async throws {
    let pits = Pits()
    let other = pits.secondServer()
    let run = try await pits.start().simulation
    try await pits.advance(run, to: 3)
    try await other.advance(run, to: 5)
    let outcome = try await pits.advance(run)
    #expect(outcome.view.lap == 6)
    try await other.decide(run, 7, .pit(.hard))
    // This server knows nothing of that stop yet and must not judge without it.
    let refused = await results(1) { _ throws(CommandError) in try await pits.decide(run, 7, .pit(.soft)) }
    guard case .failure(.duplicateDecision(7, .pit, _)) = try #require(refused.first) else {
      Issue.record("expected a duplicate, got \(refused)")
      return
    }
  }

  @Test func `too many commands for one simulation are refused as overload`() async throws {
    var limits = CommandHandler.Limits()
    limits.waitingForOne = 2
    let pits = Pits(.init(laps: 40, safetyCar: nil, caps: [50, 50, 50]), limits: limits)
    let run = try await pits.start().simulation
    let results = await results(50) { _ throws(CommandError) in try await pits.advance(run) }
    var driven = 0
    for result in results {
      switch result {
      case .success: driven += 1
      case .failure(.overloaded): break
      case .failure(let error): Issue.record("expected overload, got \(error)")
      }
    }
    #expect(driven >= 1)
    #expect(try await pits.handler.view(of: run, by: pits.player).lap == 1 + driven)
  }

  @Test func `hundreds of runs at once end as each would alone`() async throws {
    let pits = Pits()
    let totals = try await withThrowingTaskGroup(of: Int64.self) { group in
      for number in 0..<300 {
        group.addTask { try await finishedTotal(pits, stopLap: 5 + number % 3) }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    var alone: Set<Int64> = []
    for stop in 5...7 { alone.insert(try await finishedTotal(Pits(), stopLap: stop)) }
    #expect(totals == alone)
    checkOrder(of: pits.log)
    #expect(pits.log.all.map(\.position.rawValue) == Array(1...Int64(pits.log.all.count)))
  }

  private func finishedTotal(_ pits: Pits, stopLap: Int) async throws -> Int64 {
    let run = try await pits.start(by: pits.bot).simulation
    let stop = MakeDecision(simulation: run, lap: stopLap, choice: .pit(.hard))
    try await pits.send(.makeDecision(stop), by: pits.bot)
    try await pits.send(.advance(Advance(simulation: run)), by: pits.bot)
    let view = try await pits.send(.finish(simulation: run), by: pits.bot).view
    return try #require(view.result?.finished.total)
  }

  @Test func `a hot run is not read from the log`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let reads = pits.log.readCount
    try await pits.decide(run, 5, .pit(.hard))
    try await pits.drive(run, to: 15)
    try await pits.send(.finish(simulation: run))
    #expect(pits.log.readCount == reads)
    #expect(pits.catalog.askedCount == 1)
  }

  @Test func `a run that fell out of memory goes on`() async throws {
    var limits = CommandHandler.Limits()
    limits.keptSimulations = 2
    let pits = Pits(limits: limits)
    let run = try await pits.start().simulation
    try await pits.decide(run, 5, .pit(.hard))
    for _ in 0..<6 { _ = try await pits.start(by: pits.rival) }
    let reads = pits.log.readCount
    #expect(try await pits.advance(run, to: 6).view.stops.map(\.lap) == [5])
    #expect(pits.log.readCount > reads)
  }

  @Test func `a failed append changes nothing`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    for error in [AppendError.unavailable(reason: "away"), .overloaded(retryAfter: .seconds(2)), .closed] {
      pits.log.failNext(with: error)
      let expected: CommandError =
        switch error {
        case .overloaded(let retryAfter): .overloaded(retryAfter: retryAfter)
        case .unavailable(let reason): .unavailable(reason: reason)
        default: .unavailable(reason: "the log is closed")
        }
      await #expect(throws: expected) { try await pits.decide(run, 5, .pit(.hard)) }
      #expect(try await pits.handler.view(of: run, by: pits.player).decisions.count == 1)
    }
    #expect(try await pits.decide(run, 5, .pit(.hard)).view.decisions.count == 2)
  }
}
