/// An event's place in the one order; dense from 1. `position - 1` is its Merkle leaf index.
@frozen
public struct Position: Sendable, Hashable, Comparable, RawRepresentable {
  /// The place; 0 is before the first event.
  public let rawValue: Int64

  /// The place with that number.
  @inlinable
  public init(rawValue: Int64) { self.rawValue = rawValue }

  /// Before the first event.
  public static let zero = Position(rawValue: 0)

  /// The place behind this one.
  @inlinable
  public var next: Position { Position(rawValue: rawValue + 1) }

  /// The earlier place first.
  @inlinable
  public static func < (left: Position, right: Position) -> Bool { left.rawValue < right.rawValue }
}

/// A place in a stream or in an actor's history; dense from 1, 0 before the first.
@frozen
public struct Version: Sendable, Hashable, Comparable, RawRepresentable {
  /// The place; 0 is before the first event.
  public let rawValue: Int32

  /// The place with that number.
  @inlinable
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Before the first event.
  public static let zero = Version(rawValue: 0)

  /// The place behind this one.
  @inlinable
  public var next: Version { Version(rawValue: rawValue + 1) }

  /// The earlier place first.
  @inlinable
  public static func < (left: Version, right: Version) -> Bool { left.rawValue < right.rawValue }
}
