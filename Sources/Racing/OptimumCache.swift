import Synchronization

/// Optima that were asked for before: thousands of players begin from the same states.
///
/// Holds at most `capacity` optima; when it is full it is emptied. Searches run outside the lock.
final class OptimumCache: Sendable {
  /// What is asked about a state.
  enum Question: Hashable {
    /// The best finish from it.
    case best
    /// The best finish over every tyre at the start.
    case anyStart
    /// The best finish of a stop at the end of the next lap, at this pace.
    case stopNext(PaceMode)
    /// The best finish with this pace on the next lap.
    case paceNext(PaceMode)
  }

  struct Key: Hashable {
    var state: RunState
    var question: Question
    var allowsModes: Bool
  }

  private struct Contents {
    var known: [Key: Optimum?] = [:]
    var searches: [OptimumSearch] = []
  }

  static let capacity = 16_384
  private let contents = Mutex(Contents())

  /// The optimum known for a key, or the one found now.
  func optimum(_ key: Key, find: (inout OptimumSearch) -> Optimum?) -> Optimum? {
    var search = OptimumSearch()
    let known: Optimum?? = contents.withLock { contents in
      if let known = contents.known[key] { return known }
      search = contents.searches.popLast() ?? OptimumSearch()
      return nil
    }
    if let known { return known }
    let found = find(&search)
    contents.withLock { contents in
      if contents.known.count >= Self.capacity { contents.known.removeAll(keepingCapacity: true) }
      contents.known[key] = .some(found)
      if contents.searches.count < 2 { contents.searches.append(search) }
    }
    return found
  }
}
