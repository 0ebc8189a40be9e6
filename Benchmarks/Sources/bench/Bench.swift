import ArgumentParser
import Foundation

/// Benchmarks of BlameEngine. Each figure stands beside a limit measured in the same run.
@main
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure; print figures, targets and limits.",
    discussion: "Names: \(Suite.allCases.map(\.rawValue).joined(separator: ", ")). Without a name: all of them.")

  @Argument(help: "What to measure.") var names: [String] = []
  @Flag(name: .long, help: "One JSON object on standard output.") var json = false
  @Flag(name: .long, help: "Smaller sizes, under twenty seconds a name.") var quick = false
  @Option(name: .long, help: "Chooses what is made up.") var seed: UInt64 = 42
  @Option(name: .long, help: "Connection string of a user who may make databases. Also BLAME_BENCH_DATABASE_URL.")
  var databaseUrl: String?

  func run() async throws {
    let suites = try names.isEmpty ? Suite.allCases : names.map(suite)
    do {
      let bench = try await Bed(
        seed: seed, quick: quick,
        databaseURL: databaseUrl ?? ProcessInfo.processInfo.environment["BLAME_BENCH_DATABASE_URL"])
      let report = try await bench.report(suites)
      print(json ? try report.json() : report.table())
      Foundation.exit(report.status)
    } catch {
      FileHandle.standardError.write(Data("bench: it could not be measured: \(error)\n".utf8))
      Foundation.exit(2)
    }
  }

  private func suite(_ name: String) throws -> Suite {
    guard let suite = Suite(rawValue: name) else {
      throw ValidationError(
        "there is no benchmark '\(name)'; there are \(Suite.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return suite
  }
}

/// The benchmarks by name.
enum Suite: String, CaseIterable {
  case append, read, replay, segments, proof, tamper, tail, visible, query, command, start, asof, memory
  case simulate, optimum, fit, autopsy, timing

  /// It needs a PostgreSQL server.
  var needsDatabase: Bool {
    switch self {
    case .append, .read, .replay, .segments, .proof, .tail, .visible, .query, .command, .start, .asof: true
    case .memory, .simulate, .optimum, .fit, .autopsy, .timing, .tamper: false
    }
  }

  func measure(_ bed: Bed) async throws -> [Figure] {
    switch self {
    case .append: try await measureAppend(bed)
    case .read: try await measureRead(bed)
    case .replay: try await measureReplay(bed)
    case .segments: try await measureSegments(bed)
    case .proof: try await measureProofs(bed)
    case .tamper: try await measureTamper(bed)
    case .tail: try await measureTail(bed)
    case .visible: try await measureVisible(bed)
    case .query: try await measureQuery(bed)
    case .command: try await measureCommands(bed)
    case .start: try await measureStart(bed)
    case .asof: try await measureAsOf(bed)
    case .memory: try measureMemory(bed)
    case .simulate: try measureSimulate(bed)
    case .optimum: try measureOptimum(bed)
    case .fit: try measureFit(bed)
    case .autopsy: try await measureAutopsy(bed)
    case .timing: try measureTiming(bed)
    }
  }
}
