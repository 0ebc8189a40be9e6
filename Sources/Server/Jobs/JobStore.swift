import Events
import Postgres

/// Jobs in `app.jobs`. Every statement here changes at most one job, and only if it is still what the caller believes.
struct JobStore: Sendable {
  let pool: Pool

  /// The columns of ``job(_:)``.
  static let columns = """
    id, kind, subject, state, done, total, message, payload, account, attempts, is_cancelled, error, created_at,
    started_at, finished_at
    """

  private static let insert = Statement(
    "job_insert",
    """
    INSERT INTO app.jobs (id, kind, subject, payload, account)
    SELECT $1, $2, $3, $4, $5
    WHERE (SELECT count(*) FROM app.jobs WHERE state IN ('queued', 'running')) < $6
    ON CONFLICT (kind, subject) WHERE state IN ('queued', 'running')
      DO UPDATE SET run_after = least(app.jobs.run_after, now())
    RETURNING \(columns)
    """)
  private static let unfinished = Statement(
    "job_unfinished",
    "SELECT \(columns) FROM app.jobs WHERE kind = $1 AND subject = $2 AND state IN ('queued', 'running')")
  private static let byID = Statement("job_by_id", "SELECT \(columns) FROM app.jobs WHERE id = $1")
  private static let cancel = Statement(
    "job_cancel",
    """
    UPDATE app.jobs SET is_cancelled = true,
      state = CASE state WHEN 'queued' THEN 'failed' ELSE state END,
      error = CASE state WHEN 'queued' THEN $2 ELSE error END,
      message = CASE state WHEN 'queued' THEN $2 ELSE message END,
      finished_at = CASE state WHEN 'queued' THEN now() END
    WHERE id = $1 AND state IN ('queued', 'running') RETURNING \(columns)
    """)
  private static let sweep = Statement(
    "job_sweep",
    """
    DELETE FROM app.jobs WHERE state IN ('done', 'failed') AND finished_at < now() - $1::bigint * interval '1 millisecond'
    """)

  /// What is said of a job that somebody stopped.
  static let cancelled = "cancelled"

  /// Puts a job into the queue, unless one of its kind about that subject is there already: then that one is returned,
  /// and made due now.
  /// - Returns: nil when `limit` jobs are unfinished.
  func enqueue(
    _ id: JobID, kind: String, subject: String, payload: String, account: UserID?, limit: Int
  ) async throws(PostgresError) -> (job: Job, isNew: Bool)? {
    let rows = try await pool.query(
      Self.insert, [PostgresUUID(id), kind, subject, payload, account.map { PostgresUUID($0) }, Int64(limit)])
    let found = try rows.first.map(Self.job)
    guard let found else {
      return try await pool.query(Self.unfinished, [kind, subject]).first.map(Self.job).map { ($0, false) }
    }
    return (found, found.id == id)
  }

  /// A job; nil when it was never there or was swept.
  func job(_ id: JobID) async throws(PostgresError) -> Job? {
    try await pool.query(Self.byID, [PostgresUUID(id)]).first.map(Self.job)
  }

  /// Wants a job to stop: at once where nobody has begun, else as soon as its worker sees it. A finished one stays as it is.
  /// - Returns: the job after that; nil when there is none.
  func cancel(_ id: JobID) async throws(PostgresError) -> Job? {
    if let row = try await pool.query(Self.cancel, [PostgresUUID(id), Self.cancelled]).first {
      return try Self.job(row)
    }
    return try await job(id)
  }

  /// Deletes jobs that ended longer ago than that.
  /// - Returns: how many.
  @discardableResult
  func sweep(olderThan age: Duration) async throws(PostgresError) -> Int {
    try await pool.query(Self.sweep, [age.milliseconds]).affectedRows
  }

  /// Reads ``columns``.
  static func job(_ row: Row) throws(PostgresError) -> Job {
    let (id, kind, subject, state, done, total, message) = try row.decode(
      PostgresUUID.self, String.self, String.self, String.self, Int32.self, Int32.self, String.self)
    let times: [Timestamp?] = [
      try row.decode(12, as: PostgresTimestamp?.self), try row.decode(13, as: PostgresTimestamp?.self),
      try row.decode(14, as: PostgresTimestamp?.self),
    ].map { $0.map { Timestamp(microseconds: $0.microseconds) } }
    return Job(
      id: JobID(id), kind: kind, subject: subject, state: Job.State(rawValue: state) ?? .failed, done: Int(done),
      total: Int(total), message: message, payload: try row.decode(7),
      account: try row.decode(8, as: PostgresUUID?.self).map { UserID($0) },
      attempts: Int(try row.decode(9, as: Int32.self)), isCancelled: try row.decode(10), error: try row.decode(11),
      createdAt: times[0] ?? Timestamp(microseconds: 0), startedAt: times[1], finishedAt: times[2])
  }
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int64 { microseconds / 1000 }
}
