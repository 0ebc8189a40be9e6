import ArgumentParser
import Foundation
@_spi(Measurement) import Racing
import Timing

/// `blame calibrate`
struct Calibrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the model's constants anew from a folder of races.",
    discussion: """
      Pit loss, passing, laps under flags and stops under the virtual safety car come from 2022-24, neutralisations from 2018-24.
      Priors of the fit, the follow map and the share of a stop's loss behind the safety car are searched for on the dry races of
      2023-24, and the scale of the Strategy IQ is taken there. Later seasons are never used: forecasts are judged on them. It takes minutes. Equal races give equal bytes,
      and the SHA-256 of the text is its model version.
      """)

  @Option(help: "The folder with races.csv and laps/.")
  var data: String

  @Option(help: "Constants to begin with, a JSON file; those of this program without it.")
  var from: String?

  @Option(help: "Where to write the constants as JSON; without it nothing is written.")
  var out: String?

  @Flag(help: "One JSON object instead of a table.")
  var json = false

  func run() async throws {
    let start = try from.map(read) ?? ModelConstants.shippedText
    let records = try records()
    let bar = ProgressBar(title: "steps", total: nil, isShown: !json)
    let calibration: Calibration
    do { calibration = try await Calibration(records, from: start) { bar.advance(note: note($0)) } } catch {
      throw Failure.usage("The constants to begin with cannot be used: \(error)")
    }
    bar.finish()
    if let out { try write(calibration.text, to: out) }
    let version = try ModelConstants(json: calibration.text).version
    json ? try printNumbers(calibration, version) : printTable(calibration, version)
  }

  private func note(_ progress: Calibration.Progress) -> String {
    switch progress {
    case .measured(let races): "measuring race \(races)"
    case .searching(let constant): "searching: \(constant)"
    case .scoring(let races): "driving plans of race \(races)"
    }
  }

  private func records() throws -> [RaceRecord] {
    let tables: TidyTables
    do { tables = try TidyTables(directory: data) } catch {
      throw Failure.usage("The races in '\(data)' cannot be read: \(error)")
    }
    let listings = tables.races.filter { !Calibration.uses(season: Int($0.key.season)).isEmpty }
    guard !listings.isEmpty else { throw Failure.usage("'\(data)' holds no races of 2018 to 2024.") }
    return try listings.map { listing in
      do { return try tables.race(listing.id).record } catch {
        throw Failure.usage("The race \(listing.id) cannot be read: \(error)")
      }
    }
  }

  private func read(_ path: String) throws -> String {
    do { return try String(contentsOfFile: path, encoding: .utf8) } catch {
      throw Failure.usage("'\(path)' cannot be read: \(error.localizedDescription)")
    }
  }

  private func write(_ text: String, to path: String) throws {
    do { try text.write(toFile: path, atomically: true, encoding: .utf8) } catch {
      throw Failure.usage("'\(path)' cannot be written: \(error.localizedDescription)")
    }
  }

  private func printTable(_ calibration: Calibration, _ version: String) {
    if !calibration.changes.isEmpty {
      var table = TextTable([("constant", .left), ("before", .right), ("after", .right), ("cases", .right)])
      for change in calibration.changes {
        table.add([change.name, change.before, change.after, grouped(change.cases)])
      }
      for line in table.lines { Terminal.print(line) }
    }
    if let (before, after) = calibration.misfit {
      Terminal.print("before: \(before)")
      Terminal.print("after: \(after)")
    }
    let counts = Calibration.Use.allCases.map { use in
      "\(use.rawValue) \(calibration.races.count { $0.uses.contains(use) })"
    }
    Terminal.print(
      "races used: \(counts.joined(separator: ", ")); without a model: \(calibration.measurements.refused.count)")
    let isSame = version == ModelConstants.shipped.version
    Terminal.print(
      "model version \(version)" + (isSame ? ", the one of this program" : "")
        + (out.map { ", written to \($0)" } ?? ""))
  }

  private func printNumbers(_ calibration: Calibration, _ version: String) throws {
    let answer = Answer(
      version: version, isShipped: version == ModelConstants.shipped.version, races: calibration.races.count,
      refused: calibration.measurements.refused.count,
      before: calibration.misfit.map { Answer.Figures($0.before) },
      after: calibration.misfit.map { Answer.Figures($0.after) },
      constants: calibration.changes.map {
        Answer.Constant(name: $0.name, before: $0.before, after: $0.after, cases: $0.cases)
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    Terminal.print(String(decoding: try encoder.encode(answer), as: UTF8.self))
  }

  /// What `--json` prints.
  private struct Answer: Encodable {
    struct Constant: Encodable {
      let name: String
      let before: String
      let after: String
      let cases: Int
    }

    struct Figures: Encodable {
      let lapSeconds: Double
      let raceSeconds: Double
      let tailSeconds: Double
      let biasSeconds: Double

      init(_ misfit: Misfit) {
        (lapSeconds, raceSeconds) = (misfit.laps, misfit.races)
        (tailSeconds, biasSeconds) = (misfit.tail, misfit.bias)
      }
    }

    let version: String
    let isShipped: Bool
    let races: Int
    let refused: Int
    let before: Figures?
    let after: Figures?
    let constants: [Constant]
  }
}
