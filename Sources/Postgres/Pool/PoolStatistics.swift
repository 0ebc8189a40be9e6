import Synchronization

/// How busy a pool is.
public struct PoolStatistics: Sendable, Hashable {
  /// Most sessions there may be.
  public let size: Int
  /// Sessions that somebody uses.
  public let inUse: Int
  /// Sessions that nobody uses.
  public let idle: Int
  /// Sessions being opened, or resting after a failure.
  public let opening: Int
  /// Statements on shared sessions.
  public let statements: Int
  /// Callers that wait for a session.
  public let waiting: Int
}

extension Pool {
  /// How busy the pool is at this moment.
  /// - Complexity: O(sessions).
  public var statistics: PoolStatistics {
    state.withLock { state in
      let slots = state.machine.slots
      let open = slots.filter { $0.member != nil }
      let inUse = open.filter { $0.isExclusive || $0.load > 0 }.count
      return PoolStatistics(
        size: slots.count, inUse: inUse, idle: open.count - inUse,
        opening: slots.filter { $0.phase == .opening || $0.phase == .resting }.count,
        statements: slots.reduce(0) { $0 + $1.load }, waiting: state.machine.waitingCount)
    }
  }
}
