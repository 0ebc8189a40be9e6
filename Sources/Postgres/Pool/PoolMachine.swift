import DequeModule

/// Which session of a pool serves whom, when one is opened, and who waits. Pure: no clock, no lock, no connection.
struct PoolMachine<Member, Waiter> {
  /// How a caller wants a session.
  enum Use: Sendable { case shared, exclusive }

  /// A place for one session.
  struct Slot {
    enum Phase {
      case empty
      case opening
      /// Waiting until it may be tried again.
      case resting
      case ready
      /// Asked for a sign of life before it is used again.
      case checking
    }

    var phase = Phase.empty
    var member: Member?
    /// Callers that share it now.
    var load = 0
    var isExclusive = false
    /// Nanoseconds of the monotonic clock.
    var lastUsedAt: UInt64 = 0
    /// Attempts that failed since the last success.
    var failures = 0
    /// Counts the sessions this slot has held, so that news of an old one are told apart.
    var generation = 0
  }

  /// What to do with a caller.
  enum Answer {
    case use(Member, slot: Int)
    case wait
    case full
    case closed
  }

  /// What the pool has to do besides.
  enum Task: Equatable {
    case open(slot: Int, generation: Int)
    case check(slot: Int, generation: Int)
  }

  private struct Waiting {
    let id: UInt64
    let use: Use
    let waiter: Waiter
    let deadline: UInt64
  }

  private(set) var slots: [Slot]
  private var waiting: Deque<Waiting> = []
  private let waiterBound: Int
  private let loadBound: Int
  private let idleCheckAfter: UInt64
  private(set) var isClosed = false
  /// Why the last attempt to connect failed, while none has succeeded since.
  private(set) var lastFailure: PostgresError?

  init(size: Int, waiterBound: Int, loadBound: Int, idleCheckAfter: UInt64) {
    slots = Array(repeating: Slot(), count: size)
    self.waiterBound = waiterBound
    self.loadBound = loadBound
    self.idleCheckAfter = idleCheckAfter
  }
}

extension PoolMachine {
  var waitingCount: Int { waiting.count }
  var nextDeadline: UInt64? { waiting.first?.deadline }

  /// Serves a caller or lets it wait (the waiter is made only then).
  mutating func acquire(
    _ use: Use, id: UInt64, now: UInt64, deadline: UInt64, tasks: inout [Task], waiter: () -> Waiter
  ) -> Answer {
    guard !isClosed else { return .closed }
    if waiting.isEmpty, let (member, slot) = take(use, now: now, tasks: &tasks) { return .use(member, slot: slot) }
    if waiting.isEmpty { openOne(&tasks) }
    guard waiting.count < waiterBound else { return .full }
    waiting.append(Waiting(id: id, use: use, waiter: waiter(), deadline: deadline))
    openOne(&tasks)
    return .wait
  }

  /// The least loaded session that may be used, and a new one besides when even that has something to do.
  private mutating func take(_ use: Use, now: UInt64, tasks: inout [Task]) -> (Member, Int)? {
    var best: Int?
    for index in slots.indices where slots[index].phase == .ready && !slots[index].isExclusive {
      guard slots[index].load < loadBound else { continue }
      if slots[index].load == 0, now > slots[index].lastUsedAt + idleCheckAfter {
        slots[index].phase = .checking
        tasks.append(.check(slot: index, generation: slots[index].generation))
        continue
      }
      if best.map({ slots[index].load < slots[$0].load }) ?? true { best = index }
    }
    guard let best, let member = slots[best].member else { return nil }
    if slots[best].load > 0 { openOne(&tasks) }
    if use == .exclusive { slots[best].isExclusive = true } else { slots[best].load += 1 }
    return (member, best)
  }

  private mutating func openOne(_ tasks: inout [Task]) {
    guard !slots.contains(where: { $0.phase == .opening }),
      let index = slots.firstIndex(where: { $0.phase == .empty })
    else { return }
    open(index, &tasks)
  }

  private mutating func open(_ index: Int, _ tasks: inout [Task]) {
    slots[index].phase = .opening
    slots[index].generation += 1
    tasks.append(.open(slot: index, generation: slots[index].generation))
  }

