public import Events

/// An event that cannot be applied. The projections stand where they were before it, and stay there until somebody looks.
public struct PoisonEvent: Error, Sendable, Equatable {
  /// What is wrong with it.
  public enum Reason: Sendable, Equatable {
    /// Positions are dense; this is not the next one.
    case outOfOrder(expected: Position)
    /// An event of a simulation that never started.
    case unknownSimulation(StreamID)
    /// A simulation that starts again.
    case startedAlready(StreamID)
    /// An event of a simulation that is over.
    case overAlready(StreamID)
    /// A simulation without a player.
    case actorMissing
    /// A number no run can have.
    case outOfRange(field: String, value: Int64)
  }

  /// Where it stands.
  public let position: Position
  /// What is wrong with it.
  public let reason: Reason

  /// An event and what is wrong with it.
  public init(position: Position, reason: Reason) {
    self.position = position
    self.reason = reason
  }
}

extension PoisonEvent: CustomStringConvertible {
  /// One sentence for health checks and operators.
  public var description: String {
    let what =
      switch reason {
      case .outOfOrder(let expected): "comes when event \(expected.rawValue) is the next"
      case .unknownSimulation(let id): "belongs to the simulation \(id), which never started"
      case .startedAlready(let id): "starts the simulation \(id), which has started before"
      case .overAlready(let id): "belongs to the simulation \(id), which is over"
      case .actorMissing: "starts a simulation without a player"
      case .outOfRange(let field, let value): "has \(value) for \(field), which no run can have"
      }
    return "event \(position.rawValue) \(what)"
  }
}

/// A number as a narrower one, or the reason why not.
@inline(__always)
func narrow<Value: FixedWidthInteger>(
  _ value: some FixedWidthInteger, _ field: StaticString, as type: Value.Type = Value.self
) throws(PoisonReason) -> Value {
  guard let narrow = Value(exactly: value) else {
    throw PoisonReason(reason: .outOfRange(field: field.description, value: Int64(clamping: value)))
  }
  return narrow
}

/// What is wrong, before it is known where.
struct PoisonReason: Error {
  let reason: PoisonEvent.Reason
}
