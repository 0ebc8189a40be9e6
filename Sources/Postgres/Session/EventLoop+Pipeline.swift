import CLibpq

extension EventLoop {
  var wantsToRead: Bool { simple?.wantsToRead ?? true }

  /// Sends what the machine lets out.
  func send(_ wire: Wire) {
    while failure == nil, let step = machine.next() {
      switch step {
      case .pipeline(let entry):
        sentSinceTake += 1
        send(entry.work, wire, isRepeated: entry.repeats > 0)
      case .grant(let entry):
        sentSinceTake += 1
        answers.append((entry.work, .results([])))
      case .simple(let entry):
        sentSinceTake += 1
        begin(entry.work, wire)
      case .fence:
        if !wire.sync() { fail("sending") }
      }
    }
  }

  private func send(_ request: Request, _ wire: Wire, isRepeated: Bool) {
    guard case .calls(let calls, let syncEach) = request.work else { return }
    request.progress = Request.Progress()
    for (index, call) in calls.enumerated() {
      guard send(call, of: request, wire, isRepeated: isRepeated) else { return fail("sending") }
      guard syncEach || index == calls.count - 1 else { continue }
      request.progress.steps.append(.sync)
      guard wire.sync() else { return fail("sending") }
    }
  }

  /// What has to be repeated goes without a name: that works, or tells the true error, whatever was prepared.
  private func send(_ call: Call, of request: Request, _ wire: Wire, isRepeated: Bool) -> Bool {
    let isNameless = isRepeated || core.configuration.isPooled
    let choice = isNameless ? nil : prepared.choose(call.statement, call.parameters.types)
    request.progress.generations.append(choice?.generation)
    guard let choice else {
      request.progress.steps.append(.execute)
      return wire.execute(sql: call.statement.sql, call.parameters)
    }
    if choice.isNew {
      request.progress.steps.append(.prepare)
      guard wire.prepare(choice.serverName, call.statement, call.parameters.types) else { return false }
    }
    request.progress.steps.append(.execute)
    return wire.execute(choice.serverName, call.parameters)
  }

  /// Takes in what the socket has.
  func read(_ wire: Wire) {
    guard wire.consumeInput() else { return readLastWords(wire) }
    if simple == nil { readResults(wire) }
    takeNotifications(wire)
    if unsentBytes { flush(wire) }
    if wire.isBad { readLastWords(wire) }
  }

  private func readResults(_ wire: Wire) {
    while failure == nil, machine.isAwaitingResults, simple == nil, !wire.isBusy {
      if machine.isFenceAtHead { readFence(wire) } else { readHead(wire) }
    }
    // Reading when nothing is awaited lets libpq handle notifications and the server's last words.
    if !machine.isAwaitingResults { _ = wire.isBusy }
  }

  private func takeNotifications(_ wire: Wire) {
    while let notification = wire.nextNotification() { core.notifications.push(notification) }
  }

  private func readFence(_ wire: Wire) {
    guard let result = wire.nextResult() else { return }
    guard result.status == PGRES_PIPELINE_SYNC else { return }
    machine.fenceReached()
    react(monotonicNanoseconds())
  }

  private func readHead(_ wire: Wire) {
    guard let request = machine.head?.work else { return }
    let result = wire.nextResult()
    guard let result else { return endOfCommand(request) }
    switch result.status {
    case PGRES_PIPELINE_SYNC: endOfSegment(request)
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: request.progress.rows = Rows(result)
    case PGRES_PIPELINE_ABORTED: request.abort()
    case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
      fail(PostgresError(.misuse, "COPY was sent as a statement", hint: "use copyIn or copyOut"))
    default: readError(result, request)
    }
  }

  private func readError(_ result: ServerResult, _ request: Request) {
    let error = PostgresError(result, statement: request.statementName(request.progress.call))
    if error.code == .connectionLost { fail(error) } else { request.note(error, result) }
  }

  private func endOfCommand(_ request: Request) {
    guard request.progress.position < request.progress.steps.count else { return }
    let step = request.progress.steps[request.progress.position]
    request.progress.position += 1
    if step == .execute { request.endCall() }
    if request.progress.error != nil || request.progress.isAborted { forget(request) }
    if step == .execute {
      request.progress.error = nil
      request.progress.isAborted = false
      request.progress.call += 1
    }
  }

  /// A statement whose preparing failed or was skipped, or which the server has lost, has to be prepared again.
  private func forget(_ request: Request) {
    guard case .calls(let calls, _) = request.work else { return }
    let call = request.progress.call
    let position = request.progress.position
    let wasPreparing =
      request.progress.steps[position - 1] == .prepare
      || (position >= 2 && request.progress.steps[position - 2] == .prepare)
    guard wasPreparing || request.progress.wantsAgain, let generation = request.progress.generations[call] else {
      return
    }
    prepared.forget(calls[call].statement.name, generation: generation)
  }

  private func endOfSegment(_ request: Request) {
    request.progress.position += 1
    guard request.progress.position == request.progress.steps.count else { return }
    let progress = request.progress
    switch machine.headFinished(wasCanceled: progress.wasCanceled, wantsAgain: progress.wantsAgain) {
    case .again: break
    case .deliver(let entry): answers.append((request, .results(Self.results(progress, entry.stop))))
    }
    react(monotonicNanoseconds())
  }

  private static func results(
    _ progress: Request.Progress, _ stop: SessionMachine<Request>.Stop?
  ) -> [Result<Rows, PostgresError>] {
    guard let stop, progress.wasCanceled else { return progress.results }
    return progress.results.map { result in result.mapError { $0.asStopped(stop) } }
  }

  /// The connection is gone; what the server said before is worth more than "connection closed".
  func readLastWords(_ wire: Wire) {
    while failure == nil, machine.isAwaitingResults, !wire.isBusy, let result = wire.nextResult() {
      guard result.status == PGRES_FATAL_ERROR else { continue }
      var error = PostgresError(result, statement: nil)
      error.code = .connectionLost
      fail(error)
    }
    fail("waiting")
  }
}

extension PostgresError {
  /// The server's "canceled" told as what it was.
  func asStopped(_ stop: SessionMachine<Request>.Stop) -> PostgresError {
    guard sqlState == Self.queryCanceled else { return self }
    var error = self
    error.code = stop == .timeout ? .timeout : .cancelled
    error.message = stop == .timeout ? "time ran out; the server stopped the statement" : "cancelled; \(message)"
    return error
  }
}
