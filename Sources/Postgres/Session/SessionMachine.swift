import DequeModule

/// What a session does next: which work is sent, what is cancelled, who gets which outcome. Pure: no clock, no
/// socket, no lock.
///
/// Cancelling in a pipeline is the delicate part. A cancel request names a connection, not a statement; by the time
/// the signal arrives the server may have gone on to somebody else's statement. So a *fence* stands from the moment
/// a cancel is fired until a round trip that began after it: while it stands only work that may be repeated is sent
/// (and is repeated when the cancel strays into it); everything else waits.
struct SessionMachine<Work> {
  /// How work may share the connection with other work.
  enum Kind: Sendable {
    /// Sent ahead of results; undone as a whole by an error, so it may be repeated.
    case repeatable
    /// Sent only to an idle connection, because a stray cancel could not be mended by repeating.
    case ordered
    /// Leaves pipeline mode: scripts and COPY. Nothing else runs meanwhile.
    case simple
    /// Takes the session for one caller until it is released.
    case lease
  }

  /// Why work was told to stop.
  enum Stop: Sendable { case cancelled, timeout }

  /// Work on its way.
  struct Entry {
    let id: UInt64
    let kind: Kind
    /// The lease it belongs to, if any.
    let lease: UInt64?
    /// Nanoseconds of the monotonic clock.
    let deadline: UInt64?
    let work: Work
    var stop: Stop?
    var repeats = 0
  }

  /// What to send now.
  enum Step {
    case pipeline(Entry)
    case simple(Entry)
    case grant(Entry)
    case fence
  }

  /// What to do after a request to stop, an expiry or a tick.
  enum Reaction {
    case none
    case fireCancel
    case giveUp
  }

  private struct Fence {
    var target: UInt64
    var isCancelUnderWay = true
    var isSyncSent = false
    var mayFireAgainAt: UInt64 = 0
    var firstFiredAt: UInt64
    var attempts = 1
  }

  /// In flight: an entry, or the round trip that takes down the fence.
  private enum Flight {
    case entry(Entry)
    case fence(generation: Int)
  }

  private let depth: Int
  private var waiting: Deque<Entry> = []
  private var leased: Deque<Entry> = []
  private var inFlight: Deque<Flight> = []
  private var lease: UInt64?
  private var fence: Fence?
  private var fenceGeneration = 0
  /// Not later than the earliest deadline of anything here.
  private var deadlineBound: UInt64?

  static var repeatBound: Int { 8 }
  static var firstRefireAfter: UInt64 { 20_000_000 }
  static var giveUpAfter: UInt64 { 30_000_000_000 }

  init(depth: Int) { self.depth = depth }
}

extension SessionMachine {
  /// Whether results are awaited.
  var isAwaitingResults: Bool { !inFlight.isEmpty }
  /// Whether nothing waits and nothing is under way.
  var isIdle: Bool { inFlight.isEmpty && waiting.isEmpty && leased.isEmpty && lease == nil && fence == nil }
  /// Whether the next result belongs to the fence's round trip.
  var isFenceAtHead: Bool { if case .fence = inFlight.first { true } else { false } }
  /// The work whose results come next.
  var head: Entry? { if case .entry(let entry) = inFlight.first { entry } else { nil } }
  var waitingCount: Int { waiting.count + leased.count }

  /// Takes work in. False when it belongs to a lease that has ended.
  mutating func enqueue(_ entry: Entry) -> Bool {
    if let lease = entry.lease {
      guard lease == self.lease else { return false }
      leased.append(entry)
    } else {
      waiting.append(entry)
    }
    if let deadline = entry.deadline { deadlineBound = min(deadlineBound ?? deadline, deadline) }
    return true
  }

  /// What may be sent now; `nil` when something has to happen first.
  mutating func next() -> Step? {
    if let step = nextFence() { return step }
    return lease == nil ? nextWaiting() : nextLeased()
  }

  private mutating func nextFence() -> Step? {
    guard let current = fence, !current.isCancelUnderWay, !current.isSyncSent, head?.kind != .simple else { return nil }
    fence?.isSyncSent = true
    fenceGeneration += 1
    inFlight.append(.fence(generation: fenceGeneration))
    return .fence
  }

  private mutating func nextWaiting() -> Step? {
    guard let entry = waiting.first else { return nil }
    if entry.kind == .repeatable {
      guard inFlight.count < depth, head?.kind != .simple else { return nil }
    } else {
      guard inFlight.isEmpty, fence == nil else { return nil }
    }
    waiting.removeFirst()
    return send(entry)
  }

  private mutating func nextLeased() -> Step? {
    guard inFlight.isEmpty, fence == nil, let entry = leased.popFirst() else { return nil }
    return send(entry)
  }

  private mutating func send(_ entry: Entry) -> Step {
    switch entry.kind {
    case .lease:
      lease = entry.id
      return .grant(entry)
    case .simple:
      inFlight.append(.entry(entry))
      return .simple(entry)
    case .repeatable, .ordered:
      inFlight.append(.entry(entry))
      return .pipeline(entry)
    }
  }

  /// Ends a lease; gives back work that still waited under it.
  mutating func release(_ id: UInt64) -> [Entry] {
    guard lease == id else { return [] }
    lease = nil
    defer { leased.removeAll() }
    return Array(leased)
  }
}

