import ArgumentParser
import Foundation

/// The command-line program.
@main
struct Blame: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blame",
    abstract: "Who lost the race, could you have called it better, and what was optimal?",
    version: Version.current,
    subcommands: [
      Serve.self, Migrate.self, Import.self, Follow.self, Races.self, Simulate.self, BestPlan.self, TakeApart.self,
      PitLaps.self,
      Teams.self, Optimal.self, Leaderboard.self, Audit.self, Verify.self, Witness.self, ArchiveCommands.self,
      Replay.self, RulesCommands.self, Quarantine.self, Crowd.self,
      ShowConfig.self, Generate.self,
      Calibrate.self,
      Sample.self, Users.self, Users.Erase.self,
    ])

  /// Parses and runs. A mistake of the user's is one sentence on standard error and exit status 2; a failure is status 1.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      Terminal.complain(failure.description)
      Foundation.exit(failure.status)
    } catch {
      let status = exitCode(for: error)
      if status.isSuccess || status == ExitCode(1) || status == ExitCode(2) { exit(withError: error) }
      Terminal.complain(message(for: error))
      Foundation.exit(2)
    }
  }
}

/// The program's version.
enum Version {
  static let current = "0.1.0"
}
