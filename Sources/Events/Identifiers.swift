/// A 128-bit identifier written as a UUID. The two halves are big-endian, so that order by value is order by text.
public protocol Identifier: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The first eight bytes, big-endian.
  var high: UInt64 { get }
  /// The last eight bytes, big-endian.
  var low: UInt64 { get }
  /// The identifier with those halves.
  init(high: UInt64, low: UInt64)
}

extension Identifier {
  /// Order of the 128-bit values.
  @inlinable
  public static func < (left: Self, right: Self) -> Bool { (left.high, left.low) < (right.high, right.low) }
}

/// What an event happened to: a simulation, an account, a race, the scoring rules. Time-ordered (UUIDv7), made by the server.
@frozen
public struct StreamID: Identifier {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// The identifier with those halves.
  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// The account that caused an event. An account's own stream has the same 128 bits.
@frozen
public struct UserID: Identifier {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// The identifier with those halves.
  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// The command that caused an event: the idempotency key.
@frozen
public struct CommandID: Identifier {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// The identifier with those halves.
  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

extension StreamID {
  /// The stream of an account: the same 128 bits.
  @inlinable
  public init(user: UserID) { self.init(high: user.high, low: user.low) }
}

extension UserID {
  /// The account whose own stream this is.
  @inlinable
  public init(stream: StreamID) { self.init(high: stream.high, low: stream.low) }
}
