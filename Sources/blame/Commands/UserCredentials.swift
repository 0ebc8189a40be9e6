import ArgumentParser
import Foundation
import Server

extension Users {
  /// `blame users set-password`
  struct SetPassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set-password", abstract: "Set an account's password and end its sessions and tokens.",
      discussion: "The password is a line of standard input, so that it stands in no list of processes.")
    @OptionGroup var engine: EngineOptions
    @Argument(help: "The account's name.") var name: String

    func run() async throws {
      let name = name
      guard let password = Terminal.secret("New password: ") else {
        throw Failure.usage("No password came on standard input.")
      }
      try await engine.withEngine { parts in
        let account = try await named(name, in: parts)
        do throws(AccountError) { try await parts.accounts.setPassword(of: account, to: password) } catch {
          throw Failure.usage("\(error)")
        }
        Terminal.print("the password of \(name) is set")
      }
    }
  }

  /// `blame users set-email`
  struct SetEmail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set-email", abstract: "Set the e-mail address with which an account signs in.")
    @OptionGroup var engine: EngineOptions
    @Argument(help: "The account's name.") var name: String
    @Argument(help: "The address.") var email: String

    func run() async throws {
      let (name, email) = (name, email)
      try await engine.withEngine { parts in
        let account = try await named(name, in: parts)
        do throws(AccountError) { _ = try await parts.accounts.setEmail(of: account.id, to: email) } catch {
          throw Failure.usage("\(error)")
        }
        Terminal.print("\(name) signs in with that address")
      }
    }
  }

  /// `blame users rotate-keys`
  struct RotateKeys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate-keys", abstract: "Sign access tokens with a new key; those given out stay good.",
      discussion: "Servers read the file again twice a minute. Nobody is signed out: sessions do not hang on the key.")
    @Option(name: .long, help: "File with the keys. Also BLAME_TOKEN_KEY. Default token.key.")
    var tokenKey: String?
    @Option(name: .long, help: "JSON file with options. Also BLAME_CONFIG.")
    var config: String?
    @Flag(name: .long, help: "Forget every older key, because one got into wrong hands: clients refresh their tokens.")
    var atOnce = false

    func run() async throws {
      let settings = try await Settings(configPath: config)
      let file = TokenKeyFile(path: tokenKey ?? settings.string(.tokenKey) ?? "token.key")
      do throws(SecretKeyFile.Failure) {
        let count = try file.rotate(isAtOnce: atOnce)
        Terminal.print("a new key is in the file; \(count) in all")
      } catch { throw Failure.usage("The keys were not rotated: \(error).") }
    }
  }
}

extension Terminal {
  /// A line of standard input that is not shown while it is typed; nil at the end of input.
  static func secret(_ prompt: String) -> String? {
    guard isatty(STDIN_FILENO) == 1 else { return readLine() }
    draw(prompt)
    var shown = termios()
    tcgetattr(STDIN_FILENO, &shown)
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
      draw("\n")
    }
    return readLine()
  }
}
