/// A set of scoring rules under a name: published for comparison, which changes nothing, or put in force for the whole
/// history. Stream: governance.
public struct ScoringRules: Sendable, Equatable {
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
