import ArgumentParser
import Events
import Logging
import Server

/// `blame serve`
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve the API until Ctrl-C.",
    discussion: "Listens on this machine only unless told otherwise; put a proxy with TLS in front of anything public.")

  @OptionGroup var options: ServeOptions

  func run() async throws {
    let settings = try await options.settings()
    try settings.checkAll()
    let engine = options.engine
    var configuration = try engine.configuration(settings)
    configuration.address = try address(settings)
    configuration.trustsProxy = try settings.isOn(.trustProxy)
    configuration.crossOrigin = try crossOrigin(settings)
    configuration.webDirectory = settings.string(.web) ?? InstalledFiles.folder("web/dist")
    configuration.readerConnections = try settings.number(.readers) ?? configuration.readerConnections
    configuration.replicates = try settings.number(.replicates) ?? configuration.replicates
    configuration.pastMegabytes = try settings.number(.pastMegabytes) ?? configuration.pastMegabytes
    configuration.drainTime = try settings.seconds(.drainSeconds) ?? configuration.drainTime
    configuration.limits = try limits(settings)
    configuration.fetching = try FetchOptions.fetching(settings)
    configuration.jobs.atOnce = try settings.number(.jobs) ?? configuration.jobs.atOnce
    configuration.isReadOnly = try settings.isOn(.readOnly)
    configuration.logSigner = configuration.isReadOnly ? nil : try signer(settings)
    configuration.tokenKeyring = try keyring(settings)
    configuration.passwordCost = try passwordCost(settings) ?? configuration.passwordCost
    configuration.publicURL = try publicURL(settings)
    configuration.witnesses = try settings.list(.witnesses).map { try Verify.key($0) }
    let logger = try engine.logger(settings, default: .notice)
    if configuration.passwordCost.isCheap {
      logger.warning(
        "guessing passwords is cheap: this cost is for tests only",
        metadata: ["cost": "\(configuration.passwordCost.text)"])
    }
    let server = BlameServer(configuration, logger: logger)
    do throws(BlameServer.Failure) {
      try await server.run { address in Terminal.print("BlameEngine serves \(address.text)  (Ctrl-C stops it)") }
    } catch {
      throw Failure.failed("The server did not come up or ended: \(error)")
    }
  }

  private func limits(_ settings: Settings) throws -> Limits {
    var limits = Limits()
    limits.connections = try settings.number(.connections) ?? limits.connections
    limits.requestsPerSecond = try settings.number(.requestsPerSecond) ?? limits.requestsPerSecond
    limits.guestsPerHour = try settings.number(.guestsPerHour) ?? limits.guestsPerHour
    limits.requestTime = try settings.seconds(.requestSeconds) ?? limits.requestTime
    limits.idleTime = try settings.seconds(.idleSeconds) ?? limits.idleTime
    limits.stallTime = try settings.seconds(.stallSeconds) ?? limits.stallTime
    return limits
  }

  private func crossOrigin(_ settings: Settings) throws -> CrossOrigin {
    do throws(CrossOrigin.Malformed) { return try CrossOrigin(settings.list(.corsOrigins)) } catch {
      throw Failure.usage("\(error).")
    }
  }

  private func signer(_ settings: Settings) throws -> NoteSigner {
    let origin = settings.string(.logOrigin)
    let file = SecretKeyFile(path: settings.string(.logKey) ?? "log.key")
    let signer: NoteSigner
    do throws(SecretKeyFile.Failure) {
      signer = try file.signer(name: origin ?? SecretKeyFile.someOrigin)
    } catch {
      throw Failure.usage("No log is signed without a key: \(error).")
    }
    if let origin, origin != signer.verifier.name {
      throw Failure.usage("The key in \(file.path) is of the log \(signer.verifier.name), not of \(origin).")
    }
    return signer
  }

  private func keyring(_ settings: Settings) throws -> TokenKeyring {
    let file = TokenKeyFile(path: settings.string(.tokenKey) ?? "token.key")
    do throws(SecretKeyFile.Failure) { return try TokenKeyring(file) } catch {
      throw Failure.usage("Nobody can be signed in without a key: \(error).")
    }
  }

  private func passwordCost(_ settings: Settings) throws -> ScryptCost? {
    guard let text = settings.string(.passwordCost) else { return nil }
    guard let cost = ScryptCost(text) else {
      throw Failure.usage(
        "'\(text)' is not a cost of passwords: give ln, r and p such as ln=15,r=8,p=3, with 2^ln blocks of r that fit into "
          + "2 GiB.")
    }
    return cost
  }

  private func publicURL(_ settings: Settings) throws -> PublicURL? {
    guard let text = settings.string(.publicURL) else { return nil }
    guard let url = PublicURL(text) else {
      throw Failure.usage(
        "'\(text)' is not an address of ours: give http or https and a host, such as https://blame.example.")
    }
    return url
  }

  private func address(_ settings: Settings) throws -> ListenAddress {
    if let path = settings.string(.socket) { return .socket(path: path) }
    let port = try settings.number(.port) ?? 8080
    return .host(settings.string(.host) ?? "127.0.0.1", port: port)
  }
}

/// The value, or a failure that names the option and its range.
func within(_ value: Int, _ range: ClosedRange<Int>, _ option: String) throws -> Int {
  guard range.contains(value) else {
    throw Failure.usage("\(option) is \(value): give a number from \(range.lowerBound) to \(range.upperBound).")
  }
  return value
}

extension ListenAddress {
  /// As people type it.
  fileprivate var text: String {
    switch self {
    case .host(let host, let port): "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    case .socket(let path): "unix:\(path)"
    }
  }
}
