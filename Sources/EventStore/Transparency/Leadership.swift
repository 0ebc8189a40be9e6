internal import Logging
internal import Postgres

/// Leads a job that only one server may do at a time: holds the job's advisory lock on a connection of its own, and an
/// epoch by which the database refuses whoever led before.
struct Leadership: Sendable {
  let session: Session
  let epoch: Int64

  /// The jobs, with the keys of their locks.
  enum Job: String, Sendable {
    case integrate

    var key: Int64 {
      switch self {
      case .integrate: 4_774_451_407_296_217_166
      }
    }
  }

  /// Leads the job; nil while somebody else does.
  static func take(
    _ job: Job, as holder: String, _ configuration: PostgresConfiguration
  ) async throws(PostgresError) -> Leadership? {
    let session = try await Session.connect(configuration)
    do throws(PostgresError) { try await requireOwnProcess(session) } catch {
      await session.close()
      throw error
    }
    let isHeld: Bool = try await session.query(Self.lock, [job.key]).decode(row: 0, column: 0)
    guard isHeld else {
      await session.close()
      return nil
    }
    let epoch: Int64 = try await session.query(Self.lead, [job.rawValue, holder]).decode(row: 0, column: 0)
    return Leadership(session: session, epoch: epoch)
  }

  /// Behind a pooler a lock would stay with a server process that others use too.
  private static func requireOwnProcess(_ session: Session) async throws(PostgresError) {
    let process: Int32 = try await session.query(Self.process).decode(row: 0, column: 0)
    guard process == session.info.backendPID else {
      throw PostgresError(
        .connectionFailed, "a pooler stands in front of the database, and a leader needs a connection of its own",
        hint: "name PostgreSQL itself with --direct-database-url")
    }
  }

  /// Lets another server lead.
  func resign() async { await session.close() }

  private static let lock = Statement("leader-lock", "SELECT pg_try_advisory_lock($1)")
  private static let process = Statement("leader-process", "SELECT pg_backend_pid()")
  private static let lead = Statement("leader-lead", "SELECT log.lead($1, $2)")
}
