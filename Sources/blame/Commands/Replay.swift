import ArgumentParser
import EventStore
import Events
import Foundation
import Projections
import Server

/// `blame replay`
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fold the whole log again and compare the result with what queries show.",
    discussion: "Exit status 1 when the two differ: then something is wrong, and the log is right.")

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  @Option(
    name: .long,
    help: "JSON file of other rules: what would they make of the same history? Compared with the rules in force.")
  var rules: String?

  @Flag(name: .long, help: "Read every event from the table, also those that are sealed in segments.")
  var fromTable = false

  func run() async throws {
    if let rules { return try await whatIf(try Self.rules(in: rules)) }
    let command = self
    try await engine.withEngine(projecting: true) { parts in
      let live = parts.live.fingerprint()
      let bar = command.output.progress("replaying", total: Int(live.position.rawValue))
      let rebuilt: Rebuild.Outcome
      do throws(Rebuild.Failure) {
        rebuilt = try await Rebuild(parts).run(through: live.position, usesSegments: !command.fromTable) {
          position, _ in bar.set(Int(position.rawValue))
        }
      } catch {
        throw Failure.failed("The log could not be replayed: \(error)")
      }
      bar.finish()
      command.report(rebuilt, live.stateHash)
      if rebuilt.stateHash != live.stateHash { throw ExitCode(1) }
    }
  }

  /// The rules in a file.
  static func rules(in path: String) throws -> CrowdRules {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure.usage("The rules '\(path)' cannot be read: name a JSON file that exists.")
    }
    do throws(RulesError) { return try CrowdRules(document: Array(data)) } catch {
      throw Failure.usage("\(path): \(error).")
    }
  }

  private func whatIf(_ rules: CrowdRules) async throws {
    let command = self
    try await engine.withEngine { parts in
      let last = try await parts.log.reader.last()
      let bar = command.output.progress("replaying", total: 2 * Int(last.rawValue))
      let (before, after): (ReadModel, ReadModel)
      do throws(Rebuild.Failure) {
        let governance = try await Rebuild(parts).governance()
        before = try await Rebuild(parts).model(
          from: try await Rebuild(parts).plan().beginning, through: last, usesSegments: !command.fromTable
        ) { at, _ in bar.set(Int(at.rawValue)) }
        after = try await Rebuild(parts).model(
          from: FoldPlan(governance, rules: rules).beginning, through: last, usesSegments: !command.fromTable
        ) { at, _ in bar.set(Int(last.rawValue + at.rawValue)) }
      } catch {
        throw Failure.failed("The log could not be replayed: \(error)")
      }
      bar.finish()
      try await RulesReport(before, after, in: parts).print(command.output)
    }
  }

  private func report(_ rebuilt: Rebuild.Outcome, _ live: String) {
    let seconds = Double(rebuilt.duration / .microseconds(1)) / 1_000_000
    let rate = seconds > 0 ? Int(Double(rebuilt.events) / seconds) : 0
    let isEqual = rebuilt.stateHash == live
    if output.json {
      return Terminal.print(
        """
        {"position":\(rebuilt.position.rawValue),"seconds":\(seconds),"eventsPerSecond":\(rate),\
        "replayed":"\(rebuilt.stateHash)","live":"\(live)","equal":\(isEqual)}
        """)
    }
    Terminal.print("\(grouped(Int(rebuilt.events))) events in \(seconds) s, \(grouped(rate))/s")
    Terminal.print("replayed  \(rebuilt.stateHash)")
    Terminal.print("live      \(live)")
    Terminal.print(isEqual ? "equal" : Terminal.bold("DIFFERENT"))
  }
}
