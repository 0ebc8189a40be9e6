import ArgumentParser
import Foundation

/// `acceptance model`: every figure of the model on the races of a folder.
struct Model: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Every figure of the model: forecasts, replays, optima, autopsies, injections, crowds.",
    discussion: "Exits 1 when a target is missed, 2 when the data cannot be read.")

  @Option(help: "The folder with races.csv and laps/.")
  var data: String

  @Flag(help: "One JSON object instead of a table.")
  var json = false

  @Option(
    help:
      "Only rows whose group has one of these names, separated by commas: \(Model.groups.map(\.0).joined(separator: ", "))."
  )
  var rows: String?

  @Option(help: "Replicates of an autopsy's intervals.")
  var replicates = 200

  /// The groups of rows, in order.
  static let groups: [(String, @Sendable (Races, Int) async throws -> [Row])] = [
    ("stints", { races, _ in try await forecastRows(races) }),
    ("replay", { races, _ in try await replayRows(races) }),
    ("rejoin", { races, _ in try await rejoinRows(races) }),
    ("pitloss", { races, _ in try await pitLossRows(races) }),
    ("optimum", { races, _ in try await optimumRows(races) }),
    ("stops", { races, _ in try await stopCountRows(races) }),
    ("scores", { races, _ in try await scoreRows(races) }),
    ("autopsy", { races, _ in try await autopsyRows(races) }),
    ("injection", { races, _ in try await injectionRows(races) }),
    ("coverage", { races, replicates in try await coverageRows(races, replicates: replicates) }),
    ("crowd", { races, _ in try await crowdRows(races) + crowdLawRows() }),
    ("speed", { races, replicates in try await speedRows(races, replicates: replicates) }),
  ]

  func run() async throws {
    let wanted = rows.map { Set($0.split(separator: ",").map(String.init)) }
    if let unknown = wanted?.subtracting(Self.groups.map(\.0)).sorted().first {
      throw ValidationError("no group of rows is called \(unknown)")
    }
    let report: Report
    do {
      report = try await measure(Races(folder: data), wanted)
    } catch {
      FileHandle.standardError.write(Data("acceptance: \(error)\n".utf8))
      throw ExitCode(2)
    }
    print(json ? report.json : report.table)
    if report.missed > 0 { throw ExitCode(1) }
  }

  private func measure(_ races: Races, _ wanted: Set<String>?) async throws -> Report {
    var report = Report(races: races)
    for (name, make) in Self.groups where wanted?.contains(name) ?? true {
      FileHandle.standardError.write(Data("acceptance: \(name)\n".utf8))
      report.rows += try await make(races, replicates)
    }
    return report
  }
}
