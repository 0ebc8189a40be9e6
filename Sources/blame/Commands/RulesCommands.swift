import ArgumentParser
import Commands
import Events
import Foundation
import Projections
import Server

/// `blame rules`
struct RulesCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "The rules by which runs count: what is in force, what was published, other ones.",
    subcommands: [Show.self, Propose.self, Change.self], defaultSubcommand: Show.self)

  /// `blame rules show`
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List every set of rules that was published.")
    @OptionGroup var engine: EngineOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let output = output
      try await engine.withEngine { parts in
        let governance = try await governance(of: parts)
        let inForce = governance.nameInForce
        if output.json { return Terminal.print(json(governance, inForce)) }
        var table = TextTable([("rules", .left), ("event", .right), ("", .left), ("document", .left)])
        let standard = CrowdRules.standard.document
        table.add([Governance.standardName, "", inForce == Governance.standardName ? "in force" : "", standard])
        for rules in governance.published {
          table.add([
            rules.name, "\(rules.position.rawValue)", rules.name == inForce ? "in force" : "", rules.document,
          ])
        }
        for line in table.lines { Terminal.print(line) }
      }
    }

    private func json(_ governance: Governance, _ inForce: String) -> String {
      let published = governance.published.map {
        #"{"name":"\#($0.name)","position":\#($0.position.rawValue),"document":\#($0.document)}"#
      }
      let changes = governance.changes.map { #"{"position":\#($0.position.rawValue),"name":"\#($0.name)"}"# }
      return """
        {"inForce":"\(inForce)","standard":\(CrowdRules.standard.document),\
        "published":[\(published.joined(separator: ","))],"changes":[\(changes.joined(separator: ","))]}
        """
    }
  }

  /// `blame rules propose`
  struct Propose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Publish rules under a name: queries may then ask for rules=NAME.", discussion: documents)
    @OptionGroup var engine: EngineOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The name: small letters, digits, hyphens.") var name: String
    @Argument(help: "JSON file of the rules.") var file: String

    func run() async throws {
      let (name, document) = (name, try Replay.rules(in: file).document)
      try await decide(engine, output) { (parts) throws(CommandError) in
        try await parts.commands.proposeRules(name: name, document: document)
      }
    }
  }

  /// `blame rules change`
  struct Change: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put rules in force: published ones by their name, 'standard', or those of a file under a new name.",
      discussion: "Servers build a model by them beside the one that answers, and exchange the two. " + documents)
    @OptionGroup var engine: EngineOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The name.") var name: String
    @Argument(help: "JSON file of the rules; without it they were published before.") var file: String?

    func run() async throws {
      let (name, given) = (name, try file.map { try Replay.rules(in: $0).document })
      let output = output
      try await engine.withEngine { parts in
        if name == Governance.standardName, given == nil {
          return try await RulesCommands.report(output) { () throws(CommandError) in
            try await parts.commands.restoreStandardRules(document: CrowdRules.standard.document)
          }
        }
        let known = try await governance(of: parts).rules(named: name)?.document
        guard let document = given ?? known else {
          throw Failure.usage("No rules were published as '\(name)': name a file with them.")
        }
        try await RulesCommands.report(output) { () throws(CommandError) in
          try await parts.commands.changeRules(name: name, document: document)
        }
      }
    }
  }

  private static let documents = """
    A file holds the numbers that differ from the standard rules, such as {"acceptedIQ": 8000}; 'blame rules' prints all.
    """

  fileprivate static func decide(
    _ engine: EngineOptions, _ output: OutputOptions,
    _ decision: @escaping @Sendable (ServerParts) async throws(CommandError) -> GovernanceOutcome
  ) async throws {
    try await engine.withEngine { parts in
      try await report(output) { () throws(CommandError) in try await decision(parts) }
    }
  }

  fileprivate static func report(
    _ output: OutputOptions, _ decision: () async throws(CommandError) -> GovernanceOutcome
  ) async throws {
    do throws(CommandError) {
      let outcome = try await decision()
      if output.json {
        return Terminal.print(#"{"position":\#(outcome.position.rawValue),"new":\#(outcome.isNew)}"#)
      }
      Terminal.print(
        outcome.isNew
          ? "recorded as event \(outcome.position.rawValue)"
          : "event \(outcome.position.rawValue) says so already")
    } catch { throw error.isRefusal ? Failure.usage(error.description) : Failure.failed(error.description) }
  }
}

/// `blame quarantine`
struct Quarantine: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Pass over an event that the projections cannot apply. On the record: the event stays, with its proofs.",
    discussion: """
      Projections that have stopped at the event go on within a second. Events that can be applied are not passed over: \
      what happened, happened.
      """)
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions
  @Argument(help: "The position at which the projections have stopped; /health tells it.") var position: Int64
  @Option(name: .long, help: "Why, in words; everybody can read it.") var reason: String

  func run() async throws {
    let (position, reason, output) = (Position(rawValue: position), reason, output)
    guard !reason.isEmpty, reason.utf8.count <= 500 else {
      throw Failure.usage("--reason has \(reason.utf8.count) bytes: say why in 1 to 500.")
    }
    try await engine.withEngine { parts in
      guard try await !governance(of: parts).isQuarantined(position) else {
        return try await RulesCommands.report(output) { () throws(CommandError) in
          try await parts.commands.quarantine(position, reason: reason)
        }
      }
      let bar = output.progress("looking for the first event that cannot be applied", total: nil)
      let found = try await firstPoison(in: parts)
      bar.finish()
      guard let found else { throw Failure.usage("Every event of the log can be applied: nothing is passed over.") }
      guard found.position == position else {
        throw Failure.usage(
          "Event \(position.rawValue) is not what stops the projections, event \(found.position.rawValue) is: "
            + "\(found.reason).")
      }
      try await RulesCommands.report(output) { () throws(CommandError) in
        try await parts.commands.quarantine(position, reason: reason)
      }
    }
  }

  private func firstPoison(in parts: ServerParts) async throws -> (position: Position, reason: String)? {
    do throws(Rebuild.Failure) {
      let rebuild = Rebuild(parts)
      _ = try await rebuild.model(from: try await rebuild.plan().beginning)
      return nil
    } catch {
      if case .poison(let position, let reason) = error { return (position, reason) }
      throw Failure.failed("The log could not be read: \(error)")
    }
  }
}

private func governance(of parts: ServerParts) async throws -> Governance {
  do throws(CommandError) { return try await parts.commands.governance() } catch {
    throw Failure.failed(error.description)
  }
}
