internal import DequeModule
internal import Events
internal import Synchronization

/// Where the append queue leaves what became durable, for the subscribers of this process.
final class TailHub: Sendable {
  private struct State {
    var mailboxes: [UInt64: TailMailbox] = [:]
    var count: UInt64 = 0
    var isClosed = false
    /// Every event up to here is known to be on disk.
    var durable = Position.zero
  }

  private let state = Mutex(State())

  /// Every event up to here is known to be on disk.
  var durable: Position { state.withLock { $0.durable } }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Hands events to everybody.
  /// - Parameters:
  ///   - events: consecutive events that are on disk; may be empty.
  ///   - last: the log is on disk at least up to here.
  func publish(_ events: [RecordedEvent], last: Position) {
    let mailboxes = state.withLock { state in
      state.durable = max(state.durable, last)
      return Array(state.mailboxes.values)
    }
    for mailbox in mailboxes { mailbox.put(events, last: last) }
  }

  /// Makes everybody look into the database.
  func wake() {
    for mailbox in state.withLock({ Array($0.mailboxes.values) }) { mailbox.look() }
  }

  func open(bound: Int) -> (id: UInt64, mailbox: TailMailbox) {
    let mailbox = TailMailbox(bound: bound)
    let id = state.withLock { state in
      state.count += 1
      state.mailboxes[state.count] = mailbox
      return state.count
    }
    return (id, mailbox)
  }

  func remove(_ id: UInt64) { state.withLock { _ = $0.mailboxes.removeValue(forKey: id) } }

  func close() {
    state.withLock { $0.isClosed = true }
    wake()
  }
}
