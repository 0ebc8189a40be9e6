import Postgres

/// What workers do with jobs. A job belongs to the attempt that began last: one that was taken over can be changed no
/// more by whoever had it before.
extension JobStore {
  private static let claim = Statement(
    "job_claim",
    """
    UPDATE app.jobs SET state = 'running', worker = $1, attempts = attempts + 1, heartbeat_at = clock_timestamp(),
      started_at = coalesce(started_at, now())
    WHERE id = (
      SELECT id FROM app.jobs
      WHERE kind = ANY($2::text[]) AND (
        state = 'queued' AND run_after <= now()
        OR state = 'running' AND heartbeat_at < clock_timestamp() - $3::bigint * interval '1 millisecond')
      ORDER BY run_after, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING \(columns)
    """)
  private static let beat = Statement(
    "job_beat",
    """
    UPDATE app.jobs SET heartbeat_at = clock_timestamp(), done = $4, total = $5, message = $6
    WHERE id = $1 AND worker = $2 AND attempts = $3 AND state = 'running' RETURNING is_cancelled
    """)
  private static let finish = Statement(
    "job_finish",
    """
    UPDATE app.jobs SET state = $4, done = CASE $4 WHEN 'done' THEN total ELSE done END, message = $5, error = $6,
      finished_at = now()
    WHERE id = $1 AND worker = $2 AND attempts = $3 AND state = 'running'
    """)
  private static let requeue = Statement(
    "job_requeue",
    """
    UPDATE app.jobs SET state = 'queued', run_after = now() + $4::bigint * interval '1 millisecond', message = $5,
      error = $5, attempts = attempts - $6
    WHERE id = $1 AND worker = $2 AND attempts = $3 AND state = 'running'
    """)

  /// What a sign of life was answered.
  enum Pulse: Sendable, Equatable {
    case goOn
    /// Somebody wants the job to stop.
    case stop
    /// The job is somebody else's.
    case lost
  }

  /// Takes the job that is due for longest, or one whose worker has been silent. Nobody else gets the same.
  func claim(worker: String, kinds: [String], silence: Duration) async throws(PostgresError) -> Job? {
    try await pool.query(Self.claim, [worker, kinds, silence.milliseconds]).first.map(Self.job)
  }

  /// Says that the worker is alive and how far it is.
  func beat(_ job: Job, worker: String, _ mark: JobProgress.Mark) async throws(PostgresError) -> Pulse {
    let rows = try await pool.query(
      Self.beat,
      [
        PostgresUUID(job.id), worker, Int32(clamping: job.attempts), Int32(clamping: mark.done),
        Int32(clamping: mark.total), mark.message,
      ])
    guard let row = rows.first else { return .lost }
    return try row.decode(0, as: Bool.self) ? .stop : .goOn
  }

  /// The job is done, or given up for a reason.
  /// - Returns: false when the job is somebody else's.
  func finish(_ job: Job, worker: String, message: String, error: String?) async throws(PostgresError) -> Bool {
    let state = error == nil ? Job.State.done : .failed
    let rows = try await pool.query(
      Self.finish,
      [PostgresUUID(job.id), worker, Int32(clamping: job.attempts), state.rawValue, message, error])
    return rows.affectedRows == 1
  }

  /// Puts the job back into the queue.
  /// - Parameter isCounted: false for an attempt that was broken off by no fault of the job's.
  func requeue(
    _ job: Job, worker: String, after pause: Duration, reason: String, isCounted: Bool = true
  ) async throws(PostgresError) -> Bool {
    let rows = try await pool.query(
      Self.requeue,
      [
        PostgresUUID(job.id), worker, Int32(clamping: job.attempts), pause.milliseconds, reason,
        Int32(isCounted ? 0 : 1),
      ])
    return rows.affectedRows == 1
  }
}
