import ArgumentParser
import Foundation

/// `acceptance timing`: whether timing data is read rightly, over whatever sessions a folder has.
struct TimingAcceptance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timing",
    abstract: "Laps, sums, tyres, recordings and damage on sessions of live timing.",
    discussion: """
      The folder holds a directory for each session, with raw/ (live timing files) or stage1/ (FastF1's intermediate \
      tables) and FastF1's laps.csv. Other sources are looked for in native/ and races/ beside it. Exits 1 when a target \
      is missed, 2 when the folder cannot be read.
      """)

  @Option(help: "The folder with the sessions, or the one above it.")
  var data: String

  @Flag(help: "One JSON object instead of a table.")
  var json = false

  @Flag(help: "A tenth of the damage and fewer runs.")
  var quick = false

  @Option(help: "Only figures whose name begins with one of these, separated by commas.")
  var only: String?

  @Option(help: "Seed of the damage.")
  var seed: UInt64 = 42

  /// The groups of figures, in order.
  static let groups: [(String, @Sendable (TimingData, TimingOptions) throws -> [TimingFigure])] = [
    ("memory", { data, _ in memoryFigures(data) }),
    ("sums", { data, _ in sumFigures(data) }),
    ("cells", { data, _ in cellFigures(data) }),
    ("reconcile", { data, _ in reconcileFigures(data) }),
    ("qualifying", { data, _ in qualifyingFigures(data) }),
    ("recordings", { data, _ in recordingFigures(data) + rewrittenFigures(data) }),
    ("openf1", { data, _ in openF1Figures(data) }),
    ("disagreements", { data, _ in disagreementFigures(data) }),
    ("exports", { data, _ in exportFigures(data) }),
    ("paging", { data, options in pagingFigures(data, options) }),
    ("tyres", { data, _ in tyreFigures(data) }),
    ("determinism", { data, _ in determinismFigures(data) }),
    ("speed", { data, options in speedFigures(data, options) }),
    ("fuzz", { data, options in fuzzFigures(data, options) }),
    ("repository", { data, _ in repositoryFigures(data) }),
    ("damage", { data, options in damageFigures(data, options) }),
  ]

  func run() async throws {
    let wanted = only?.split(separator: ",").map(String.init)
    let data: TimingData
    do {
      data = try TimingData(folder: self.data)
    } catch {
      FileHandle.standardError.write(Data("acceptance: \(error)\n".utf8))
      throw ExitCode(2)
    }
    var figures: [TimingFigure] = []
    for (name, measure) in Self.groups where wanted?.contains(where: { name.hasPrefix($0) }) ?? true {
      FileHandle.standardError.write(Data("acceptance: \(name)\n".utf8))
      figures += try measure(data, TimingOptions(seed: seed, isQuick: quick))
    }
    let report = TimingReport(seed: seed, figures: figures)
    print(json ? report.json : report.table)
    if figures.contains(where: { $0.pass == false }) { throw ExitCode(1) }
  }
}

/// What the caller chose.
struct TimingOptions: Sendable {
  let seed: UInt64
  let isQuick: Bool
}
