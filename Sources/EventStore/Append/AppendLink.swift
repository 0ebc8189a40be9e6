internal import Postgres

/// Two sessions with one and the same running server: one appends, the other flushes what the first has committed.
///
/// A flush proves something about an append only when both sessions have been connected to the same server since
/// before the append. So both are opened together, and when either breaks both are given up.
struct AppendLink: Sendable {
  let writer: Session
  let flusher: Session

  /// Writes a record to the write-ahead log and commits it durably, which takes everything committed before along.
  private static let flush = Statement("log-flush", "SELECT pg_logical_emit_message(true, 'blame', '')")
  private static let notify = Statement("log-notify", "SELECT pg_notify('\(Tail.channel)', $1)")
  private static let incarnation = Statement(
    unnamed: """
      SELECT pg_postmaster_start_time(), coalesce(inet_server_addr()::text, ''), coalesce(inet_server_port(), 0),
             current_setting('synchronous_commit')
      """)

  static func open(_ configuration: PostgresConfiguration) async throws(PostgresError) -> AppendLink {
    let writer = try await Session.connect(configuration)
    do throws(PostgresError) {
      let flusher = try await Session.connect(configuration)
      do throws(PostgresError) {
        let link = AppendLink(writer: writer, flusher: flusher)
        try await link.check()
        return link
      } catch {
        await flusher.close()
        throw error
      }
    } catch {
      await writer.close()
      throw error
    }
  }

  private func check() async throws(PostgresError) {
    let one = try await writer.query(Self.incarnation)
    let other = try await flusher.query(Self.incarnation)
    guard try Incarnation(one) == Incarnation(other) else {
      throw PostgresError(.connectionFailed, "two connections came to two different servers", isSafeToRetry: true)
    }
    guard try other.decode(row: 0, column: 3, as: String.self) != "off" else {
      throw PostgresError(
        .connectionFailed, "synchronous_commit is off, so nothing acknowledged would be durable",
        hint: "set it to on for this role and database", isSafeToRetry: true)
    }
  }

  func append(_ commands: [EncodedAppend], timeout: Duration) async throws(PostgresError) -> AppendReply {
    let parameters = AppendStatement.parameters(of: commands, isFlushedLater: true)
    return try AppendReply(try await writer.query(AppendStatement.statement, parameters, timeout: timeout))
  }

  /// Returns once everything that the writer has committed is on disk.
  func flush(timeout: Duration) async throws(PostgresError) {
    _ = try await flusher.query(Self.flush, timeout: timeout)
  }

  /// Tells other processes how far the log is.
  func notify(_ position: Int64) async throws(PostgresError) {
    _ = try await flusher.query(Self.notify, [String(position)])
  }

  func close() async {
    await writer.close()
    await flusher.close()
  }
}

/// What tells one running server from another.
private struct Incarnation: Equatable {
  let started: PostgresTimestamp
  let address: String
  let port: Int32

  init(_ rows: Rows) throws(PostgresError) {
    started = try rows.decode(row: 0, column: 0)
    address = try rows.decode(row: 0, column: 1)
    port = try rows.decode(row: 0, column: 2)
  }
}
