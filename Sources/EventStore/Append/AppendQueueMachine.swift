internal import DequeModule
internal import Events

/// What the append queue knows and decides, without clock, database or thread.
///
/// A command goes from `waiting` by a batch to `appending`, then to `unflushed` (committed, but perhaps not on disk),
/// then to `flushing`, and is answered after that. One batch is appended while the batches before it are flushed.
/// Whenever the link to the database breaks, everything that was not answered goes back to the head of the queue and
/// is sent again: the command's id makes that safe, whatever became of the first attempt.
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

  /// Commands that are appended by one statement.
  struct Batch: Sendable {
    var entries: [Entry]
  }

  /// A batch with what the database said to it.
  struct AppendedBatch: Sendable {
    var batch: Batch
    var reply: AppendReply
  }

  /// What a loop should do next.
  enum Turn<Work: Sendable>: Sendable {
    case work(Work)
    case wait
    case stop
  }

  /// Bounds.
  let limits: AppendLimits
  private(set) var waiting: Deque<Entry> = []
  private(set) var appending: Batch?
  private(set) var unflushed: [AppendedBatch] = []
  private(set) var flushing: [AppendedBatch] = []
  /// Events of all commands that are not answered yet.
  private(set) var eventCount = 0
  private(set) var link = Link.down(since: nil, reason: "not connected yet")
  private(set) var isClosing = false

  /// How it stands with the database.
  enum Link: Sendable, Equatable {
    case up
    /// Something failed on it; the loops are leaving.
    case failed(reason: String)
    /// Since when connecting has failed; nil while it was not tried.
    case down(since: ContinuousClock.Instant?, reason: String)
  }

  init(limits: AppendLimits) { self.limits = limits }

  /// Nothing is waiting or under way.
  var isEmpty: Bool { waiting.isEmpty && appending == nil && unflushed.isEmpty && flushing.isEmpty }
}

extension AppendQueueMachine {
  /// Takes a command in, or says why not.
  mutating func enqueue(_ entry: Entry) -> AppendError? {
    if isClosing { return .closed }
    if case .down(let since?, let reason) = link, entry.since - since > limits.patience {
      return .unavailable(reason: reason)
    }
    let count = entry.command.eventCount
    // A command larger than the bound passes when the queue is empty; else it never would.
    if eventCount + count > limits.queuedEvents, eventCount > 0 { return .overloaded(retryAfter: limits.retryAfter) }
    eventCount += count
    waiting.append(entry)
    return nil
  }

  /// What the appending loop should do.
  mutating func nextBatch() -> Turn<Batch> {
    guard link == .up else { return .stop }
    precondition(appending == nil, "one batch is appended at a time")
    guard !waiting.isEmpty else { return isClosing ? .stop : .wait }
    let batch = takeBatch()
    appending = batch
    return .work(batch)
  }

  /// The appending loop would not have to wait.
  var hasBatch: Bool { link != .up || isClosing || !waiting.isEmpty }

  private mutating func takeBatch() -> Batch {
    var entries: [Entry] = []
    var events = 0
    while let next = waiting.first, entries.isEmpty || fits(next, after: entries, events) {
      var entry = waiting.removeFirst()
      entry.attempts += 1
      events += entry.command.eventCount
      entries.append(entry)
    }
    return Batch(entries: entries)
  }

  private func fits(_ next: Entry, after entries: [Entry], _ events: Int) -> Bool {
    !next.isAlone && !entries[0].isAlone && events + next.command.eventCount <= limits.batchEvents
  }

  /// The batch was committed; it waits for the flush.
  mutating func appended(_ reply: AppendReply) {
    guard let batch = appending else { preconditionFailure("a reply without a batch") }
    appending = nil
    unflushed.append(AppendedBatch(batch: batch, reply: reply))
  }

  /// What the flushing loop should do.
  mutating func nextFlush() -> Turn<[AppendedBatch]> {
    guard link == .up else { return .stop }
    precondition(flushing.isEmpty, "one flush at a time")
    guard !unflushed.isEmpty else { return isClosing && isEmpty ? .stop : .wait }
    (flushing, unflushed) = (unflushed, [])
    return .work(flushing)
  }

  /// The flushing loop would not have to wait.
  var hasFlush: Bool { link != .up || !unflushed.isEmpty || (isClosing && isEmpty) }

  /// Everything given out by `nextFlush` is on disk and may be answered.
  mutating func flushed() {
    for done in flushing { answered(done.batch.entries) }
    flushing = []
  }

  private mutating func answered(_ entries: [Entry]) {
    for entry in entries { eventCount -= entry.command.eventCount }
  }
}

extension AppendQueueMachine {
  /// The database took back the whole batch, for certain.
  /// - Returns: the commands to be told, with why; the others are sent again.
  mutating func refused(_ failure: BatchFailure) -> [(Entry, AppendError)] {
    guard let batch = appending else { preconditionFailure("a refusal without a batch") }
    appending = nil
    switch failure {
    case .again where batch.entries[0].attempts < limits.attempts:
      returnToWaiting(batch.entries)
      return []
    case .content where batch.entries.count > 1:
      returnToWaiting(
        batch.entries.map { entry in
          var entry = entry
          entry.isAlone = true
          return entry
        })
      return []
    case .again(let reason), .content(let reason), .refused(let reason):
      answered(batch.entries)
      return batch.entries.map { ($0, .unavailable(reason: reason)) }
    }
  }

  private mutating func returnToWaiting(_ entries: [Entry]) {
    for entry in entries.reversed() { waiting.prepend(entry) }
  }

  /// There is a link to the database.
  mutating func linked() { link = .up }

  /// The link broke: the loops must leave.
  mutating func linkFailed(_ reason: String) {
    if link == .up { link = .failed(reason: reason) }
  }

  /// Both loops have left: what is unanswered goes back to the head, in its old order.
  mutating func unlinked() {
    let reason = if case .failed(let reason) = link { reason } else { "the link was closed" }
    link = .down(since: nil, reason: reason)
    if let appending { returnToWaiting(appending.entries) }
    for done in (flushing + unflushed).reversed() { returnToWaiting(done.batch.entries) }
    (appending, flushing, unflushed) = (nil, [], [])
  }

  /// Connecting failed.
  /// - Returns: the commands that have waited too long, with why.
  mutating func connectingFailed(_ reason: String, now: ContinuousClock.Instant) -> [(Entry, AppendError)] {
    if case .down(let since?, _) = link {
      link = .down(since: since, reason: reason)
    } else {
      link = .down(since: now, reason: reason)
    }
    let (isClosing, patience) = (isClosing, limits.patience)
    let expired = waiting.filter { isClosing || now - $0.since > patience }
    waiting.removeAll { isClosing || now - $0.since > patience }
    answered(Array(expired))
    return expired.map { ($0, .unavailable(reason: reason)) }
  }

  /// No new commands; those that are here are still appended and answered.
  mutating func close() { isClosing = true }
}
