import EventStore
import Postgres

extension ServerParts {
  /// Runs `body` while the log takes commands, and with `projecting` while the projections follow it, then closes both.
  ///
  /// For programs that do one thing and end; with `projecting`, `body` begins when the projections have caught up.
  /// - Throws: what `body` throws; ``ProjectionRunner/Failure`` when the projections cannot be brought up to date.
  public func running<Value: Sendable>(
    projecting: Bool, _ body: @escaping @Sendable (ServerParts) async throws -> Value
  ) async throws -> Value {
    let appending = Task { await log.run() }
    let runner = ProjectionRunner(self, writesThrough: false)
    let following = projecting ? Task { try await runner.run() } : nil
    do {
      if projecting { try await live.caughtUp() } else { try await library.load() }
      let value = try await body(self)
      await end(appending, following)
      return value
    } catch {
      await end(appending, following)
      throw error
    }
  }

  private func end(_ appending: Task<Void, Never>, _ following: Task<Void, any Error>?) async {
    following?.cancel()
    _ = await following?.result
    log.close()
    await appending.value
    await pool.close()
    await bulkPool.close()
  }
}
