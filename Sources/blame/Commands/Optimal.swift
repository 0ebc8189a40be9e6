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
    let (circuit, year, output) = (circuit, year, output)
    try await engine.withEngine(projecting: true) { parts in
      let target = "/api/v1/optimal/\(circuit)/\(year)"
      if output.json { return try await printReply(Console(parts), target) }
      try await ask(Console(parts), target, as: WindowPage.self).print()
    }
  }
}
