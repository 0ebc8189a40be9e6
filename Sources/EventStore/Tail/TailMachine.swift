internal import DequeModule
internal import Events

/// How far one subscriber is, what lies ready for it, and whether the database has to be asked.
struct TailMachine: Sendable {
  /// What the subscriber should do.
  enum Turn: Sendable {
    /// Take these: they follow the cursor without a gap.
    case take([RecordedEvent])
    /// Read behind the cursor from the database, at most that many events; nil for as many as a page holds.
    case read(limit: Int?)
    case wait
  }

  /// Events that may lie ready; beyond it they are dropped and read from the database later.
  let bound: Int
  private(set) var ready: Deque<[RecordedEvent]> = []
  private(set) var readyCount = 0
  /// The log is known to reach at least here.
  private(set) var known: Position = .zero
  /// Somebody said that there may be more in the database.
  private(set) var isDue = true

  init(bound: Int) { self.bound = bound }

  mutating func put(_ events: [RecordedEvent], last: Position) {
    known = max(known, last)
    guard !events.isEmpty else { return }
    if readyCount + events.count > bound {
      ready.removeAll()
      readyCount = 0
    }
    ready.append(events)
    readyCount += events.count
  }

  mutating func look() { isDue = true }

  var hasWork: Bool { isDue || !ready.isEmpty }

  /// What to do for a subscriber that has everything up to the cursor.
  mutating func turn(after cursor: Position) -> Turn {
    dropSeen(cursor)
    if let first = ready.first {
      guard first[0].position > cursor.next else { return .take(takeContiguous(after: cursor)) }
      return .read(limit: Int(clamping: first[0].position.rawValue - cursor.rawValue - 1))
    }
    if isDue || known > cursor {
      isDue = false
      return .read(limit: nil)
    }
    return .wait
  }

  private mutating func dropSeen(_ cursor: Position) {
    while let first = ready.first, let last = first.last, last.position <= cursor {
      readyCount -= first.count
      ready.removeFirst()
    }
  }

  private mutating func takeContiguous(after cursor: Position) -> [RecordedEvent] {
    var taken = ready.removeFirst()
    readyCount -= taken.count
    if taken[0].position <= cursor { taken.removeAll { $0.position <= cursor } }
    while let next = ready.first, next[0].position == taken[taken.count - 1].position.next {
      taken.append(contentsOf: next)
      readyCount -= next.count
      ready.removeFirst()
    }
    return taken
  }
}
