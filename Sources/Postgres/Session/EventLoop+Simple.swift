import CLibpq

/// Work outside pipeline mode that is under way.
struct SimplePhase {
  let request: Request
  var results: [Result<Rows, PostgresError>] = []
  /// False while the reader of a COPY is behind.
  var wantsToRead = true
  /// What has been gathered of a COPY out.
  var gathered: CopyBuffer?
  /// Whether the server waits for, or sends, the rows of a COPY.
  var isCopying = false
  /// Whether a COPY has begun at all.
  var hasCopied = false
}

extension EventLoop {
  /// Leaves pipeline mode and starts a script or a COPY; only ever on an idle connection.
  func begin(_ request: Request, _ wire: Wire) {
    let sql: String
    switch request.work {
    case .script(let text), .copyOut(let text, _), .copyIn(let text, _): sql = text
    case .calls, .lease: return
    }
    guard wire.exitPipeline(), wire.sendScript(sql) else { return fail("sending") }
    simple = SimplePhase(request: request)
  }

  /// Goes on with the work outside pipeline mode as far as it can go without waiting.
  func advanceSimple(_ wire: Wire) {
    while failure == nil, let phase = simple {
      if phase.isCopying {
        guard advanceCopy(phase.request, wire) else { return }
      } else {
        guard !wire.isBusy else { return }
        guard let result = wire.nextResult() else { return endSimple(wire) }
        takeSimple(result, phase.request)
      }
    }
  }

  private func takeSimple(_ result: ServerResult, _ request: Request) {
    switch (result.status, request.work) {
    case (PGRES_COPY_OUT, .copyOut), (PGRES_COPY_IN, .copyIn):
      simple?.isCopying = true
      simple?.hasCopied = true
    case (PGRES_COPY_IN, _), (PGRES_COPY_OUT, _), (PGRES_COPY_BOTH, _):
      fail(PostgresError(.misuse, "COPY was sent in a script", hint: "use copyIn or copyOut"))
    case (PGRES_TUPLES_OK, _), (PGRES_COMMAND_OK, _), (PGRES_EMPTY_QUERY, _):
      let success = Self.success(result, request, simple?.hasCopied ?? false)
      simple?.results.append(success)
    default: takeSimple(PostgresError(result, statement: nil))
    }
  }

  private func takeSimple(_ error: PostgresError) {
    if error.code == .connectionLost { fail(error) } else { simple?.results.append(.failure(error)) }
  }

  private static func success(
    _ result: ServerResult, _ request: Request, _ hasCopied: Bool
  ) -> Result<Rows, PostgresError> {
    switch request.work {
    case .copyOut, .copyIn:
      guard hasCopied else {
        return .failure(PostgresError(.misuse, "\(result.commandTag) is no COPY in this direction", hint: "use query"))
      }
    case .script, .calls, .lease: break
    }
    return .success(Rows(result))
  }

  private func endSimple(_ wire: Wire) {
    guard let phase = simple else { return }
    simple = nil
    guard wire.enterPipeline() else { return fail("going on") }
    let wasCanceled = phase.results.contains { $0.isCanceled }
    if case .deliver(let entry) = machine.headFinished(wasCanceled: wasCanceled, wantsAgain: false) {
      let stop = entry.stop
      let results = phase.results.map { result in result.mapError { error in stop.map(error.asStopped) ?? error } }
      answers.append((entry.work, .results(results)))
    }
    react(monotonicNanoseconds())
  }
}

extension Result where Success == Rows, Failure == PostgresError {
  var isCanceled: Bool {
    if case .failure(let error) = self { error.sqlState == PostgresError.queryCanceled } else { false }
  }
}
