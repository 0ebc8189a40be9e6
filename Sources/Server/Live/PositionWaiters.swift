import Events

/// Those who wait for the projections to come to a position. Pure: says whom to wake, and leaves waking to others.
struct PositionWaiters<Waiter> {
  private var waiting: [(id: UInt64, position: Position, waiter: Waiter)] = []
  private var lastID: UInt64 = 0

  /// How many wait.
  var count: Int { waiting.count }

  /// Adds one who waits; the number is for giving up.
  mutating func add(_ waiter: Waiter, for position: Position) -> UInt64 {
    lastID += 1
    waiting.append((lastID, position, waiter))
    return lastID
  }

  /// Takes out those whose position was reached. O(waiting).
  mutating func reached(_ position: Position) -> [Waiter] {
    if waiting.isEmpty { return [] }
    let due = waiting.filter { $0.position <= position }
    if !due.isEmpty { waiting.removeAll { $0.position <= position } }
    return due.map(\.waiter)
  }

  /// Takes out one who does not want to wait any longer; nil when it was woken already.
  mutating func giveUp(_ id: UInt64) -> Waiter? {
    guard let index = waiting.firstIndex(where: { $0.id == id }) else { return nil }
    return waiting.remove(at: index).waiter
  }

  /// Takes out everybody.
  mutating func removeAll() -> [Waiter] {
    defer { waiting = [] }
    return waiting.map(\.waiter)
  }
}
