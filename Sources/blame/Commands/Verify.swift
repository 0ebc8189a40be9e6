import ArgumentParser
import EventStore
import Events
import Foundation
import Server

/// `blame verify`
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a receipt, an exported history, or the whole log.",
    discussion: """
      A receipt or a history is checked without a network: name the file, and the log's public key, which \
      /api/v1/log/key gives and which you should have from more than one place. Without a file, every event of the \
      database is hashed again and held against every checkpoint that was signed. Exit status 1 when something is wrong.
      """)

  @Argument(help: "A receipt or a history; - reads standard input.") var file: String?

  @Option(name: .long, help: "The log's public key, or a file that holds it. Also BLAME_LOG_PUBLIC_KEY.")
  var key: String?

  @Option(name: .long, help: "Public key of a witness, or a file that holds it; may be given several times.")
  var witness: [String] = []

  @Option(name: .long, help: "How many of the witnesses must have signed. Default: all that are named.")
  var quorum: Int?

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    guard let file else { return try await verifyLog() }
    let text = try Self.text(of: file)
    let policy = try policy(try await engine.settings())
    do throws(ProofError) {
      if text.hasPrefix("{") {
        report(try History(text).verify(trusting: policy))
      } else {
        report(try Receipt(text).verify(trusting: policy), policy)
      }
    } catch {
      try deny(error.description)
    }
  }

  private func policy(_ settings: Settings) throws -> TrustPolicy {
    guard let given = key ?? settings.string(.logPublicKey) else {
      throw Failure.usage("Name the log's public key with --key: without it anybody could have signed.")
    }
    let witnesses = try witness.map { try Self.key($0) }
    return TrustPolicy(log: try Self.key(given), witnesses: witnesses, quorum: quorum ?? witnesses.count)
  }

  private func verifyLog() async throws {
    let command = self
    try await engine.withEngine { parts in
      guard let identity = try await parts.tree.identity() else {
        throw Failure.failed("The log has not been signed yet: 'blame serve' signs it.")
      }
      let key = try command.key.map { try Self.key($0) } ?? Self.key(identity.key)
      let last = try await parts.log.reader.last()
      let bar = command.output.progress("verifying", total: Int(last.rawValue))
      do throws(LogVerification.Failure) {
        let finding = try await LogVerification(parts.log.reader, key: key).run { bar.set(Int($0.rawValue)) }
        bar.finish()
        command.report(finding, key)
      } catch {
        bar.finish()
        guard case .wrong(let reason) = error else { throw Failure.failed("The log could not be read: \(error)") }
        try command.deny(reason)
      }
    }
  }

  /// Prints what is wrong and ends with status 1.
  private func deny(_ reason: String) throws { try Self.deny(reason, output) }

  /// Prints what is wrong and ends with status 1.
  static func deny(_ reason: String, _ output: OutputOptions) throws {
    if output.json {
      Terminal.print(#"{"valid":false,"reason":\#(quoted(reason))}"#)
    } else {
      Terminal.print(Terminal.bold("NOT PROVEN") + ": \(reason)")
    }
    throw ExitCode(1)
  }

  private static func text(of path: String) throws -> String {
    let bytes: Data
    do {
      bytes = path == "-" ? FileHandle.standardInput.readDataToEndOfFile() : try Data(contentsOf: URL(filePath: path))
    } catch {
      throw Failure.usage("The file '\(path)' cannot be read: name a receipt or a history that exists.")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure.usage("The file '\(path)' is not a text: neither a receipt nor a history.")
    }
    return text
  }

  /// A key given as text, or in a file.
  static func key(_ given: String) throws -> NoteKey {
    let text = (try? String(contentsOfFile: given, encoding: .utf8)).map {
      $0.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    do throws(ProofError) { return try NoteKey(text ?? given) } catch {
      throw Failure.usage("\(error.description).")
    }
  }
}

extension Verify {
  private func report(_ event: EventRow, _ policy: TrustPolicy) {
    if output.json {
      return Terminal.print(
        #"{"valid":true,"position":\#(event.position.rawValue),"event":\#(String(decoding: event.line, as: UTF8.self))}"#
      )
    }
    Terminal.print("\(Terminal.bold("proven")): event \(event.position.rawValue) is in the log \(policy.origin)")
    Terminal.print(String(decoding: event.line, as: UTF8.self))
  }

  private func report(_ finding: History.Finding) {
    let checkpoint = finding.checkpoint
    if output.json {
      return Terminal.print(
        """
        {"valid":true,"account":"\(finding.account)","events":\(finding.events),"decisions":\(finding.decisions),\
        "withheld":\(finding.withheld),"size":\(checkpoint.size)}
        """)
    }
    Terminal.print(
      """
      \(Terminal.bold("proven")): events 1 to \(grouped(finding.events)) of \(finding.account), without a gap, are in \
      \(checkpoint.origin) at size \(grouped(Int(checkpoint.size)))
      """)
    let withheld = finding.withheld == 0 ? "" : ", \(grouped(finding.withheld)) events of runs not over withheld"
    Terminal.print("\(grouped(finding.decisions)) decisions\(withheld)")
  }

  private func report(_ finding: LogVerification.Finding, _ key: NoteKey) {
    if output.json {
      return Terminal.print(
        """
        {"valid":true,"events":\(finding.events),"checkpoints":\(finding.checkpoints),"tiles":\(finding.tiles),\
        "unsigned":\(finding.unsigned),"root":"\(finding.root)","key":\(quoted(key.text))}
        """)
    }
    Terminal.print(
      """
      \(Terminal.bold("proven")): \(grouped(Int(finding.events))) events fit \(grouped(finding.checkpoints)) checkpoints \
      signed by \(key.name)
      """)
    Terminal.print("\(grouped(finding.tiles)) tiles, \(grouped(Int(finding.unsigned))) events not signed yet")
    Terminal.print("root  \(finding.root)")
  }
}

/// The text as JSON.
func quoted(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": quoted += "\\\""
    case "\\": quoted += "\\\\"
    case _ where scalar.value < 32: quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    default: quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "\""
}