extension SessionMachine {
  /// What becomes of work whose results are complete.
  enum Verdict {
    case deliver(Entry)
    case again
  }

  /// The head's results are complete.
  /// - Parameters:
  ///   - wasCanceled: the server reported that it was cancelled.
  ///   - wantsAgain: it failed for a reason that repeating mends (a prepared statement that was lost).
  mutating func headFinished(wasCanceled: Bool, wantsAgain: Bool) -> Verdict {
    guard case .entry(var entry) = inFlight.popFirst() else { preconditionFailure("no work in flight") }
    let isStray = wasCanceled && entry.stop == nil && fence != nil
    let mayRepeat = entry.kind == .repeatable && entry.stop == nil && entry.repeats < Self.repeatBound
    guard mayRepeat, isStray || wantsAgain else { return .deliver(entry) }
    entry.repeats += 1
    waiting.prepend(entry)
    return .again
  }

  /// The fence's round trip came back.
  mutating func fenceReached() {
    guard case .fence(let generation) = inFlight.popFirst() else { preconditionFailure("no fence in flight") }
    guard generation == fenceGeneration, let current = fence, current.isSyncSent, !current.isCancelUnderWay else {
      return
    }
    fence = nil
  }

  /// The thread that sent the cancel request is done.
  mutating func cancelReturned(now: UInt64) {
    guard var current = fence else { return }
    current.isCancelUnderWay = false
    current.isSyncSent = false
    current.mayFireAgainAt = now + Self.firstRefireAfter << UInt64(min(current.attempts - 1, 5))
    fence = current
  }

  /// Stops work: takes it out if it still waits (and gives it back), else marks it.
  mutating func stop(_ id: UInt64, _ reason: Stop) -> Entry? {
    if let entry = Self.take(id, from: &waiting) ?? Self.take(id, from: &leased) { return entry }
    mark(reason) { $0.id == id }
    return nil
  }

  private static func take(_ id: UInt64, from queue: inout Deque<Entry>) -> Entry? {
    queue.firstIndex { $0.id == id }.map { queue.remove(at: $0) }
  }

  private mutating func mark(_ reason: Stop, where matches: (Entry) -> Bool) {
    for index in inFlight.indices {
      guard case .entry(var entry) = inFlight[index], entry.stop == nil, matches(entry) else { continue }
      entry.stop = reason
      inFlight[index] = .entry(entry)
    }
  }

  /// Whether a cancel has to be fired now: only ever for the work at the head, one at a time, and again when the
  /// last one came too early to find it running.
  mutating func react(now: UInt64) -> Reaction {
    guard let head, head.stop != nil else { return .none }
    guard var current = fence else {
      fence = Fence(target: head.id, firstFiredAt: now)
      return .fireCancel
    }
    guard !current.isCancelUnderWay else {
      return current.target == head.id && now > current.firstFiredAt + Self.giveUpAfter ? .giveUp : .none
    }
    if current.target == head.id {
      if now > current.firstFiredAt + Self.giveUpAfter { return .giveUp }
      guard now >= current.mayFireAgainAt else { return .none }
      current.attempts += 1
    } else {
      current = Fence(target: head.id, firstFiredAt: now)
    }
    current.isCancelUnderWay = true
    fence = current
    return .fireCancel
  }

  /// When `expire` or `react` has something to do, if nothing else happens before.
  var nextAlarm: UInt64? {
    guard let current = fence, head?.stop != nil else { return deadlineBound }
    let alarm = current.isCancelUnderWay ? current.firstFiredAt + Self.giveUpAfter : current.mayFireAgainAt
    return min(alarm, deadlineBound ?? alarm)
  }

  /// Stops everything whose time is up; gives back what still waited.
  /// - Complexity: O(1) before the earliest deadline, else O(entries).
  mutating func expire(now: UInt64) -> [Entry] {
    guard let bound = deadlineBound, now >= bound else { return [] }
    var expired: [Entry] = []
    let isUp = { (entry: Entry) in entry.deadline.map { $0 <= now } ?? false }
    for entry in waiting where isUp(entry) { expired.append(entry) }
    for entry in leased where isUp(entry) { expired.append(entry) }
    if !expired.isEmpty {
      waiting.removeAll(where: isUp)
      leased.removeAll(where: isUp)
    }
    mark(.timeout, where: isUp)
    deadlineBound = remainingDeadline(after: now)
    return expired
  }

  private func remainingDeadline(after now: UInt64) -> UInt64? {
    var earliest: UInt64?
    func see(_ entry: Entry) {
      if let deadline = entry.deadline, deadline > now { earliest = min(earliest ?? deadline, deadline) }
    }
    waiting.forEach(see)
    leased.forEach(see)
    for case .entry(let entry) in inFlight { see(entry) }
    return earliest
  }

  /// The connection is gone: gives back everything, first what was sent, then what was not.
  mutating func abandon() -> (sent: [Entry], unsent: [Entry]) {
    var sent: [Entry] = []
    for case .entry(let entry) in inFlight { sent.append(entry) }
    defer {
      inFlight.removeAll()
      waiting.removeAll()
      leased.removeAll()
      (lease, fence, deadlineBound) = (nil, nil, nil)
    }
    return (sent, Array(waiting) + Array(leased))
  }
}
