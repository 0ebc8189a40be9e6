import Synchronization

/// Token buckets by client, bounded in number.
///
/// A bucket that has been full again for long is forgotten, so memory stays below `capacity` entries.
final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Int64
    var filledAt: ContinuousClock.Instant
  }

  private let buckets = Mutex<[String: Bucket]>([:])
  private let perHour: Int64
  private let burst: Int64
  private let capacity: Int
  private static let unit: Int64 = 1_000_000

  /// Lets `perHour` requests an hour through for long and `burst` at once; `perHour` 0 lets everything through.
  init(perHour: Int, burst: Int, capacity: Int = 65_536) {
    self.perHour = Int64(perHour)
    self.burst = Int64(max(1, burst))
    self.capacity = capacity
  }

  /// Takes one token of a client: nil when there was one, else the seconds until there will be one. O(1).
  func take(_ client: String, now: ContinuousClock.Instant = .now) -> Int? {
    if perHour == 0 { return nil }
    return buckets.withLock { buckets in
      if buckets.count >= capacity, buckets[client] == nil { forgetFull(&buckets, now) }
      return spend(&buckets[client, default: Bucket(tokens: burst * Self.unit, filledAt: now)], now)
    }
  }

  private func spend(_ bucket: inout Bucket, _ now: ContinuousClock.Instant) -> Int? {
    bucket.tokens = filled(bucket, now)
    bucket.filledAt = now
    if bucket.tokens >= Self.unit {
      bucket.tokens -= Self.unit
      return nil
    }
    let missing = Self.unit - bucket.tokens
    return Int(missing * 3600 / (perHour * Self.unit)) + 1
  }

  private func filled(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Int64 {
    let elapsed = min(bucket.filledAt.duration(to: now), .seconds(3600))
    let microseconds = max(
      0, elapsed.components.seconds * 1_000_000 + elapsed.components.attoseconds / 1_000_000_000_000)
    return min(burst * Self.unit, bucket.tokens + microseconds * perHour / 3600)
  }

  private func forgetFull(_ buckets: inout [String: Bucket], _ now: ContinuousClock.Instant) {
    buckets = buckets.filter { filled($0.value, now) < burst * Self.unit }
    if buckets.count >= capacity { buckets.removeAll(keepingCapacity: true) }
  }
}
