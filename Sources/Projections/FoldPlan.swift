public import Events

/// How the log is folded: by which rules, and past which events.
public struct FoldPlan: Sendable, Equatable {
  /// The name of the rules.
  public let name: String
  /// The rules.
  public let rules: CrowdRules
  /// Events that are passed over.
  public let quarantine: Set<Position>

  /// The standard rules, and nothing is passed over.
  public static let standard = FoldPlan(name: Governance.standardName, rules: .standard, quarantine: [])

  private init(name: String, rules: CrowdRules, quarantine: Set<Position>) {
    self.name = name
    self.rules = rules
    self.quarantine = quarantine
  }

  /// Rules that nobody published, past everything that is passed over now.
  public init(_ governance: Governance, rules: CrowdRules) {
    self.init(name: "", rules: rules, quarantine: Set(governance.quarantined.map(\.position)))
  }

  /// The rules in force behind an event, or now; past everything that is passed over now, for nothing before it can be
  /// folded without.
  /// - Throws: ``RulesError`` for rules that this program does not understand.
  public init(_ governance: Governance, at position: Position? = nil) throws(RulesError) {
    try self.init(governance, governance.rulesInForce(at: position))
  }

  /// The rules of a name; nil when there are none. The standard rules always have theirs.
  /// - Throws: ``RulesError`` for rules that this program does not understand.
  public init?(_ governance: Governance, named name: String) throws(RulesError) {
    let rules = governance.rules(named: name)
    guard rules != nil || name == Governance.standardName else { return nil }
    try self.init(governance, rules)
  }

  private init(_ governance: Governance, _ rules: Governance.Rules?) throws(RulesError) {
    self.init(
      name: rules?.name ?? Governance.standardName,
      rules: try rules.map { (rules) throws(RulesError) in try CrowdRules(document: Array(rules.document.utf8)) }
        ?? .standard,
      quarantine: Set(governance.quarantined.map(\.position)))
  }

  /// The same rules, past everything that is passed over by now.
  public func passingOver(_ governance: Governance) -> FoldPlan {
    FoldPlan(name: name, rules: rules, quarantine: Set(governance.quarantined.map(\.position)))
  }

  /// The model before the first event.
  public var beginning: ReadModel { ReadModel(rules: rules, passingOver: quarantine) }
}
