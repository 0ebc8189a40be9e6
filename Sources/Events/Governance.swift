/// What the governance stream amounts to: the rules in force, those that were published, and what is passed over.
///
/// Read before a fold, because it decides how the log is folded.
public struct Governance: Sendable, Equatable {
  /// Rules under a name.
  public struct Rules: Sendable, Equatable {
    /// The name by which queries ask for them.
    public let name: String
    /// Canonical JSON text.
    public let document: String
    /// Where they were published first.
    public let position: Position
  }

  /// An event that is passed over.
  public struct Quarantined: Sendable, Equatable {
    /// Where it stands.
    public let position: Position
    /// Why, in words.
    public let reason: String
    /// Who decided it; nil for somebody at the database.
    public let by: UserID?
    /// Where that stands.
    public let decidedAt: Position
  }

  /// Rules that came into force.
  public struct Change: Sendable, Equatable {
    /// From where on.
    public let position: Position
    /// Which ones.
    public let name: String
  }

  /// The name of the rules that hold before any others are put in force.
  public static let standardName = "standard"

  /// Every set of rules that was ever published, in order.
  public private(set) var published: [Rules] = []
  /// Each change of the rules in force. Before the first the standard rules hold.
  public private(set) var changes: [Change] = []
  /// Everything that is passed over, in the order decided.
  public private(set) var quarantined: [Quarantined] = []
  /// Version of the stream.
  public private(set) var version = Version.zero

  /// Nothing was decided yet.
  public init() {}

  /// What these events of the stream amount to.
  public init(_ events: some Sequence<RecordedEvent>) {
    for event in events { apply(event) }
  }

  /// Takes in the next event of the stream; one that was taken in before changes nothing.
  public mutating func apply(_ event: RecordedEvent) {
    guard event.version > version else { return }
    version = event.version
    switch event.event {
    case .scoringRulesProposed(let proposed): publish(proposed.name, proposed.document, event.position)
    case .scoringRulesChanged(let changed):
      publish(changed.name, changed.document, event.position)
      changes.append(Change(position: event.position, name: changed.name))
    case .eventQuarantined(let quarantine):
      guard !isQuarantined(quarantine.position) else { return }
      quarantined.append(
        Quarantined(
          position: quarantine.position, reason: quarantine.reason, by: event.actor, decidedAt: event.position))
    default: break
    }
  }

  private mutating func publish(_ name: String, _ document: String, _ position: Position) {
    guard name != Self.standardName, rules(named: name) == nil else { return }
    published.append(Rules(name: name, document: document, position: position))
  }

  /// The rules of a name; nil when none were published under it.
  public func rules(named name: String) -> Rules? { published.first { $0.name == name } }

  /// The name of the rules in force now.
  public var nameInForce: String { changes.last?.name ?? Self.standardName }

  /// The rules in force behind an event of the log, or now; nil for the standard ones.
  public func rulesInForce(at position: Position? = nil) -> Rules? {
    let change = changes.last { change in position.map { change.position <= $0 } ?? true }
    return change.flatMap { rules(named: $0.name) }
  }

  /// An event is passed over.
  public func isQuarantined(_ position: Position) -> Bool { quarantined.contains { $0.position == position } }
}
