import ArgumentParser
import Events
import Foundation
import Server

/// `blame witness`
struct Witness: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch a log from another machine, and sign only what goes on from what was seen.",
    discussion: """
      Keeps the last checkpoint in a file, checks that each new one continues it, signs it and hands the signature to the \
      log. Where the log contradicts itself, both checkpoints are kept beside the file as evidence, and nothing is signed \
      ever after: exit status 1. Give the public key that is printed to the log's operator ('blame serve --witness').
      """)

  @Option(name: .long, help: "Where the log is served, such as http://127.0.0.1:8080. Also BLAME_WITNESS_URL.")
  var url: String?

  @Option(name: .long, help: "The log's public key, or a file that holds it. Also BLAME_LOG_PUBLIC_KEY.")
  var logKey: String?

  @Option(name: .long, help: "File of the last checkpoint seen. Also BLAME_WITNESS_STATE. Default witness.checkpoint.")
  var state: String?

  @Option(
    name: .long,
    help: "File of the witness's own key; made when it is not there. Also BLAME_WITNESS_KEY. Default witness.key.")
  var key: String?

  @Option(
    name: .long, help: "Name of the witness when its key is made. Also BLAME_WITNESS_NAME. Default: this machine's.")
  var name: String?

  @Option(name: .long, help: "Seconds between looks. Also BLAME_WITNESS_INTERVAL. Default 10.")
  var interval: Int?

  @Flag(name: .long, help: "Look once and end.")
  var once = false

  @Option(name: .long, help: "JSON file with options. Also BLAME_CONFIG.")
  var config: String?

  func run() async throws {
    let settings = try await Settings(
      configPath: config, given: interval.map { [.witnessInterval: String($0)] } ?? [:])
    guard let url = url ?? settings.string(.witnessURL), let base = URL(string: url), base.host() != nil else {
      throw Failure.usage("Name the log with --url, such as http://127.0.0.1:8080.")
    }
    guard let given = logKey ?? settings.string(.logPublicKey) else {
      throw Failure.usage("Name the log's public key with --log-key: a witness of an unknown log proves nothing.")
    }
    let seconds = try settings.number(.witnessInterval) ?? 10
    let signer = try signer(settings)
    Terminal.print("witness  \(signer.verifier.text)")
    let watch = WitnessWatch(
      log: LogClient(base: base),
      witness: Events.Witness(signer: signer, watching: TrustPolicy(log: try Verify.key(given))),
      state: state ?? settings.string(.witnessState) ?? "witness.checkpoint")
    while true {
      do {
        Terminal.print(try await watch.look())
      } catch let failure as LogClient.Failure where !once {
        Terminal.complain("the log cannot be asked: \(failure)")
      }
      if once { return }
      try await Task.sleep(for: .seconds(seconds))
    }
  }

  private func signer(_ settings: Settings) throws -> NoteSigner {
    let file = SecretKeyFile(path: key ?? settings.string(.witnessKey) ?? "witness.key")
    let name = name ?? settings.string(.witnessName) ?? ProcessInfo.processInfo.hostName
    let signer: NoteSigner
    do throws(SecretKeyFile.Failure) { signer = try file.signer(name: name, kind: .cosignature) } catch {
      throw Failure.usage("A witness needs a key: \(error).")
    }
    guard signer.verifier.kind == .cosignature else {
      throw Failure.usage("The key in \(file.path) is not one of a witness: name another file with --key.")
    }
    return signer
  }
}

/// One look after another at a log.
struct WitnessWatch {
  let log: LogClient
  let witness: Events.Witness
  /// Where the last checkpoint is kept.
  let state: String

  /// Looks at the log, signs what goes on from what was seen, and says in a line what it did.
  /// - Throws: exit status 1 when the log contradicts itself.
  func look() async throws -> String {
    let note = try await log.checkpoint()
    let last = try lastSeen()
    do throws(ProofError) {
      let question = try witness.question(note, after: last)
      if question == .seen { return "nothing new" }
      var path: [TreeHash] = []
      if case .consistency(let from) = question {
        let size = try Checkpoint(text: note.text).size
        path = try await consistency(from: from, to: size)
      }
      let second = UInt64(Date().timeIntervalSince1970)
      let signature = try witness.sign(note, after: last, path: path, at: second)
      return try await keep(note, signature)
    } catch {
      guard case .wrong(let reason) = error else { throw Failure.failed("The checkpoint proves nothing: \(error).") }
      try write(note.description, to: state + ".fork")
      throw Failure.failed("\(reason). Both checkpoints are kept: \(state) and \(state).fork.")
    }
  }

  private func consistency(from: Int64, to size: Int64) async throws(ProofError) -> [TreeHash] {
    do { return try await log.consistency(from: from, to: size) } catch {
      throw .untrusted("the log does not prove that \(from) is the beginning of \(size): \(error)")
    }
  }

  /// What was signed is kept before the log hears of it.
  private func keep(_ note: SignedNote, _ signature: SignedNote.Signature) async throws(ProofError) -> String {
    var signed = note
    signed.signatures.append(signature)
    do {
      try write(signed.description, to: state)
      let size = try Checkpoint(text: note.text).size
      let isTaken = try await log.deliver(signature, size: size)
      return "signed \(size)\(isTaken ? "" : " (the log does not keep this witness's signatures)")"
    } catch {
      throw .untrusted("the signature could not be kept: \(error)")
    }
  }

  private func lastSeen() throws -> SignedNote? {
    guard FileManager.default.fileExists(atPath: state) else { return nil }
    guard let text = try? String(contentsOfFile: state, encoding: .utf8), let note = try? SignedNote(text) else {
      throw Failure.failed("'\(state)' is not a checkpoint: nothing is signed until it is.")
    }
    return note
  }

  private func write(_ text: String, to path: String) throws {
    do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
      throw Failure.failed("'\(path)' cannot be written.")
    }
  }
}
