import Events
import Fetching
import HTTPTypes
import NIOCore
import Postgres

extension Api {
  /// Puts the import of a race into the queue.
  func importRace(_ call: Call) async throws(Problem) -> Answer {
    let year = try call.year(0)
    let gp = call.parameters[1]
    guard (1...64).contains(gp.utf8.count), gp.utf8.allSatisfy(Self.isOfSlug) else {
      throw Problem(
        .invalidValue, "\"\(gp.prefix(64))\" is not a Grand Prix as in URLs: small letters, digits and hyphens.",
        parameter: "gp")
    }
    let fields = try Fields.body(call.body, names: ["sources", "offline", "refresh", "round"], limits: limits)
    let payload = ImportJob.Payload(
      season: year, gp: gp, round: try fields.integer("round", in: 1...99), sources: try sources(fields),
      isOffline: try fields.flag("offline") ?? false, isRefreshing: try fields.flag("refresh") ?? false)
    let (job, isNew) = try await enqueue(
      kind: ImportJob.name, subject: "\(year)/\(gp)", payload: payload.text, account: try call.account().id)
    var answer = answer(job, status: 202) { $0.field("new", isNew) }
    answer.headers[.location] = "/api/v1/jobs/\(job.id)"
    return answer
  }

  /// A job, or the stream of its events.
  func job(_ call: Call) async throws(Problem) -> Answer {
    let id: JobID = try call.identifier(0, of: .unknownJob, "a job")
    let job = try await find(id)
    guard call.accept.contains("text/event-stream") else { return answer(job, status: 200) }
    guard jobSeats.take() else {
      throw Problem(
        .overloaded, "\(jobLimits.listeners) clients follow jobs already; ask for the job now and then instead.",
        retryAfterSeconds: 5)
    }
    var answer = Answer(type: .events, body: ByteBuffer())
    answer.stream = JobEvents(id, jobs, jobLimits, seat: jobSeats).stream
    return answer
  }

  /// Wants a job to stop.
  func cancelJob(_ call: Call) async throws(Problem) -> Answer {
    let id: JobID = try call.identifier(0, of: .unknownJob, "a job")
    let cancelled: Job?
    do { cancelled = try await jobs.cancel(id) } catch { throw Problem(error) }
    guard let cancelled else { throw Self.unknown(id) }
    return answer(cancelled, status: cancelled.isFinished ? 200 : 202)
  }

  /// Puts a job into the queue, or finds the one that is there.
  func enqueue(
    kind: String, subject: String, payload: String, account: UserID?
  ) async throws(Problem) -> (job: Job, isNew: Bool) {
    let id = newID()
    let queued: (job: Job, isNew: Bool)?
    do throws(PostgresError) {
      queued = try await jobs.enqueue(
        JobID(high: id.high, low: id.low), kind: kind, subject: subject, payload: payload, account: account,
        limit: jobLimits.unfinished)
    } catch { throw Problem(error) }
    guard let queued else {
      throw Problem(
        .overloaded, "\(jobLimits.unfinished) jobs wait already; try again when some are done.", retryAfterSeconds: 60)
    }
    return queued
  }

  private func find(_ id: JobID) async throws(Problem) -> Job {
    let job: Job?
    do { job = try await jobs.job(id) } catch { throw Problem(error) }
    guard let job else { throw Self.unknown(id) }
    return job
  }

  private static func unknown(_ id: JobID) -> Problem {
    Problem(.unknownJob, "There is no job \(id); finished ones are kept for some days.")
  }

  private func answer(_ job: Job, status: Int, _ more: (inout JSONWriter) -> Void = { _ in }) -> Answer {
    var json = JSONWriter()
    json.object { json in
      stamp(&json, live.position)
      if status == 202 { json.object("job") { $0.members(of: job) } } else { json.members(of: job) }
      more(&json)
    }
    return Answer(status: status, json)
  }

  private func sources(_ fields: Fields) throws(Problem) -> [NetworkSource] {
    guard let names = try fields.texts("sources", limit: 16) else { return NetworkSource.allCases }
    var sources: [NetworkSource] = []
    for (index, name) in names.enumerated() {
      guard let source = NetworkSource(rawValue: name) else {
        let known = NetworkSource.allCases.map(\.rawValue)
        throw Problem(
          .invalidValue, "\"\(name.prefix(64))\" is no source; known are \(known.joined(separator: ", ")).",
          pointer: "\(fields.place("sources"))/\(index)", extras: [.texts("known", known)])
      }
      sources.append(source)
    }
    guard !sources.isEmpty else {
      throw Problem(.invalidValue, "sources is empty: nobody would be asked.", pointer: fields.place("sources"))
    }
    return sources
  }

  private static func isOfSlug(_ byte: UInt8) -> Bool {
    (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
  }
}

extension JSONWriter {
  /// A job, as everybody may see it.
  mutating func members(of job: Job) {
    field("id", job.id.description)
    field("kind", job.kind)
    field("subject", job.subject)
    field("state", job.state.rawValue)
    field("done", job.done)
    field("total", job.total)
    field("message", job.message)
    field("error", job.error)
    field("cancelling", job.isCancelled && !job.isFinished)
    field("attempts", job.attempts)
    field("createdAt", job.createdAt.text)
    field("startedAt", job.startedAt?.text)
    field("finishedAt", job.finishedAt?.text)
  }
}
