import ArgumentParser
import Foundation
@_spi(Measurement) import Racing
import Timing

/// `blame calibrate`
struct Calibrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the model's constants anew on a folder of races.",
    discussion: """
      Pit loss and passing come from 2022-24, neutralisations from 2018-24, the scale of the Strategy IQ from the dry races of
      2023-24. Later seasons are never used: forecasts are judged on them. The result's hash is its model version.
      """)

  @Option(help: "The folder with races.csv and laps/.")
  var data: String

  @Option(help: "Where to write the constants as JSON; without it nothing is written.")
  var out: String?

  @Flag(help: "One JSON object instead of a table.")
  var json = false

  func run() throws {
    let tables: TidyTables
    do { tables = try TidyTables(directory: data) } catch {
      throw Failure.usage("The races in '\(data)' cannot be read: \(error)")
    }
    guard !tables.races.isEmpty else { throw Failure.usage("'\(data)' holds no races.") }
    let bar = ProgressBar(title: "races", total: tables.races.count, isShown: !json)
    let calibration = Calibration(try records(tables)) { bar.set($0) }
    bar.finish()
    let text = try calibration.text()
    let version = try ModelConstants(json: text).version
    if let out { try write(text, to: out) }
    json ? printNumbers(calibration, version) : printTable(calibration, version)
  }

  private func records(_ tables: TidyTables) throws -> [RaceRecord] {
    var records: [RaceRecord] = []
    for listing in tables.races where !Calibration.uses(season: Int(listing.key.season)).isEmpty {
      do { records.append(try tables.race(listing.id).record) } catch {
        throw Failure.usage("The race \(listing.id) cannot be read: \(error)")
      }
    }
    return records
  }

  private func write(_ text: String, to path: String) throws {
    do { try text.write(toFile: path, atomically: true, encoding: .utf8) } catch {
      throw Failure.usage("'\(path)' cannot be written: \(error.localizedDescription)")
    }
  }

  private func printTable(_ calibration: Calibration, _ version: String) {
    var table = TextTable([("constant", .left), ("shipped", .right), ("measured", .right), ("cases", .right)])
    for change in calibration.changes() {
      table.add([change.name, change.before, change.after, grouped(change.cases)])
    }
    for line in table.lines { Terminal.print(line) }
    let counts = Calibration.Use.allCases.map { use in
      "\(use.rawValue) \(calibration.races.count { $0.uses.contains(use) })"
    }
    Terminal.print("races used: \(counts.joined(separator: ", ")); without a model: \(calibration.refused.count)")
    Terminal.print("model version \(version)" + (out.map { ", written to \($0)" } ?? ""))
  }

  private func printNumbers(_ calibration: Calibration, _ version: String) {
    let rows = calibration.changes().map { change in
      #"{"name":"\#(change.name)","shipped":"\#(change.before)","measured":"\#(change.after)","cases":\#(change.cases)}"#
    }
    Terminal.print(
      #"{"version":"\#(version)","races":\#(calibration.races.count),"refused":\#(calibration.refused.count),"#
        + #""constants":[\#(rows.joined(separator: ","))]}"#)
  }
}
