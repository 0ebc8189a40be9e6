import ArgumentParser
import EventStore
import Events
import Server

/// `blame audit`
struct Audit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What somebody decided, and whether the log holds what it promised.",
    subcommands: [User.self, Run.self, Receipt.self, LedgerCheck.self])

  /// `blame audit user`
  struct User: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every decision of an account, in the order made.")
    @OptionGroup var engine: EngineOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The account's name or identifier.") var account: String

    @Option(name: .long, help: "Write everything the account caused, with proofs, to a file; 'blame verify' checks it.")
    var export: String?

    func run() async throws {
      let (account, output, export) = (account, output, export)
      try await engine.withEngine(projecting: true) { parts in
        let user = if let id = UserID(account) { id } else { try await named(account, in: parts).id }
        if let export { return try await HistoryExport(user: user, console: Console(parts)).write(to: export, output) }
        try await DecisionList(user: user, console: Console(parts)).print(output)
      }
    }
  }

  /// `blame audit run`
  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every event of a run, as it stands in the log.")
    @OptionGroup var engine: EngineOptions
    @Argument(help: "The run's identifier.") var run: String

    func run() async throws {
      let run = run
      try await engine.withEngine(projecting: true) { parts in
        try await printReply(Console(parts), "/api/v1/audit/simulations/\(run)")
      }
    }
  }

  /// `blame audit receipt`
  struct Receipt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The proof that an event is in the log, for 'blame verify' or any other verifier.")
    @OptionGroup var engine: EngineOptions
    @Argument(help: "The event's position.") var position: Int64

    func run() async throws {
      let position = position
      try await engine.withEngine(projecting: true) { parts in
        try await printReply(Console(parts), "/api/v1/audit/decisions/\(position)/receipt")
      }
    }
  }

  /// `blame audit ledger`
  struct LedgerCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ledger",
      abstract: "Compare a client's ledger of acknowledgements with the log: nothing missing, nothing twice, no gap.")
    @OptionGroup var engine: EngineOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The file that 'blame crowd --ledger' wrote.") var ledger: String

    func run() async throws {
      let entries = try Ledger.entries(path: ledger)
      let output = output
      try await engine.withEngine { parts in
        try await LedgerAudit(entries: entries, log: parts.log, pool: parts.pool).run(output)
      }
    }
  }
}
