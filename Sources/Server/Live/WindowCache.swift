import Events
import Projections
import Synchronization

/// Encoded windows, which hold as long as the crowd's sums do, however far the log goes on meanwhile.
final class WindowCache: Sendable {
  private struct Entry {
    var position: Position
    let crowd: CrowdStatistics?
    let reference: CrowdReference
    let content: AnswerCache.Content
  }

  /// How often windows were there.
  let measure = CacheMeasure()
  private let entries = Mutex<[String: Entry]>([:])
  private let capacity: Int

  /// Keeps at most `capacity` answers; when it is full it is emptied.
  init(capacity: Int) { self.capacity = max(1, capacity) }

  /// The content kept under a key, if it was made at that very position. O(1).
  func content(_ key: String, at position: Position) -> AnswerCache.Content? {
    let found: AnswerCache.Content? = entries.withLock { entries in
      guard let entry = entries[key], entry.position == position else { return nil }
      return entry.content
    }
    return measure.count(found)
  }

  /// The content kept under a key, if crowd and model still say the same. O(1) when nothing has changed.
  func content(
    _ key: String, _ crowd: CrowdStatistics?, _ reference: CrowdReference, at position: Position
  ) -> AnswerCache.Content? {
    entries.withLock { entries in
      guard let entry = entries[key], entry.crowd == crowd, entry.reference == reference else { return nil }
      entries[key]?.position = max(entry.position, position)
      return entry.content
    }
  }

  func keep(
    _ content: AnswerCache.Content, _ key: String, _ crowd: CrowdStatistics?, _ reference: CrowdReference,
    at position: Position
  ) {
    entries.withLock { entries in
      if entries.count >= capacity, entries[key] == nil { entries.removeAll(keepingCapacity: true) }
      entries[key] = Entry(position: position, crowd: crowd, reference: reference, content: content)
    }
  }
}
