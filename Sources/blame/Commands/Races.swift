import ArgumentParser
import Foundation
import Racing
import Server
import Timing

/// `blame races`
struct Races: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What races are here, or one of them in detail.", subcommands: [List.self, Show.self],
    defaultSubcommand: List.self)

  /// `blame races list`
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every race.")
    @OptionGroup var engine: EngineOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let output = output
      try await engine.withEngine { parts in
        if output.json { return try await printReply(Console(parts), "/api/v1/races") }
        var table = TextTable([
          ("race", .left), ("name", .left), ("circuit", .left), ("laps", .right), ("cars", .right), ("data", .left),
        ])
        for race in parts.library.summaries {
          table.add([
            "\(race.key.season) \(race.slug)", race.name, race.circuit, "\(race.lapCount)", "\(race.drivers.count)",
            race.isSynthetic ? "synthetic" : race.quality.rawValue,
          ])
        }
        if parts.library.summaries.isEmpty {
          return Terminal.print("No race is here yet; bring one in with 'blame import'.")
        }
        for line in table.lines { Terminal.print(line) }
      }
    }
  }

  /// `blame races show`
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "One race: who drove, on what data, under which rules.")
    @OptionGroup var engine: EngineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var race: RaceArgument

    @Flag(name: .long, help: "List what its sources tell differently instead, as last imported.")
    var disagreements = false

    func run() async throws {
      let (race, output, isListing) = (race, output, disagreements)
      try await engine.withEngine { parts in
        let summary = try race.find(in: parts)
        if isListing { return try await listDisagreements(of: summary, parts, output) }
        if output.json {
          return try await printReply(Console(parts), "/api/v1/races/\(summary.key.season)/\(summary.slug)")
        }
        describe(summary)
      }
    }
  }
}

private func listDisagreements(of race: RaceSummary, _ parts: ServerParts, _ output: OutputOptions) async throws {
  if output.json {
    return try await printReply(Console(parts), "/api/v1/races/\(race.key.season)/\(race.slug)/disagreements")
  }
  let found: [Disagreement]
  do throws(RaceStoreError) { found = try await parts.races.disagreements(race.key) } catch {
    throw Failure.failed("The disagreements cannot be read: \(error).")
  }
  for disagreement in found { Terminal.print("\(disagreement)") }
  guard found.isEmpty else { return }
  let sources = Set(race.provenance.map(\.source)).sorted().joined(separator: ", ")
  Terminal.print("no disagreements; read from \(sources.isEmpty ? "nothing that is named" : sources)")
}

private func describe(_ race: RaceSummary) {
  Terminal.print(
    Terminal.bold("\(race.key.season) \(race.name)") + "  \(race.circuit), \(race.lapCount) laps, \(race.date)")
  if race.isSynthetic { Terminal.print("a made-up race") }
  Terminal.print("tyres     \(race.compounds.map(\.name).joined(separator: ", "))")
  Terminal.print("quality   \(race.quality.rawValue) \(race.qualityNote)")
  Terminal.print("record    \(race.digest)")
  for part in race.provenance {
    Terminal.print(Terminal.dim("          \(part.part): \(part.source), \(part.location) \(part.digest.prefix(12))"))
  }
  var table = TextTable([("", .left), ("driver", .left), ("team", .left), ("grid", .right)])
  for driver in race.drivers {
    table.add([driver.code.description, driver.name, driver.team, driver.grid.map(String.init) ?? ""])
  }
  for line in table.lines { Terminal.print(line) }
}

/// Prints the API's answer, or fails with its reason.
func printReply(_ console: Console, _ target: String) async throws {
  let reply = await console.get(target)
  guard reply.status == 200 else { throw failure(reply) }
  Terminal.print(reply.text.hasSuffix("\n") ? String(reply.text.dropLast()) : reply.text)
}

/// The API's refusal as a failure: its own sentence, status 2 when the question was wrong.
func failure(_ reply: Console.Reply) -> Failure {
  struct Problem: Decodable { let detail: String }
  let detail = (try? JSONDecoder().decode(Problem.self, from: Data(reply.body)))?.detail ?? reply.text
  return (400..<500).contains(reply.status) ? .usage(detail) : .failed(detail)
}

/// The API's answer as a value, or a failure with its reason.
func ask<Value: Decodable>(_ console: Console, _ target: String, as type: Value.Type) async throws -> Value {
  let reply = await console.get(target)
  guard reply.status == 200 else { throw failure(reply) }
  do {
    return try JSONDecoder().decode(type, from: Data(reply.body))
  } catch {
    throw Failure.failed("The answer at \(target) was not understood: \(error)")
  }
}
