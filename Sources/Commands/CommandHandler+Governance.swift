public import Events

/// What a decision about the whole log did.
public struct GovernanceOutcome: Sendable, Equatable {
  /// Position of the event that says so.
  public var position: Position
  /// False when the log said so already and nothing was appended.
  public var isNew: Bool
}

extension CommandHandler {
  /// What was decided about the whole log so far.
  /// - Throws: `unavailable`, `unreadable`.
  public func governance() async throws(CommandError) -> Governance {
    Governance(try await events(of: .governance, after: .zero))
  }

  /// Publishes rules under a name, for comparison.
  ///
  /// - Parameter document: canonical text; whether it describes rules is for the caller to check.
  /// - Throws: `malformedRulesName`, `rulesNameTaken` when other rules have the name, `conflict`, `overloaded`,
  ///   `unavailable`.
  public func proposeRules(
    name: String, document: String, by actor: UserID? = nil
  ) async throws(CommandError) -> GovernanceOutcome {
    let governance = try await governance()
    if let known = try known(name, document, governance) {
      return GovernanceOutcome(position: known.position, isNew: false)
    }
    return try await record(
      .scoringRulesProposed(ScoringRules(name: name, document: document)), behind: governance, by: actor)
  }

  /// Puts rules in force, for the whole history: published ones by their name, or new ones.
  ///
  /// - Throws: as ``proposeRules(name:document:by:)``.
  public func changeRules(
    name: String, document: String, by actor: UserID? = nil
  ) async throws(CommandError) -> GovernanceOutcome {
    let governance = try await governance()
    _ = try known(name, document, governance)
    return try await putInForce(ScoringRules(name: name, document: document), governance, by: actor)
  }

  /// Puts the standard rules in force again.
  ///
  /// - Parameter document: theirs, for whoever reads the log.
  /// - Throws: `conflict`, `overloaded`, `unavailable`.
  public func restoreStandardRules(
    document: String, by actor: UserID? = nil
  ) async throws(CommandError) -> GovernanceOutcome {
    let standard = ScoringRules(name: Governance.standardName, document: document)
    return try await putInForce(standard, try await governance(), by: actor)
  }

  private func putInForce(
    _ rules: ScoringRules, _ governance: Governance, by actor: UserID?
  ) async throws(CommandError) -> GovernanceOutcome {
    guard governance.nameInForce != rules.name else {
      return GovernanceOutcome(position: governance.changes.last?.position ?? .zero, isNew: false)
    }
    return try await record(.scoringRulesChanged(rules), behind: governance, by: actor)
  }

  /// Passes an event over from now on.
  ///
  /// - Parameter position: an event that projections cannot apply; that it is one is for the caller to check.
  /// - Throws: `conflict`, `overloaded`, `unavailable`.
  public func quarantine(
    _ position: Position, reason: String, by actor: UserID? = nil
  ) async throws(CommandError) -> GovernanceOutcome {
    let governance = try await governance()
    if let known = governance.quarantined.first(where: { $0.position == position }) {
      return GovernanceOutcome(position: known.decidedAt, isNew: false)
    }
    return try await record(
      .eventQuarantined(EventQuarantined(position: position, reason: reason)), behind: governance, by: actor)
  }

  /// The rules of a name, which must not be others.
  private func known(
    _ name: String, _ document: String, _ governance: Governance
  ) throws(CommandError) -> Governance.Rules? {
    guard (1...40).contains(name.utf8.count), name.utf8.allSatisfy(Self.isPlain), name != Governance.standardName else {
      throw .malformedRulesName(name)
    }
    guard let known = governance.rules(named: name) else { return nil }
    guard known.document == document else { throw .rulesNameTaken(name) }
    return known
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }

  private func record(
    _ event: Event, behind governance: Governance, by actor: UserID?
  ) async throws(CommandError) -> GovernanceOutcome {
    // The stream's version is in the id: whoever decides the same thing at the same time gets the same answer, and what is
    // decided again later is a decision of its own.
    let id = CommandID(
      name:
        "governance:\(governance.version.rawValue):\(event.type.name):\(String(decoding: event.data, as: UTF8.self))")
    do throws(AppendError) {
      let appended = try await log.append(
        Append(
          command: id, actor: actor,
          expectations: [.init(stream: .governance, version: .exactly(governance.version))],
          events: [.init(stream: .governance, event: event)]))
      return GovernanceOutcome(position: appended.first, isNew: !appended.isRepeat)
    } catch {
      throw CommandError(error)
    }
  }
}
