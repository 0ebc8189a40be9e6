public import Events

/// A piece of background work. Time-ordered, and hard to guess.
public struct JobID: Identifier {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// The identifier with those halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}
