import ArgumentParser
import Commands
import Events
import Server

/// A right that is given or taken away by name.
protocol RightCommand: AsyncParsableCommand {
  static var right: AccountRight { get }
  static var isGranted: Bool { get }
  var engine: EngineOptions { get }
  var name: String { get }
}

extension RightCommand {
  func run() async throws {
    let (name, right, isGranted) = (name, Self.right, Self.isGranted)
    try await engine.withEngine { parts in
      let account = try await named(name, in: parts)
      do throws(AccountError) {
        let position = try await parts.accounts.setRight(right, of: account.id, isGranted: isGranted)
        Terminal.print(position.map { "done, event \($0.rawValue)" } ?? "nothing to do: that is so already")
      } catch { throw Failure.failed("\(error)") }
    }
  }
}

extension Users {
  /// `blame users grant-pro`
  struct GrantPro: RightCommand {
    static let configuration = CommandConfiguration(
      commandName: "grant-pro", abstract: "Let an account read Pro reports.")
    static let right = AccountRight.pro
    static let isGranted = true
    @OptionGroup var engine: EngineOptions
    @Argument(help: "The account's name.") var name: String
  }

  /// `blame users revoke-pro`
  struct RevokePro: RightCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke-pro", abstract: "Let an account read Pro reports no more.")
    static let right = AccountRight.pro
    static let isGranted = false
    @OptionGroup var engine: EngineOptions
    @Argument(help: "The account's name.") var name: String
  }

  /// `blame users grant-operator`
  struct GrantOperator: RightCommand {
    static let configuration = CommandConfiguration(
      commandName: "grant-operator", abstract: "Let an account import races and replay the log.")
    static let right = AccountRight.operating
    static let isGranted = true
    @OptionGroup var engine: EngineOptions
    @Argument(help: "The account's name.") var name: String
  }

  /// `blame users revoke-operator`
  struct RevokeOperator: RightCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke-operator", abstract: "Let an account import races and replay the log no more.")
    static let right = AccountRight.operating
    static let isGranted = false
    @OptionGroup var engine: EngineOptions
    @Argument(help: "The account's name.") var name: String
  }

  /// `blame users ban`
  struct Ban: RightCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take an account's runs out of ratings and windows; it plays for practice from now on.",
      discussion: "The log keeps them, and the ban is an event like any other: 'reinstate' puts everything back.")
    static let right = AccountRight.ranking
    static let isGranted = false
    @OptionGroup var engine: EngineOptions
    @Argument(help: "The account's name.") var name: String
  }

  /// `blame users reinstate`
  struct Reinstate: RightCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let an account's ranked runs count again, those of before its ban too.")
    static let right = AccountRight.ranking
    static let isGranted = true
    @OptionGroup var engine: EngineOptions
    @Argument(help: "The account's name.") var name: String
  }
}
