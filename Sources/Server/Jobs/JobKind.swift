/// A kind of background work.
///
/// What it does may be done twice, for a worker can die after the work and before saying so.
struct JobKind: Sendable {
  /// Its name, as stored.
  let name: String
  /// How often a job is begun before it is given up.
  let attempts: Int
  /// Does the work, and says in a sentence what came of it.
  let run: @Sendable (JobRun) async throws(JobFailure) -> String
}

/// One attempt at a job.
struct JobRun: Sendable {
  /// The job, as it was when the attempt began.
  let job: Job
  /// How often the job may be begun.
  let attemptsMax: Int
  /// Tells everybody how far the work is.
  let progress: JobProgress

  /// There will be no other attempt after this one.
  var isLastAttempt: Bool { job.attempts >= attemptsMax }
}

/// Why an attempt came to nothing.
struct JobFailure: Error, Sendable, Equatable {
  /// One sentence for whoever asked.
  let reason: String
  /// Another attempt may succeed.
  let isPassing: Bool
  /// When it may; nil leaves that to the back-off.
  let retryAfter: Duration?

  /// Trying again is of no use.
  static func final(_ reason: String) -> JobFailure {
    JobFailure(reason: reason, isPassing: false, retryAfter: nil)
  }

  /// Trying again may help.
  static func passing(_ reason: String, retryAfter: Duration? = nil) -> JobFailure {
    JobFailure(reason: reason, isPassing: true, retryAfter: retryAfter)
  }
}
