import ArgumentParser
import Events
import Logging
import Server

/// `blame serve`
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve the API until Ctrl-C.",
    discussion: "Listens on this machine only unless told otherwise; put a proxy with TLS in front of anything public.")

  @OptionGroup var engine: EngineOptions

  @Option(name: .long, help: "Address to listen on. Also BLAME_HOST. Default 127.0.0.1.")
  var host: String?

  @Option(name: .long, help: "Port to listen on; 0 takes a free one. Also BLAME_PORT. Default 8080.")
  var port: Int?

  @Option(name: .long, help: "Unix socket to listen on instead. Also BLAME_SOCKET.")
  var socket: String?

  @Option(name: .long, help: "Folder of the built page. Also BLAME_WEB. Default ./web/dist.")
  var web: String?

  @Option(name: .long, help: "Connections for short queries. Also BLAME_READERS. Default 4.")
  var readers: Int?

  @Option(name: .long, help: "Clients connected at a time at most. Also BLAME_CONNECTIONS. Default 4096.")
  var connections: Int?

  @Option(name: .long, help: "Refits behind an autopsy's intervals. Also BLAME_REPLICATES. Default 200.")
  var replicates: Int?

  @Option(
    name: .long,
    help: "File with the key that signs the log; made when it is not there. Also BLAME_LOG_KEY. Default log.key.")
  var logKey: String?

  @Option(
    name: .long,
    help: "Name of the log, when its key is made: one that no other log has. Also BLAME_LOG_ORIGIN.")
  var logOrigin: String?

  @Option(
    name: .long,
    help: "Public key of a witness whose signatures are kept; several times. Also BLAME_WITNESSES, by commas.")
  var witness: [String] = []

  @Option(
    name: .long,
    help: "File with the keys of access tokens; made when it is not there. Also BLAME_TOKEN_KEY. Default token.key.")
  var tokenKey: String?

  @Option(
    name: .long,
    help: "Where browsers find the server, such as https://blame.example. Also BLAME_PUBLIC_URL.")
  var publicUrl: String?

  @Flag(name: .long, help: "A proxy of yours stands in front and names the client in X-Forwarded-For.")
  var trustProxy = false

  @Flag(
    name: .long,
    help: "Answer questions only: nothing is appended, signed or written; for replicas. Also BLAME_READ_ONLY=true.")
  var readOnly = false

  func run() async throws {
    let settings = try await engine.settings()
    var configuration = try engine.configuration(settings)
    configuration.address = try address(settings)
    configuration.trustsProxy = trustProxy || settings.flag("trust.proxy")
    configuration.webDirectory = web ?? settings.string("web") ?? InstalledFiles.folder("web/dist")
    if let readers = readers ?? settings.int("readers") {
      configuration.readerConnections = try within(readers, 1...64, "--readers")
    }
    if let connections = connections ?? settings.int("connections") {
      configuration.limits.connections = try within(connections, 1...1_000_000, "--connections")
    }
    if let replicates = replicates ?? settings.int("replicates") {
      configuration.replicates = try within(replicates, 10...2000, "--replicates")
    }
    configuration.isReadOnly = readOnly || settings.flag("read.only")
    configuration.logSigner = configuration.isReadOnly ? nil : try signer(settings)
    configuration.tokenKeyring = try keyring(settings)
    configuration.publicURL = try publicURL(settings)
    let named = settings.string("witnesses")?.split(separator: ",").map(String.init) ?? []
    configuration.witnesses = try (witness.isEmpty ? named : witness).map { try Verify.key($0) }
    let server = BlameServer(configuration, logger: try engine.logger(settings, default: .notice))
    do throws(BlameServer.Failure) {
      try await server.run { address in Terminal.print("BlameEngine serves \(address.text)  (Ctrl-C stops it)") }
    } catch {
      throw Failure.failed("The server did not come up or ended: \(error)")
    }
  }

  private func signer(_ settings: Settings) throws -> NoteSigner {
    let origin = logOrigin ?? settings.string("log.origin")
    let file = SecretKeyFile(path: logKey ?? settings.string("log.key") ?? "log.key")
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
    let file = TokenKeyFile(path: tokenKey ?? settings.string("token.key") ?? "token.key")
    do throws(SecretKeyFile.Failure) { return try TokenKeyring(file) } catch {
      throw Failure.usage("Nobody can be signed in without a key: \(error).")
    }
  }

  private func publicURL(_ settings: Settings) throws -> PublicURL? {
    guard let text = publicUrl ?? settings.string("public.url") else { return nil }
    guard let url = PublicURL(text) else {
      throw Failure.usage(
        "'\(text)' is not an address of ours: give http or https and a host, such as https://blame.example.")
    }
    return url
  }

  private func address(_ settings: Settings) throws -> ListenAddress {
    if let path = socket ?? settings.string("socket") { return .socket(path: path) }
    let port = try within(port ?? settings.int("port") ?? 8080, 0...65535, "--port")
    return .host(host ?? settings.string("host") ?? "127.0.0.1", port: port)
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
