import NIOCore
import Postgres
import ServiceLifecycle
import Synchronization

/// Seats for clients that follow jobs; whoever finds none is asked to come back.
final class JobSeats: Sendable {
  private let taken = Mutex(0)
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  func take() -> Bool {
    taken.withLock { taken in
      guard taken < capacity else { return false }
      taken += 1
      return true
    }
  }

  func leave() { taken.withLock { $0 -= 1 } }
}

/// A job as server-sent events: `progress` whenever it changed, `end` when it is over, a comment now and then so that both
/// sides know that the other is there. Nothing is looked up while the client does not read.
final class JobEvents: Sendable {
  private struct State {
    var last: Job?
    var isOver = false
  }

  private let id: JobID
  private let store: JobStore
  private let limits: JobLimits
  private let seats: JobSeats
  private let state: Mutex<State>

  /// A stream that begins with the job as it is now. The seat is given back when nobody holds the stream any more.
  init(_ id: JobID, _ store: JobStore, _ limits: JobLimits, seat seats: JobSeats) {
    self.id = id
    self.store = store
    self.limits = limits
    self.seats = seats
    state = Mutex(State())
  }

  deinit { seats.leave() }

  /// The events one after the other.
  var stream: AsyncStream<ByteBuffer> { AsyncStream { await self.next() } }

  /// The next event; nil when there is none any more, or the server ends.
  private func next() async -> ByteBuffer? {
    if state.withLock({ $0.isOver }) { return nil }
    let start = ContinuousClock.now
    while !Task.isCancelled, !Task.isShuttingDownGracefully {
      if let event = await changed() { return event }
      if start.duration(to: .now) >= limits.streamSilence { return ByteBuffer(string: ": still here\n\n") }
      do { try await Task.sleep(for: limits.tick) } catch { return nil }
    }
    return nil
  }

  /// The event of a change; nil while there is none, or the database is away.
  private func changed() async -> ByteBuffer? {
    let job: Job?
    do throws(PostgresError) { job = try await store.job(id) } catch { return nil }
    return state.withLock { state in
      guard let job else {
        state.isOver = true
        return ByteBuffer(string: "event: end\ndata: {}\n\n")
      }
      guard job != state.last else { return nil }
      state.last = job
      state.isOver = job.isFinished
      return Self.event(job.isFinished ? "end" : "progress", job)
    }
  }

  private static func event(_ name: String, _ job: Job) -> ByteBuffer {
    var json = JSONWriter()
    json.object { $0.members(of: job) }
    var buffer = ByteBuffer(string: "event: \(name)\ndata: ")
    buffer.writeBytes(json.bytes)
    buffer.writeString("\n\n")
    return buffer
  }
}
