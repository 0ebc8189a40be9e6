import ArgumentParser
import EventStore
import Events
import Projections
import Server

/// `blame archive`
struct ArchiveCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: "The log as files: export it, verify it, replay it without a database.",
    subcommands: [Export.self, VerifyFiles.self, ReplayFiles.self])

  /// `blame archive export`
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copy the log into a folder of segments; what is there already stays.",
      discussion: "Each file is there whole or not at all. Run it as often as you like: only new segments are written.")
    @OptionGroup var engine: EngineOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The folder.") var folder: String

    func run() async throws {
      let (folder, output) = (folder, output)
      try await engine.withEngine { parts in
        let bar = output.progress("exporting", total: Int(try await parts.log.reader.last().rawValue))
        let outcome: ArchiveExport.Outcome
        do throws(ArchiveExport.Failure) {
          outcome = try await ArchiveExport(parts.log.reader).run(to: Archive(path: folder)) { at, _ in
            bar.set(Int(at.rawValue))
          }
        } catch {
          bar.finish()
          throw Failure.failed("The log could not be exported: \(error)")
        }
        bar.finish()
        Self.report(outcome, folder, output)
      }
    }

    private static func report(_ outcome: ArchiveExport.Outcome, _ folder: String, _ output: OutputOptions) {
      if output.json {
        let signed = outcome.signed.map { "\($0)" } ?? "null"
        return Terminal.print(
          """
          {"folder":\(quoted(folder)),"segments":\(outcome.segments),"written":\(outcome.written),\
          "position":\(outcome.last.rawValue),"signed":\(signed)}
          """)
      }
      let signed = outcome.signed.map { "signed up to \(grouped(Int($0)))" } ?? "not signed"
      Terminal.print(
        "\(folder): \(grouped(outcome.segments)) full segments, \(grouped(outcome.written)) of them new; "
          + "\(grouped(Int(outcome.last.rawValue))) events, \(signed)")
    }
  }

  /// `blame archive verify`
  struct VerifyFiles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Hash every event of an archive again, and hold it against its checkpoint. Needs no database.")
    @OptionGroup var output: OutputOptions
    @Argument(help: "The folder.") var folder: String
    @Option(name: .long, help: "The log's public key, or a file that holds it; without it only damage is looked for.")
    var key: String?

    func run() async throws {
      let policy = try key.map { TrustPolicy(log: try Verify.key($0)) }
      let archive = Archive(path: folder)
      let bar = output.progress("verifying", total: archive.segmentCount * Segment.fullCount)
      do throws(Archive.Failure) {
        let finding = try archive.verify(trusting: policy) { bar.set(Int($0.rawValue)) }
        bar.finish()
        report(finding)
      } catch {
        bar.finish()
        try Verify.deny(error.description, output)
      }
    }

    private func report(_ finding: Archive.Finding) {
      if output.json {
        let size = finding.checkpoint.map { "\($0.size)" } ?? "null"
        return Terminal.print(
          """
          {"valid":true,"signed":\(key != nil),"events":\(finding.events),"segments":\(finding.segments),"size":\(size),\
          "root":"\(finding.root)"}
          """)
      }
      let events = "\(grouped(Int(finding.events))) events in \(grouped(finding.segments)) segments"
      if let checkpoint = finding.checkpoint, key != nil {
        Terminal.print(
          "\(Terminal.bold("proven")): \(events) fit the checkpoint of \(checkpoint.origin) at "
            + grouped(Int(checkpoint.size)))
      } else {
        Terminal.print("sound: \(events); name the log's key with --key to have the signature checked")
      }
      Terminal.print("root  \(finding.root)")
    }
  }

  /// `blame archive replay`
  struct ReplayFiles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay",
      abstract: "Fold an archive through the projections and print the state's hash. Needs no database.")
    @OptionGroup var output: OutputOptions
    @Argument(help: "The folder.") var folder: String
    @Option(name: .long, help: "The hash that is expected; exit status 1 when it is another.") var expect: String?

    func run() async throws {
      let archive = Archive(path: folder)
      let bar = output.progress("replaying", total: archive.segmentCount * Segment.fullCount)
      let start = ContinuousClock.now
      var model = ReadModel()
      do throws(Archive.Failure) {
        try archive.forEachSegment { segment throws(Archive.Failure) in
          do { try model.apply(try segment.columns(forLines: false)) } catch { throw .wrong("\(error)") }
          bar.set(Int(segment.last.rawValue))
        }
      } catch {
        bar.finish()
        throw Failure.failed("The archive could not be replayed: \(error).")
      }
      let folded = ContinuousClock.now - start
      bar.finish()
      report(model, seconds: Double(folded / .microseconds(1)) / 1_000_000)
      if let expect, expect != model.stateHash { throw ExitCode(1) }
    }

    private func report(_ model: ReadModel, seconds: Double) {
      let events = Int(model.position.rawValue)
      let rate = seconds > 0 ? Int(Double(events) / seconds) : 0
      if output.json {
        return Terminal.print(
          #"{"position":\#(events),"seconds":\#(seconds),"eventsPerSecond":\#(rate),"replayed":"\#(model.stateHash)"}"#)
      }
      Terminal.print("\(grouped(events)) events in \(seconds) s, \(grouped(rate))/s")
      Terminal.print("replayed  \(model.stateHash)")
    }
  }
}
