public import Events
internal import Logging

extension Tail.Subscription {
  /// A place in the log that moves on.
  public struct Iterator: AsyncIteratorProtocol {
    private let tail: Tail
    private let registration: Registration
    private var cursor: Position

    init(tail: Tail, start: Position) {
      self.tail = tail
      registration = Registration(tail)
      cursor = start
    }

    /// The next events; nil at the end.
    /// - Throws: `undecodable` for an event that this program does not understand; the iterator stays in front of it.
    public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws(ReadError)
      -> [RecordedEvent]?
    {
      var rest = Duration.milliseconds(50)
      while !Task.isCancelled {
        switch registration.mailbox.turn(after: cursor) {
        case .take(let events):
          return moved(past: events)
        case .wait:
          if tail.hub.isClosed { return nil }
          await registration.mailbox.wait()
        case .read(let limit):
          do throws(ReadError) {
            let page = try await tail.durablePage(after: cursor, limit: Swift.min(limit ?? .max, tail.limits.page))
            if !page.isEmpty { return moved(past: page) }
          } catch {
            guard case .unavailable(let reason) = error else { throw error }
            registration.mailbox.look()
            if tail.hub.isClosed || Task.isCancelled { return nil }
            tail.logger.warning("the log cannot be followed: \(reason)")
            try? await Task.sleep(for: rest)
            rest = Swift.min(rest * 2, .seconds(1))
          }
        }
      }
      return nil
    }

    private mutating func moved(past events: [RecordedEvent]) -> [RecordedEvent] {
      if let last = events.last { cursor = last.position }
      // A full page is seldom the last one.
      if events.count >= tail.limits.page { registration.mailbox.look() }
      return events
    }
  }

  /// Keeps a mailbox open as long as its iterator lives.
  private final class Registration: Sendable {
    let mailbox: TailMailbox
    private let hub: TailHub
    private let id: UInt64

    init(_ tail: Tail) {
      hub = tail.hub
      (id, mailbox) = tail.hub.open(bound: tail.limits.ready)
    }

    deinit { hub.remove(id) }
  }
}

extension Tail {
  /// A page of events that are on disk. Another process may have committed them without waiting for the disk; then
  /// they are read again together with a flush: what was read apart from it may have been lost in between, in a crash.
  func durablePage(after cursor: Position, limit: Int) async throws(ReadError) -> [RecordedEvent] {
    let page = try await reader.events(after: cursor, limit: limit)
    guard let seen = page.last?.position, seen > hub.durable else { return page }
    let durable = try await reader.durableEvents(after: cursor, limit: limit)
    if let last = durable.last?.position { hub.publish([], last: last) }
    return durable
  }
}
