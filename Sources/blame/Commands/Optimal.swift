import ArgumentParser
import Server

/// `blame optimal`
struct Optimal: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The pit windows that good play makes, with their confidence.")

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Identifier of the circuit, such as monaco.")
  var circuit: String

  @Argument(help: "Season, such as 2023.")
  var year: Int

  func run() async throws {
    let (circuit, year) = (circuit, year)
    try await engine.withEngine(projecting: true) { parts in
      try await printReply(Console(parts), "/api/v1/optimal/\(circuit)/\(year)")
    }
  }
}
