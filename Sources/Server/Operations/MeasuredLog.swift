import Events
import Synchronization

/// The log with a counter on it: how many commands are under way, how long they take, what becomes of them.
final class MeasuredLog: EventLog {
  private let log: any EventLog
  private let waiting = Atomic<Int64>(0)
  /// Time from asking to the durable answer, microseconds.
  let latency = Histogram(Histogram.microseconds)
  /// Events of one command.
  let sizes = Histogram(Histogram.sizes)
  /// Commands that were not appended.
  let refused = Histogram.Counter()
  /// Events that were appended.
  let events = Histogram.Counter()

  /// Counts what goes into `log`.
  init(_ log: any EventLog) { self.log = log }

  /// Commands that have no answer yet.
  var depth: Int64 { waiting.load(ordering: .relaxed) }

  func append(_ append: Append) async throws(AppendError) -> Appended {
    let start = ContinuousClock.now
    waiting.wrappingAdd(1, ordering: .relaxed)
    defer { waiting.wrappingSubtract(1, ordering: .relaxed) }
    do {
      let appended = try await log.append(append)
      latency.add(start.duration(to: .now).microseconds)
      sizes.add(Int64(append.events.count))
      if !appended.isRepeat { events.add(Int64(appended.count)) }
      return appended
    } catch {
      refused.add()
      throw error
    }
  }

  func events(of stream: StreamID, after version: Version) async throws(ReadError) -> [RecordedEvent] {
    try await log.events(of: stream, after: version)
  }

  func answer(to command: CommandID) async throws(ReadError) -> Appended? { try await log.answer(to: command) }
}
