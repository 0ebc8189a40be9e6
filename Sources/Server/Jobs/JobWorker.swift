import Logging
import Postgres
import Synchronization

/// Takes one job after another and does it: says that it is alive, stores progress, stops when it should, and never says
/// that a job is done which somebody else has taken over.
struct JobWorker: Sendable {
  private let store: JobStore
  private let kinds: [String: JobKind]
  private let name: String
  private let limits: JobLimits
  private let logger: Logger

  /// A worker of its own name; two that share one would not see each other.
  init(_ store: JobStore, kinds: [JobKind], name: String, limits: JobLimits, logger: Logger) {
    self.store = store
    self.kinds = Dictionary(kinds.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.name = name
    self.limits = limits
    self.logger = logger
  }

  /// How an attempt ended.
  private enum Ending: Sendable {
    case done(String)
    case failed(JobFailure)
    /// Somebody wanted it to stop.
    case stopped
    /// It is somebody else's.
    case lost
    /// The server ends.
    case brokenOff
  }

  /// Does jobs until the task is cancelled. A job under way is put back then, for somebody else.
  func run() async {
    while !Task.isCancelled {
      var isIdle = true
      do throws(PostgresError) { isIdle = try await !runNext() } catch {
        logger.debug("the queue of jobs cannot be read", metadata: ["reason": "\(error)"])
      }
      if isIdle { try? await Task.sleep(for: limits.poll) }
    }
  }

  /// Takes the next job and does it to its end.
  /// - Returns: false when there was none.
  /// - Throws: only when the queue cannot be read.
  func runNext() async throws(PostgresError) -> Bool {
    let claimed = try await store.claim(worker: name, kinds: Array(kinds.keys), silence: limits.silence)
    guard let job = claimed, let kind = kinds[job.kind] else { return false }
    logger.info(
      "a job begins", metadata: ["job": "\(job.id)", "kind": "\(job.kind)", "subject": "\(job.subject)"])
    let progress = JobProgress(job)
    let ending = await attempt(job, kind, progress)
    // What became of it is written down even where the server ends: whoever is cancelled could not ask the database.
    await Task { await settle(job, kind, ending) }.value
    return true
  }

  private func attempt(_ job: Job, _ kind: JobKind, _ progress: JobProgress) async -> Ending {
    if job.isCancelled { return .stopped }
    guard job.attempts <= kind.attempts else {
      return .failed(.final("begun \(job.attempts - 1) times, and each time its worker went away"))
    }
    return await withTaskGroup(of: Ending.self) { group in
      group.addTask { await work(job, kind, progress) }
      group.addTask { await watch(job, progress) }
      let first = await group.next() ?? .brokenOff
      // Whoever is left stops before the job is given to anybody else.
      group.cancelAll()
      await group.waitForAll()
      if case .failed = first, Task.isCancelled { return .brokenOff }
      return first
    }
  }

  private func work(_ job: Job, _ kind: JobKind, _ progress: JobProgress) async -> Ending {
    do throws(JobFailure) {
      return .done(try await kind.run(JobRun(job: job, attemptsMax: kind.attempts, progress: progress)))
    } catch {
      return .failed(error)
    }
  }

  /// Says that the worker is alive, until the job must stop.
  private func watch(_ job: Job, _ progress: JobProgress) async -> Ending {
    var stored = progress.mark
    var lastBeat = ContinuousClock.now
    while true {
      do { try await Task.sleep(for: limits.tick) } catch { return .brokenOff }
      let mark = progress.mark
      let silence = lastBeat.duration(to: .now)
      guard mark != stored || silence >= limits.heartbeat else { continue }
      do throws(PostgresError) {
        switch try await store.beat(job, worker: name, mark) {
        case .goOn: break
        case .stop: return .stopped
        case .lost: return .lost
        }
        stored = mark
        lastBeat = .now
      } catch {
        if Task.isCancelled { return .brokenOff }
        // Others believe us dead by then.
        if silence >= limits.silence { return .lost }
      }
    }
  }

  private func settle(_ job: Job, _ kind: JobKind, _ ending: Ending) async {
    for attempt in 1...Self.settlingAttempts {
      do throws(PostgresError) {
        let isOurs = try await record(job, kind, ending)
        logger.info(
          "a job ends", metadata: ["job": "\(job.id)", "ending": "\(ending)", "stillOurs": "\(isOurs)"])
        return
      } catch {
        logger.debug("what became of a job cannot be stored", metadata: ["job": "\(job.id)", "reason": "\(error)"])
        if attempt < Self.settlingAttempts { try? await Task.sleep(for: limits.heartbeat) }
      }
    }
    logger.warning("a job ended while the database was away: it will be done again", metadata: ["job": "\(job.id)"])
  }

  private static let settlingAttempts = 5

  private func record(_ job: Job, _ kind: JobKind, _ ending: Ending) async throws(PostgresError) -> Bool {
    switch ending {
    case .done(let message): return try await store.finish(job, worker: name, message: message, error: nil)
    case .failed(let failure) where failure.isPassing && job.attempts < kind.attempts:
      let pause = failure.retryAfter ?? limits.pause(afterAttempt: job.attempts)
      return try await store.requeue(job, worker: name, after: pause, reason: failure.reason)
    case .failed(let failure):
      return try await store.finish(job, worker: name, message: failure.reason, error: failure.reason)
    case .stopped:
      return try await store.finish(job, worker: name, message: JobStore.cancelled, error: JobStore.cancelled)
    case .brokenOff:
      return try await store.requeue(
        job, worker: name, after: .zero, reason: "the server ended; another goes on", isCounted: false)
    case .lost: return false
    }
  }
}
