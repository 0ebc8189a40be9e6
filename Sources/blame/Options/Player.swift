import ArgumentParser
import Events
import Server

/// Whose account plays from the command line.
struct PlayerOptions: ParsableArguments {
  @Option(name: .long, help: "Account that plays; made when it is not there. Also BLAME_PLAYER. Default console.")
  var player: String?

  /// The account, registered now if need be.
  func account(in parts: ServerParts, _ settings: Settings) async throws -> Account {
    let name = player ?? settings.string(.player) ?? "console"
    do throws(AccountError) {
      return try await parts.accounts.registered(kind: .registered, name: name)
    } catch {
      throw Failure.failed("The account '\(name)' cannot play: \(error)")
    }
  }
}
