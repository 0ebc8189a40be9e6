/// A set of scoring rules was published under a name, for comparison: nothing changes by it. Stream: governance.
public struct ScoringRulesProposed: Sendable, Equatable {
  /// The name by which queries ask for the rules.
  public var name: String
  /// The rules: canonical JSON text of whole numbers, as the projections write it.
  public var document: String

  /// Rules under a name.
  public init(name: String, document: String) {
    self.name = name
    self.document = document
  }
}

/// A set of scoring rules is in force from here on, for the whole history. Stream: governance.
public struct ScoringRulesChanged: Sendable, Equatable {
  /// The name by which queries ask for the rules.
  public var name: String
  /// The rules: canonical JSON text of whole numbers, as the projections write it.
  public var document: String

  /// Rules under a name.
  public init(name: String, document: String) {
    self.name = name
    self.document = document
  }
}

/// An event that projections cannot apply is passed over from now on. It stays in the log, with its proofs. Stream:
/// governance; the actor is who decided it.
public struct EventQuarantined: Sendable, Equatable {
  /// Where the event stands.
  public var position: Position
  /// Why it is passed over, in words.
  public var reason: String

  /// An event that is passed over.
  public init(position: Position, reason: String) {
    self.position = position
    self.reason = reason
  }
}

extension StreamID {
  /// The stream of what concerns the whole log: rules and quarantine.
  public static let governance = StreamID(name: "governance")
}
