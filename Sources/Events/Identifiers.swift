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
  public let high: UInt64
  public let low: UInt64
  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// The account that caused an event. An account's own stream has the same 128 bits.
@frozen
public struct UserID: Identifier {
  public let high: UInt64
  public let low: UInt64
  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// The command that caused an event: the idempotency key.
@frozen
public struct CommandID: Identifier {
  public let high: UInt64
  public let low: UInt64
  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// An event's place in the one order; dense from 1. `position - 1` is its Merkle leaf index.
@frozen
public struct Position: Sendable, Hashable, Comparable, RawRepresentable {
  public let rawValue: Int64
  @inlinable
  public init(rawValue: Int64) { self.rawValue = rawValue }
  /// Before the first event.
  public static let zero = Position(rawValue: 0)
  @inlinable
  public static func < (left: Position, right: Position) -> Bool { left.rawValue < right.rawValue }
}

/// A place in a stream or in an actor's history; dense from 1, 0 before the first.
@frozen
public struct Version: Sendable, Hashable, Comparable, RawRepresentable {
  public let rawValue: Int32
  @inlinable
  public init(rawValue: Int32) { self.rawValue = rawValue }
  /// Before the first event.
  public static let zero = Version(rawValue: 0)
  @inlinable
  public static func < (left: Version, right: Version) -> Bool { left.rawValue < right.rawValue }
}

/// Microseconds since 1970-01-01 00:00 UTC.
@frozen
public struct Timestamp: Sendable, Hashable, Comparable {
  public let microseconds: Int64
  @inlinable
  public init(microseconds: Int64) { self.microseconds = microseconds }
  @inlinable
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }
}
