import Events
import Foundation
import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Server

/// The queue of jobs on a real database: who gets what, who takes over, what is tried again.
@Suite(.timeLimit(.minutes(5))) struct JobQueueTests {
  /// A queue of its own, without a server.
  private struct Queue {
    let pool: Pool
    let store: JobStore
    var limits = JobLimits()

    func worker(_ name: String, _ kinds: [JobKind]) -> JobWorker {
      var logger = Logger(label: "test")
      logger.logLevel = .critical
      return JobWorker(store, kinds: kinds, name: name, limits: limits, logger: logger)
    }

    func add(_ subject: String, kind: String = "test", payload: String = "{}") async throws -> Job {
      let id = IdentifierGenerator().next() as JobID
      return try #require(
        try await store.enqueue(id, kind: kind, subject: subject, payload: payload, account: nil, limit: 1000)
      ).job
    }

    func job(_ id: JobID) async throws -> Job { try #require(try await store.job(id)) }

    /// Makes everything that waits due.
    func hurry() async throws {
      _ = try await pool.execute("UPDATE app.jobs SET run_after = now() WHERE state = 'queued'")
    }
  }

  private func withQueue(_ body: (inout Queue) async throws -> Void) async throws {
    let server = try await TestServer.start { $0.jobs.atOnce = 0 }
    do {
      var queue = Queue(pool: server.parts.pool, store: server.parts.jobs)
      queue.limits.tick = .milliseconds(10)
      queue.limits.heartbeat = .milliseconds(20)
      queue.limits.poll = .milliseconds(10)
      try await body(&queue)
    } catch {
      try? await server.stop()
      throw error
    }
    try await server.stop()
  }

  private func kind(
    attempts: Int = 3, _ run: @escaping @Sendable (JobRun) async throws(JobFailure) -> String
  ) -> JobKind { JobKind(name: "test", attempts: attempts, run: run) }

  @Test func `one unfinished job of a kind about a subject, however often it is wanted`() async throws {
    try await withQueue { queue in
      let first = try await queue.add("2023/monaco", payload: #"{"a":1}"#)
      let ids = try await withThrowingTaskGroup(of: JobID.self) { [queue] group in
        for _ in 0..<20 { group.addTask { try await queue.add("2023/monaco", payload: #"{"a":2}"#).id } }
        return try await group.reduce(into: Set<JobID>()) { $0.insert($1) }
      }
      #expect(ids == [first.id])
      #expect(try await queue.job(first.id).payload == #"{"a":1}"#)
      #expect(try await queue.add("2023/monza").id != first.id)
      #expect(try await queue.worker("a", [kind { _ in "ok" }]).runNext())
      let again = try await queue.add("2023/monaco")
      #expect(again.id != first.id)
    }
  }

  @Test func `many workers do every job exactly once`() async throws {
    try await withQueue { queue in
      var ids: Set<String> = []
      for number in 0..<60 { ids.insert(try await queue.add("race \(number)").subject) }
      let done = Mutex<[String]>([])
      let kind = kind { run in
        done.withLock { $0.append(run.job.subject) }
        return "done"
      }
      try await withThrowingTaskGroup(of: Void.self) { [queue] group in
        for number in 0..<8 {
          group.addTask { while try await queue.worker("worker \(number)", [kind]).runNext() {} }
        }
        try await group.waitForAll()
      }
      #expect(done.withLock { $0.count } == 60)
      #expect(done.withLock { Set($0) } == ids)
      let rows = try await queue.pool.execute("SELECT state, attempts, count(*) FROM app.jobs GROUP BY 1, 2")[0]
      #expect(rows.count == 1)
    }
  }

  @Test func `a job whose worker went silent is taken over, and the silent one can change it no more`() async throws {
    try await withQueue { queue in
      let job = try await queue.add("silent")
      let dead = try #require(try await queue.store.claim(worker: "dead", kinds: ["test"], silence: .seconds(15)))
      #expect(dead.id == job.id && dead.attempts == 1 && dead.state == .running)
      // Alive: nobody else gets it.
      #expect(try await queue.store.claim(worker: "other", kinds: ["test"], silence: .seconds(15)) == nil)
      _ = try await queue.pool.execute("UPDATE app.jobs SET heartbeat_at = now() - interval '16 seconds'")
      #expect(try await queue.worker("heir", [kind { run in "attempt \(run.job.attempts)" }]).runNext())
      #expect(try await queue.job(job.id).message == "attempt 2")
      let mark = JobProgress.Mark(done: 1, total: 2, message: "I am alive")
      #expect(try await queue.store.beat(dead, worker: "dead", mark) == .lost)
      #expect(try await queue.store.finish(dead, worker: "dead", message: "mine", error: nil) == false)
      #expect(
        try await queue.store.requeue(dead, worker: "dead", after: .zero, reason: "mine") == false)
      #expect(try await queue.job(job.id).state == .done)
    }
  }

  @Test func `a worker that lost its job stops working on it`() async throws {
    try await withQueue { queue in
      let job = try await queue.add("stolen")
      let worker = queue.worker(
        "robbed",
        [
          kind { (_) async throws(JobFailure) in
            guard (try? await Task.sleep(for: .seconds(600))) != nil else { throw .passing("cancelled") }
            return "never"
          }
        ])
      let running = Task { try await worker.runNext() }
      while try await queue.job(job.id).state != .running { try await Task.sleep(for: .milliseconds(5)) }
      _ = try await queue.pool.execute("UPDATE app.jobs SET worker = 'thief', attempts = attempts + 1")
      #expect(try await running.value)
      let after = try await queue.job(job.id)
      #expect(after.state == .running && after.attempts == 2)
    }
  }

  @Test func `what fails in passing is tried again, later and later, and not for ever`() async throws {
    try await withQueue { queue in
      let job = try await queue.add("unlucky")
      let worker = queue.worker(
        "a", [kind(attempts: 3) { run throws(JobFailure) in throw .passing("away \(run.job.attempts)") }])
      for attempt in 1...2 {
        #expect(try await worker.runNext())
        let waiting = try await queue.job(job.id)
        #expect(waiting.state == .queued && waiting.attempts == attempt && waiting.error == "away \(attempt)")
        // It waits: nobody gets it before its time.
        #expect(try await worker.runNext() == false)
        let rows = try await queue.pool.query(
          Statement(unnamed: "SELECT (extract(epoch FROM run_after - now()) * 1000)::bigint FROM app.jobs"))
        let wait = try rows[0].decode(0, as: Int64.self)
        let pause = queue.limits.pause(afterAttempt: attempt).milliseconds
        #expect(wait <= pause && wait > pause - 4000)
        try await queue.hurry()
      }
      #expect(try await worker.runNext())
      let given = try await queue.job(job.id)
      #expect(given.state == .failed && given.error == "away 3" && given.finishedAt != nil)
    }
  }

  @Test func `the pause doubles and has an end`() {
    var limits = JobLimits()
    limits.firstPause = .seconds(5)
    limits.longestPause = .seconds(60)
    #expect((1...6).map { limits.pause(afterAttempt: $0) } == [5, 10, 20, 40, 60, 60].map { .seconds($0) })
    #expect(limits.pause(afterAttempt: .max) == .seconds(60))
  }

  @Test func `what is refused is not tried again`() async throws {
    try await withQueue { queue in
      let job = try await queue.add("wrong")
      #expect(try await queue.worker("a", [kind { _ throws(JobFailure) in throw .final("no such race") }]).runNext())
      let failed = try await queue.job(job.id)
      #expect(failed.state == .failed && failed.attempts == 1 && failed.error == "no such race")
    }
  }

  @Test func `a job that kills its workers is given up`() async throws {
    try await withQueue { queue in
      let job = try await queue.add("deadly")
      for _ in 0..<3 {
        _ = try await queue.store.claim(worker: "w", kinds: ["test"], silence: .seconds(15))
        _ = try await queue.pool.execute("UPDATE app.jobs SET heartbeat_at = now() - interval '1 hour'")
      }
      let began = Mutex(false)
      let worker = queue.worker(
        "a",
        [
          kind(attempts: 3) { _ in
            began.withLock { $0 = true }
            return ""
          }
        ])
      #expect(try await worker.runNext())
      let failed = try await queue.job(job.id)
      #expect(failed.state == .failed && failed.error?.contains("3 times") == true)
      #expect(began.withLock { $0 } == false)
    }
  }

  @Test func `progress can be read while the job runs`() async throws {
    try await withQueue { queue in
      let job = try await queue.add("slow")
      let (goOn, end) = AsyncStream<Void>.makeStream()
      let worker = queue.worker(
        "a",
        [
          kind { run in
            run.progress.report(done: 3, of: 10, "three of ten")
            for await _ in goOn {}
            return "all ten"
          }
        ])
      let running = Task { try await worker.runNext() }
      while try await queue.job(job.id).done != 3 { try await Task.sleep(for: .milliseconds(5)) }
      let under = try await queue.job(job.id)
      #expect(under.state == .running && under.total == 10 && under.message == "three of ten")
      end.finish()
      #expect(try await running.value)
      let done = try await queue.job(job.id)
      #expect(done.state == .done && done.done == 10 && done.message == "all ten" && done.error == nil)
    }
  }

  @Test func `cancelling stops a job that waits at once and one under way soon`() async throws {
    try await withQueue { queue in
      let waiting = try await queue.add("waiting")
      let cancelled = try #require(try await queue.store.cancel(waiting.id))
      #expect(cancelled.state == .failed && cancelled.error == "cancelled" && cancelled.finishedAt != nil)
      let job = try await queue.add("under way")
      let worker = queue.worker(
        "a",
        [
          kind { _ throws(JobFailure) in
            do { try await Task.sleep(for: .seconds(600)) } catch { throw .passing("stopped") }
            return "never"
          }
        ])
      let running = Task { try await worker.runNext() }
      while try await queue.job(job.id).state != .running { try await Task.sleep(for: .milliseconds(5)) }
      #expect(try await queue.store.cancel(job.id)?.isCancelled == true)
      #expect(try await running.value)
      let stopped = try await queue.job(job.id)
      #expect(stopped.state == .failed && stopped.error == "cancelled")
      // A finished job stays as it is.
      #expect(try await queue.store.cancel(job.id) == stopped)
      #expect(try await queue.store.cancel(JobID(high: 1, low: 2)) == nil)
    }
  }

  @Test func `a server that ends puts its job back for somebody else`() async throws {
    try await withQueue { queue in
      let job = try await queue.add("broken off")
      let worker = queue.worker(
        "a",
        [
          kind { _ throws(JobFailure) in
            do { try await Task.sleep(for: .seconds(600)) } catch { throw .passing("stopped") }
            return "never"
          }
        ])
      let running = Task { await worker.run() }
      while try await queue.job(job.id).state != .running { try await Task.sleep(for: .milliseconds(5)) }
      running.cancel()
      await running.value
      let back = try await queue.job(job.id)
      #expect(back.state == .queued && back.attempts == 0)
      #expect(try await queue.worker("b", [kind { _ in "ok" }]).runNext())
      #expect(try await queue.job(job.id).state == .done)
    }
  }

  @Test func `a full queue refuses, but not what it has already`() async throws {
    try await withQueue { queue in
      for number in 0..<3 { _ = try await queue.add("\(number)") }
      let id = IdentifierGenerator().next() as JobID
      let refused = try await queue.store.enqueue(
        id, kind: "test", subject: "new", payload: "{}", account: nil, limit: 3)
      #expect(refused == nil)
      let known = try await queue.store.enqueue(id, kind: "test", subject: "1", payload: "{}", account: nil, limit: 3)
      #expect(known?.isNew == false)
    }
  }

  @Test func `old jobs go, new ones and unfinished ones stay`() async throws {
    try await withQueue { queue in
      let old = try await queue.add("old")
      #expect(try await queue.worker("a", [kind { _ in "ok" }]).runNext())
      _ = try await queue.pool.execute("UPDATE app.jobs SET finished_at = now() - interval '8 days'")
      let new = try await queue.add("new")
      #expect(try await queue.worker("a", [kind { _ in "ok" }]).runNext())
      let waiting = try await queue.add("waiting")
      #expect(try await queue.store.sweep(olderThan: queue.limits.keep) == 1)
      #expect(try await queue.store.job(old.id) == nil)
      #expect(try await queue.store.job(new.id) != nil)
      #expect(try await queue.store.job(waiting.id) != nil)
    }
  }

  @Test func `a worker leaves kinds alone that it does not know`() async throws {
    try await withQueue { queue in
      let job = try await queue.add("other", kind: "replay")
      #expect(try await queue.worker("a", [kind { _ in "ok" }]).runNext() == false)
      #expect(try await queue.job(job.id).state == .queued)
    }
  }
}
