public import Events
internal import Logging
internal import Postgres

/// Follows the log: what this process appends is handed on directly, what other processes append is read from the
/// database.
///
/// Positions are dense, so nothing can appear below an event that was seen. Only events that are on disk are handed
/// on.
public struct Tail: Sendable {
  let hub: TailHub
  let reader: EventReader
  let limits: TailLimits
  let logger: Logger

  /// Batches of events behind a position, in order and without a gap: what is there already, then what comes.
  ///
  /// Ends when the log is closed and everything was seen, or the task is cancelled. Outlives restarts of the database.
  public func subscribe(after position: Position) -> Subscription {
    Subscription(tail: self, start: position)
  }

  /// The events behind a position.
  public struct Subscription: AsyncSequence, Sendable {
    /// Consecutive events, at least one.
    public typealias Element = [RecordedEvent]
    /// Only an event that cannot be understood ends a subscription with an error.
    public typealias Failure = ReadError

    let tail: Tail
    let start: Position

    /// Each iterator has a place and a mailbox of its own.
    public func makeAsyncIterator() -> Iterator { Iterator(tail: tail, start: start) }
  }
}

/// Bounds of subscriptions.
public struct TailLimits: Sendable {
  /// Events read from the database at once.
  public var page: Int
  /// Events that lie ready for a subscriber at most; a slower one reads them from the database again.
  public var ready: Int
  /// How often the database is asked although nobody called.
  public var poll: Duration

  /// The usual bounds.
  public init(page: Int = 1000, ready: Int = 65_536, poll: Duration = .milliseconds(250)) {
    precondition(page > 0, "page must be positive, is \(page)")
    precondition(ready > 0, "ready must be positive, is \(ready)")
    self.page = page
    self.ready = ready
    self.poll = poll
  }
}
