import CLibpq

extension Request {
  /// Tells the caller, once.
  func finish(_ outcome: Outcome) {
    switch work {
    case .copyOut(_, let channel): channel.end(outcome.failure)
    case .copyIn(_, let channel): channel.end(outcome)
    case .calls, .script, .lease: break
    }
    let waiting = continuation
    continuation = nil
    waiting?.resume(returning: outcome)
  }

  /// An error of the command under way.
  func note(_ error: PostgresError, _ result: ServerResult) {
    progress.error = progress.error ?? error
    if error.sqlState == PostgresError.queryCanceled { progress.wasCanceled = true }
    if error.asksForPreparing(result.diagnostic(CLIBPQ_DIAG_FUNCTION)) { progress.wantsAgain = true }
  }

  /// The command under way was skipped, because an earlier one of the same segment failed.
  func abort() { progress.isAborted = true }

  /// The call under way is over.
  func endCall() {
    let result: Result<Rows, PostgresError>
    if let error = progress.error {
      result = .failure(error)
    } else if progress.isAborted {
      result = .failure(
        PostgresError(
          .transactionAborted, "not run, because a statement before it failed",
          statement: statementName(progress.call)))
    } else if let rows = progress.rows {
      result = .success(rows)
    } else {
      result = .failure(PostgresError(.protocolViolation, "no result", statement: statementName(progress.call)))
    }
    progress.rows = nil
    progress.results.append(result)
  }
}

extension Request.Outcome {
  /// The first error, if there is one.
  var failure: PostgresError? {
    switch self {
    case .failed(let error): return error
    case .results(let results):
      for case .failure(let error) in results { return error }
      return nil
    }
  }
}
