internal import DequeModule
internal import Events

/// What the append queue knows and decides, without clock, database or thread.
///
/// Commands wait in one line and are taken in batches by lanes, each a session with the database. A command is answered
/// when its batch is on disk. When a lane breaks, what it had goes back to the head of the line and is sent again: the
/// command's id makes that safe, whatever became of the first attempt.
struct AppendQueueMachine<Waiter: Sendable>: Sendable {
  /// One command and whoever waits for it.
  struct Entry: Sendable {
    let command: EncodedAppend
    let waiter: Waiter
    /// When it came, for those who cannot wait for ever.
    let since: ContinuousClock.Instant
    /// Times it was sent already.
    var attempts = 0
    /// Goes in a batch of its own, because a batch with it was refused as a whole.
    var isAlone = false
  }

  /// What a lane should do next.
  enum Turn: Sendable {
    case append([Entry])
    case wait
    case stop
  }

  /// Bounds.
  let limits: AppendLimits
  private(set) var waiting: Deque<Entry> = []
  /// What each lane is appending.
  private(set) var underWay: [[Entry]]
  /// Whether each lane has a connection.
  private(set) var isConnected: [Bool]
  /// Since when there has been no connection at all although one was tried, and why.
  private(set) var away: (since: ContinuousClock.Instant, reason: String)?
  /// Events of all commands that are not answered yet.
  private(set) var eventCount = 0
  /// Commands and events that are under way.
  private var served = (commands: 0, events: 0)
  private(set) var isClosing = false

  init(limits: AppendLimits, lanes: Int = 2) {
    self.limits = limits
    underWay = Array(repeating: [], count: lanes)
    isConnected = Array(repeating: false, count: lanes)
  }

  /// Nothing is waiting or under way.
  var isEmpty: Bool { waiting.isEmpty && underWay.allSatisfy(\.isEmpty) }

  /// A lane that asks would not have to wait.
  var hasTurn: Bool { waiting.isEmpty ? isClosing : isWorthABatch }

  /// One more batch pays when it is full, or when as many wait as are under way: most of those who are served now will
  /// be back as soon as they are answered, and one large batch costs less than two small ones.
  private var isWorthABatch: Bool {
    waiting.count >= served.commands || eventCount - served.events >= limits.batchEvents
  }
}

extension AppendQueueMachine {
  /// Takes a command in, or says why not.
  mutating func enqueue(_ entry: Entry) -> AppendError? {
    if isClosing { return .closed }
    if let away, entry.since - away.since > limits.patience { return .unavailable(reason: away.reason) }
    let count = entry.command.eventCount
    // A command larger than the bound passes when the queue is empty; else it never would.
    if eventCount + count > limits.queuedEvents, eventCount > 0 { return .overloaded(retryAfter: limits.retryAfter) }
    eventCount += count
    waiting.append(entry)
    return nil
  }

  /// What a lane without work should do.
  mutating func turn(of lane: Int) -> Turn {
    precondition(underWay[lane].isEmpty, "a lane has one batch at a time")
    guard !waiting.isEmpty else { return isClosing ? .stop : .wait }
    guard isWorthABatch else { return .wait }
    let batch = takeBatch()
    underWay[lane] = batch
    served.commands += batch.count
    served.events += batch.reduce(0) { $0 + $1.command.eventCount }
    return .append(batch)
  }

  private mutating func takeBatch() -> [Entry] {
    var batch: [Entry] = []
    var events = 0
    while let next = waiting.first, batch.isEmpty || fits(next, after: batch, events) {
      var entry = waiting.removeFirst()
      entry.attempts += 1
      events += entry.command.eventCount
      batch.append(entry)
    }
    return batch
  }

  private func fits(_ next: Entry, after batch: [Entry], _ events: Int) -> Bool {
    !next.isAlone && !batch[0].isAlone && events + next.command.eventCount <= limits.batchEvents
  }

  /// A lane's batch is on disk and may be answered.
  mutating func done(_ lane: Int) { answered(takeBack(lane)) }

  /// What a lane had under way is under way no more.
  private mutating func takeBack(_ lane: Int) -> [Entry] {
    let batch = underWay[lane]
    underWay[lane] = []
    served.commands -= batch.count
    served.events -= batch.reduce(0) { $0 + $1.command.eventCount }
    return batch
  }

  private mutating func answered(_ entries: some Sequence<Entry>) {
    for entry in entries { eventCount -= entry.command.eventCount }
  }

  /// The database took a lane's batch back as a whole, for certain.
  /// - Returns: the commands to be told, with why; the others are sent again.
  mutating func refused(_ lane: Int, _ failure: BatchFailure) -> [(Entry, AppendError)] {
    let batch = takeBack(lane)
    precondition(!batch.isEmpty, "a refusal without a batch")
    switch failure {
    case .again where batch[0].attempts < limits.attempts:
      putBack(batch)
      return []
    case .content where batch.count > 1:
      putBack(
        batch.map { entry in
          var entry = entry
          entry.isAlone = true
          return entry
        })
      return []
    case .again(let reason), .content(let reason), .refused(let reason):
      answered(batch)
      return batch.map { ($0, .unavailable(reason: reason)) }
    }
  }

  private mutating func putBack(_ entries: [Entry]) {
    for entry in entries.reversed() { waiting.prepend(entry) }
  }

  /// A lane has a connection.
  mutating func connected(_ lane: Int) {
    isConnected[lane] = true
    away = nil
  }

  /// A lane's connection broke, or could not be made. What it had is sent again.
  /// - Returns: the commands that have waited too long, with why.
  mutating func disconnected(
    _ lane: Int, _ reason: String, now: ContinuousClock.Instant
  ) -> [(Entry, AppendError)] {
    isConnected[lane] = false
    putBack(takeBack(lane))
    guard !isConnected.contains(true) else { return [] }
    away = (away?.since ?? now, reason)
    let (isClosing, patience) = (isClosing, limits.patience)
    let expired = waiting.filter { isClosing || now - $0.since > patience }
    waiting.removeAll { isClosing || now - $0.since > patience }
    answered(expired)
    return expired.map { ($0, .unavailable(reason: reason)) }
  }

  /// No new commands; those that are here are still appended and answered.
  mutating func close() { isClosing = true }
}
