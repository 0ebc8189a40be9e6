extension SessionCore {
  func query(_ call: Call, lease: UInt64?, timeout: Duration?) async throws(PostgresError) -> Rows {
    let results = try await perform([call], syncEach: false, lease: lease, timeout: timeout)
    guard let only = results.first else { throw PostgresError(.protocolViolation, "no result") }
    return try only.get()
  }

  func pipeline(_ calls: [Call], lease: UInt64?, timeout: Duration?) async throws(PostgresError) -> [Rows] {
    let results = try await perform(calls, syncEach: false, lease: lease, timeout: timeout)
    if let failure = Self.firstFailure(results) { throw failure }
    var rows: [Rows] = []
    rows.reserveCapacity(results.count)
    for result in results { rows.append(try result.get()) }
    return rows
  }

  func pipelineEach(
    _ calls: [Call], lease: UInt64?, timeout: Duration?
  ) async throws(PostgresError) -> [Result<Rows, PostgresError>] {
    try await perform(calls, syncEach: true, lease: lease, timeout: timeout)
  }

  func execute(_ sql: String, lease: UInt64?, timeout: Duration?) async throws(PostgresError) -> [Rows] {
    switch await perform(Request(.script(sql), lease: lease, timeout: timeout)) {
    case .failed(let error): throw error
    case .results(let results):
      var rows: [Rows] = []
      for result in results { rows.append(try result.get()) }
      return rows
    }
  }

  private func perform(
    _ calls: [Call], syncEach: Bool, lease: UInt64?, timeout: Duration?
  ) async throws(PostgresError) -> [Result<Rows, PostgresError>] {
    guard !calls.isEmpty else { return [] }
    for call in calls where call.parameters.count > Parameters.bound {
      throw PostgresError(
        .misuse, "\(call.parameters.count) parameters, at most \(Parameters.bound) are possible",
        hint: "send arrays", statement: call.statement.name, isSafeToRetry: true)
    }
    switch await perform(Request(.calls(calls, syncEach: syncEach), lease: lease, timeout: timeout)) {
    case .results(let results): return results
    case .failed(let error): throw error
    }
  }

  /// The failure that caused the others, which were only skipped.
  private static func firstFailure(_ results: [Result<Rows, PostgresError>]) -> PostgresError? {
    for case .failure(let error) in results where error.code != .transactionAborted { return error }
    for case .failure(let error) in results { return error }
    return nil
  }
}

extension Parameters {
  /// The protocol counts parameters in sixteen bits.
  static var bound: Int { 65_535 }
}
