import FoundationEssentials

/// What fetching knows of time and chance. Tests put their own in its place.
public struct Timepiece: Sendable {
  /// The time since 1970.
  public var now: @Sendable () -> Duration
  /// Waits, and throws when the task is cancelled.
  public var sleep: @Sendable (Duration) async throws -> Void
  /// A number from 0 up to 1.
  public var chance: @Sendable () -> Double

  /// The real time and real chance.
  public init() {
    now = { .milliseconds(Int64(Date().timeIntervalSince1970 * 1000)) }
    sleep = { try await Task.sleep(for: $0) }
    chance = { .random(in: 0..<1) }
  }
}
