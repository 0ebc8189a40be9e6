import ArgumentParser
import Events
import Server

/// `blame users`
struct Users: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Accounts, their tokens and their rights.",
    subcommands: [
      Register.self, Token.self, Revoke.self, SetEmail.self, SetPassword.self, GrantPro.self, RevokePro.self,
      GrantOperator.self, RevokeOperator.self, Ban.self, Reinstate.self, RotateKeys.self, Erase.self,
    ])

  /// `blame users register`
  struct Register: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Open an account and give out a token for it.")
    @OptionGroup var engine: EngineOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The name others see.") var name: String

    func run() async throws {
      let (name, output) = (name, output)
      try await engine.withEngine { parts in
        do throws(AccountError) {
          let account = try await parts.accounts.register(kind: .registered, name: name)
          report(account, try await parts.accounts.issueToken(for: account.id), output)
        } catch { throw Failure.usage("\(error)") }
      }
    }
  }

  /// `blame users token`
  struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give out another token for an account.")
    @OptionGroup var engine: EngineOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The account's name.") var name: String

    func run() async throws {
      let (name, output) = (name, output)
      try await engine.withEngine { parts in
        let account = try await named(name, in: parts)
        do throws(AccountError) {
          report(account, try await parts.accounts.issueToken(for: account.id), output)
        } catch { throw Failure.failed("\(error)") }
      }
    }
  }

  /// `blame users erase`
  struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Erase an account: its name, its tokens, and everything derived from it. There is no way back.",
      discussion: "Events stay, under a number that leads to nobody, so that every proof given out stays valid.")
    @OptionGroup var engine: EngineOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The account's name or identifier.") var account: String
    @Flag(name: .long, help: "Yes, erase it.") var yes = false

    func run() async throws {
      guard yes else { throw Failure.usage("Erasing '\(account)' cannot be undone: add --yes.") }
      let (name, output) = (account, output)
      try await engine.withEngine { parts in
        let id = if let id = UserID(name) { id } else { try await named(name, in: parts).id }
        do throws(AccountError) {
          let position = try await parts.accounts.erase(id)
          Terminal.print(
            output.json
              ? #"{"erased":"\#(id)","position":\#(position.rawValue)}"# : "\(id) is erased, event \(position.rawValue)"
          )
        } catch { throw Failure.usage("\(error)") }
      }
    }
  }

  /// `blame users revoke`
  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make every token of an account worthless and end its sessions.")
    @OptionGroup var engine: EngineOptions
    @Argument(help: "The account's name.") var name: String

    func run() async throws {
      let name = name
      try await engine.withEngine { parts in
        let account = try await named(name, in: parts)
        do throws(AccountError) {
          Terminal.print("\(try await parts.accounts.signOutEverywhere(account.id)) tokens and sessions ended")
        } catch { throw Failure.failed("\(error)") }
      }
    }
  }
}

/// The account of that name, or a failure.
func named(_ name: String, in parts: ServerParts) async throws -> Account {
  do throws(AccountError) {
    if let account = try await parts.accounts.account(named: name) { return account }
  } catch { throw Failure.failed("\(error)") }
  throw Failure.usage("There is no account '\(name)'; open it with 'blame users register'.")
}

private func report(_ account: Account, _ token: BearerToken, _ output: OutputOptions) {
  if output.json { return Terminal.print("{\"user\":\"\(account.id)\",\"token\":\"\(token.text)\"}") }
  Terminal.print("account \(account.id)")
  Terminal.print("token   \(token.text)   (shown only now)")
}