  /// A caller is done with a session.
  mutating func release(_ use: Use, slot: Int, generation: Int, now: UInt64, tasks: inout [Task]) -> [(Waiter, Answer)]
  {
    guard slots[slot].generation == generation else { return [] }
    if use == .exclusive { slots[slot].isExclusive = false } else { slots[slot].load -= 1 }
    slots[slot].lastUsedAt = now
    return serve(now: now, tasks: &tasks)
  }

  /// Gives free sessions to those who wait, first come first served.
  private mutating func serve(now: UInt64, tasks: inout [Task]) -> [(Waiter, Answer)] {
    var served: [(Waiter, Answer)] = []
    while let next = waiting.first {
      guard let (member, slot) = take(next.use, now: now, tasks: &tasks) else {
        openOne(&tasks)
        break
      }
      waiting.removeFirst()
      served.append((next.waiter, .use(member, slot: slot)))
    }
    return served
  }
}

extension PoolMachine {
  /// A session was opened, or answered the question whether it lives. False when it is not wanted any more.
  mutating func opened(
    _ member: Member, slot: Int, generation: Int, now: UInt64, tasks: inout [Task]
  ) -> (isWanted: Bool, served: [(Waiter, Answer)]) {
    guard !isClosed, slots[slot].generation == generation, slots[slot].phase == .opening else { return (false, []) }
    slots[slot].phase = .ready
    slots[slot].member = member
    slots[slot].failures = 0
    slots[slot].lastUsedAt = now
    lastFailure = nil
    return (true, serve(now: now, tasks: &tasks))
  }

  /// An idle session gave a sign of life.
  mutating func checked(slot: Int, generation: Int, now: UInt64, tasks: inout [Task]) -> [(Waiter, Answer)] {
    guard slots[slot].generation == generation, slots[slot].phase == .checking else { return [] }
    slots[slot].phase = .ready
    slots[slot].lastUsedAt = now
    return serve(now: now, tasks: &tasks)
  }

  /// Opening failed. Gives back how long to rest (in nanoseconds) before `rested`, and those for whom waiting is
  /// hopeless: the failure is not one that time mends, and there is no other session.
  mutating func openingFailed(
    _ error: PostgresError, isPermanent: Bool, slot: Int, generation: Int
  ) -> (rest: UInt64?, hopeless: [Waiter]) {
    guard !isClosed, slots[slot].generation == generation else { return (nil, []) }
    slots[slot].phase = .resting
    slots[slot].failures += 1
    lastFailure = error
    let rest = UInt64(25_000_000) << UInt64(min(slots[slot].failures, 7))
    guard isPermanent, !slots.contains(where: { $0.member != nil }) else { return (rest, []) }
    defer { waiting.removeAll() }
    return (rest, waiting.map(\.waiter))
  }

  /// The rest after a failure is over: tries again when somebody waits, else with the next caller.
  mutating func rested(slot: Int, generation: Int, tasks: inout [Task]) {
    guard !isClosed, slots[slot].generation == generation, slots[slot].phase == .resting else { return }
    slots[slot].phase = .empty
    if !waiting.isEmpty { open(slot, &tasks) }
  }

  /// A session's connection broke; it is replaced at once when somebody waits.
  mutating func broken(slot: Int, generation: Int, tasks: inout [Task]) {
    guard slots[slot].generation == generation, slots[slot].member != nil else { return }
    let failures = slots[slot].failures
    slots[slot] = Slot(failures: failures, generation: generation + 1)
    if !isClosed, !waiting.isEmpty { open(slot, &tasks) }
  }

  /// Takes out a caller that gave up waiting; `nil` when it was served meanwhile.
  mutating func giveUp(_ id: UInt64) -> Waiter? {
    waiting.firstIndex { $0.id == id }.map { waiting.remove(at: $0).waiter }
  }

  /// Takes out those whose time is up. All wait equally long, so the first in line is the first to give up.
  mutating func expire(now: UInt64) -> [Waiter] {
    var expired: [Waiter] = []
    while let first = waiting.first, first.deadline <= now { expired.append(waiting.removeFirst().waiter) }
    return expired
  }

  /// Serves nobody any more; gives back those who wait and the sessions to close.
  mutating func close() -> (waiters: [Waiter], members: [Member]) {
    isClosed = true
    defer {
      waiting.removeAll()
      for index in slots.indices { slots[index] = Slot(generation: slots[index].generation + 1) }
    }
    return (waiting.map(\.waiter), slots.compactMap(\.member))
  }
}
