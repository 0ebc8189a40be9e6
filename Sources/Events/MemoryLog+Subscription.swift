internal import Synchronization

extension MemoryLog {
  /// Pages of events behind a position, for as long as the log is open: what is there already, then what comes.
  public func subscription(after position: Position = .zero, pageLimit: Int = 1000) -> Subscription {
    precondition(pageLimit > 0, "a page holds at least one event")
    return Subscription(log: self, position: position, pageLimit: pageLimit)
  }

  /// Follows a log. Sees every event exactly once, in order; ends when the log is closed or the task is cancelled.
  public struct Subscription: AsyncSequence, AsyncIteratorProtocol, Sendable {
    let log: MemoryLog
    var position: Position
    let pageLimit: Int

    /// Itself: a subscription remembers how far it is.
    public func makeAsyncIterator() -> Subscription { self }

    /// The next page, never empty; nil at the end.
    public mutating func next() async -> [RecordedEvent]? {
      while !Task.isCancelled {
        let page = log.events(after: position, limit: pageLimit)
        if let last = page.last {
          position = last.position
          return page
        }
        guard await log.grows(beyond: position) else { return nil }
      }
      return nil
    }
  }

  /// Returns true once there is an event behind the position, or soon; false when the log is closed and has none.
  private func grows(beyond position: Position) async -> Bool {
    let waiter = state.withLock { state in
      state.waiterCount += 1
      return state.waiterCount
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          let isReady = state.isClosed || state.events.count > position.rawValue || Task.isCancelled
          if !isReady { state.waiting[waiter] = continuation }
          return isReady
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: waiter) }?.resume()
    }
    return state.withLock { !$0.isClosed || $0.events.count > position.rawValue }
  }
}
