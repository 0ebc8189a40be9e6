import ArgumentParser
import Commands
import Foundation
import Racing
import Server

/// `blame autopsy`
struct TakeApart: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "autopsy",
    abstract: "Where a driver's race went, cause by cause, against the ideal race.",
    discussion: "The causes add up to the loss to the millisecond. Estimates: intervals hold nine in ten refits.")

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var race: RaceArgument

  @Argument(help: "Three-letter code of the driver.")
  var driver: String

  @Option(help: "Compare with another driver of the race: a code, winner or teammate.")
  var reference: String?

  @Option(help: "Refits for the intervals.")
  var replicates = Autopsies.usualReplicates

  func validate() throws {
    guard (10...2000).contains(replicates) else {
      throw ValidationError("--replicates \(replicates) is out of bounds: 10 to 2000.")
    }
  }

  func run() async throws {
    let command = self
    try await engine.withEngine { parts in
      let summary = try command.race.find(in: parts)
      let code = try driverCode(command.driver, in: summary)
      if command.output.json, command.reference == nil, command.replicates == Autopsies.usualReplicates {
        return try await command.printStored(parts, summary, code)
      }
      let record = try await parts.library.record(of: summary.key)
      let other = try command.other(code, summary, record)
      let made = try await command.takeApart(record, [code] + (other.map { [$0] } ?? []))
      if let reference = made.dropFirst().first {
        ComparisonPage(AutopsyComparison(made[0], with: reference)).print(json: command.output.json)
      } else {
        AutopsyPage(autopsy: made[0], race: summary).print(json: command.output.json)
      }
    }
  }

  private func printStored(_ parts: ServerParts, _ race: RaceSummary, _ code: DriverCode) async throws {
    do throws(AutopsyFailure) {
      let members = try await parts.library.autopsyMembers(of: race.key, driver: code) {
        computed throws(CommandError) in
        _ = try await parts.commands.recordAutopsy(computed)
      }
      Terminal.print("{" + String(decoding: members, as: UTF8.self) + "}")
    } catch {
      throw Failure.usage("\(code) in \(race.key.season) \(race.slug) has no autopsy: \(error)")
    }
  }

  private func takeApart(_ record: RaceRecord, _ codes: [DriverCode]) async throws -> [Autopsy] {
    let bar = ProgressBar(title: "refits", total: replicates, isShown: !output.json)
    do {
      let results = try await Autopsies(record).autopsies(of: codes, replicates: replicates) { bar.set($0) }
      bar.finish()
      return try results.map { try $0.get() }
    } catch let refusal as AutopsyRefusal {
      throw Failure.usage("There is no autopsy: \(refusal).")
    }
  }

  private func other(_ code: DriverCode, _ race: RaceSummary, _ record: RaceRecord) throws -> DriverCode? {
    switch reference {
    case nil, "ideal": return nil
    case "winner":
      guard let winner = record.entrants.first(where: { $0.result.position == 1 }) else {
        throw Failure.usage("Nobody won this race.")
      }
      return winner.code
    case "teammate":
      let team = race.drivers.first { $0.code == code }?.team
      guard let mate = race.drivers.first(where: { $0.team == team && $0.code != code }) else {
        throw Failure.usage("\(code) had no team mate in this race.")
      }
      return mate.code
    case let text?: return try driverCode(text, in: race)
    }
  }
}
