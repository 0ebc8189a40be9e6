import ArgumentParser
import Foundation

/// Figures that must hold on races never seen.
@main struct Acceptance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acceptance", abstract: "Measures what is promised, on the data given.",
    subcommands: [Model.self, TimingAcceptance.self])
}

/// What cannot be measured at all.
struct BadInput: Error, CustomStringConvertible {
  let description: String
}
