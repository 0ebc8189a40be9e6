internal import Postgres

/// One session that appends and then flushes, in one round trip.
///
/// The append commits without waiting for the disk, so that its lock is released at once; the flush is a transaction of
/// its own behind it, and takes everything that was committed before along. Meanwhile the other lane appends.
///
/// Behind a transaction pooler the two could be run by different server processes, one before a crash and one after it;
/// then the append waits for the disk itself.
struct AppendLane: Sendable {
  private let session: Session
  private let isPooled: Bool

  /// Writes a record to the write-ahead log and waits until it is on disk.
  static let flush = Statement("log-flush", "SELECT pg_logical_emit_message(true, 'blame', '')")
  private static let durability = Statement(unnamed: "SELECT current_setting('synchronous_commit')")

  static func open(_ configuration: PostgresConfiguration) async throws(PostgresError) -> AppendLane {
    let session = try await Session.connect(configuration)
    do throws(PostgresError) {
      guard try await session.query(durability).decode(row: 0, column: 0, as: String.self) != "off" else {
        throw PostgresError(
          .connectionFailed, "synchronous_commit is off, so nothing acknowledged would be durable",
          hint: "set it to on for this role and database", isSafeToRetry: true)
      }
      return AppendLane(session: session, isPooled: configuration.isPooled)
    } catch {
      await session.close()
      throw error
    }
  }

  /// What became of a batch.
  enum Outcome: Sendable {
    /// Committed and on disk.
    case durable(AppendReply)
    /// Taken back as a whole.
    case refused(BatchFailure)
    /// Nobody knows; the session is of no more use.
    case unknown(PostgresError)
  }

  /// - Complexity: O(bytes).
  func append(_ commands: [EncodedAppend], timeout: Duration) async -> Outcome {
    let append = AppendStatement.statement.with(AppendStatement.parameters(of: commands, isFlushedLater: !isPooled))
    do throws(PostgresError) {
      let flush = isPooled ? [] : [Self.flush.with([])]
      return try outcome(try await session.pipelineEach([append] + flush, timeout: timeout))
    } catch {
      return .unknown(error)
    }
  }

  private func outcome(_ results: [Result<Rows, PostgresError>]) throws(PostgresError) -> Outcome {
    precondition(!results.isEmpty, "a result for each statement")
    if case .failure(let error) = results[0], let failure = error.batchFailure { return .refused(failure) }
    let appended = try results[0].get()
    for flush in results.dropFirst() { _ = try flush.get() }
    return .durable(try AppendReply(appended))
  }

  func close() async { await session.close() }
}
