/// How often a cache had what was asked for.
final class CacheMeasure: Sendable {
  /// Times it had it.
  let hits = Histogram.Counter()
  /// Times it had not.
  let misses = Histogram.Counter()

  /// Counts one look and hands on what was found.
  func count<Value>(_ found: Value?) -> Value? {
    if found == nil { misses.add() } else { hits.add() }
    return found
  }
}
