/// Why the data of an event could not be read.
public struct EventDecodingError: Error, Sendable, Equatable {
  /// What is wrong.
  public enum Reason: Sendable, Equatable {
    /// The log holds a type this program does not know.
    case unknownType(String)
    /// Another key, or none, stands where this key belongs.
    case keyExpected
    /// No integer in canonical form (digits, no leading zero, no sign but a minus).
    case integerExpected
    /// The integer does not fit the field.
    case outOfRange
    /// Neither a string in canonical form nor well-formed UTF-8.
    case stringExpected
    /// A string, but none of those the field may hold.
    case unknownWord(String)
    /// Neither `true` nor `false`.
    case booleanExpected
    /// The object does not end where it should.
    case endExpected
  }

  /// What is wrong.
  public let reason: Reason
  /// The type whose data was read; nil when that is what is unknown.
  public let type: EventType?
  /// The key whose value was read; empty outside a key.
  public let key: String
  /// Byte in the data at which reading stopped.
  public let offset: Int

  /// An error at a place.
  public init(_ reason: Reason, type: EventType?, key: String, offset: Int) {
    self.reason = reason
    self.type = type
    self.key = key
    self.offset = offset
  }
}

extension EventDecodingError: CustomStringConvertible {
  /// One sentence for a log or an operator.
  public var description: String {
    "\(type?.name ?? "event") data, key \"\(key)\", byte \(offset): \(reason)"
  }
}
