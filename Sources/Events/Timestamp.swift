#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Microseconds since 1970-01-01 00:00 UTC.
@frozen
public struct Timestamp: Sendable, Hashable, Comparable {
  /// Microseconds since the epoch.
  public let microseconds: Int64

  /// The moment that many microseconds after the epoch.
  @inlinable
  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// The earlier moment first.
  @inlinable
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

  /// The machine's clock.
  public static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }
}
