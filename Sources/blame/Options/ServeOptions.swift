import ArgumentParser

/// Everything that `blame serve` can be told. Each is a flag, an environment variable and a configuration key.
struct ServeOptions: ParsableArguments {
  @OptionGroup var engine: EngineOptions
  @OptionGroup var fetch: FetchOptions

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
    help:
      "Megabytes for the next question about the past; 0 keeps the last one alone. Also BLAME_PAST_MEGABYTES. Default 1024."
  )
  var pastMegabytes: Int?

  @Option(
    name: .long,
    help: "Requests of one account or address for long; 0 sets no limit. Also BLAME_REQUESTS_PER_SECOND. Default 2000.")
  var requestsPerSecond: Int?

  @Option(
    name: .long, help: "Guest accounts from one address; 0 sets no limit. Also BLAME_GUESTS_PER_HOUR. Default 600.")
  var guestsPerHour: Int?

  @Option(name: .long, help: "Seconds for a request and its answer. Also BLAME_REQUEST_SECONDS. Default 10.")
  var requestSeconds: Int?

  @Option(
    name: .long, help: "Seconds for the head of a request, and without one. Also BLAME_IDLE_SECONDS. Default 75.")
  var idleSeconds: Int?

  @Option(
    name: .long, help: "Seconds for a client that does not read its answer. Also BLAME_STALL_SECONDS. Default 30.")
  var stallSeconds: Int?

  @Option(name: .long, help: "Seconds for requests under way at the end. Also BLAME_DRAIN_SECONDS. Default 10.")
  var drainSeconds: Int?

  @Option(
    name: .long,
    help: """
      Origin of a page that may ask from a browser, such as https://pit.example, or * for all; several times. Also \
      BLAME_CORS_ORIGINS, by commas. Default none.
      """)
  var corsOrigin: [String] = []

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
    help: """
      What a password's scrypt hash costs: 2^ln blocks of r, p times. Hashes that cost less are made anew at the next \
      log-in. Also BLAME_PASSWORD_COST. Default ln=15,r=8,p=3.
      """)
  var passwordCost: String?

  @Option(
    name: .long,
    help: "File with the keys of access tokens; made when it is not there. Also BLAME_TOKEN_KEY. Default token.key.")
  var tokenKey: String?

  @Option(
    name: .long,
    help: "Where browsers find the server, such as https://blame.example. Also BLAME_PUBLIC_URL.")
  var publicUrl: String?

  @Option(
    name: .long,
    help: "Background jobs, such as imports, at a time; 0 leaves them to other servers. Also BLAME_JOBS. Default 1.")
  var jobs: Int?

  @Flag(name: .long, help: "A proxy of yours names the client in X-Forwarded-For. Also BLAME_TRUST_PROXY=true.")
  var trustProxy = false

  @Flag(
    name: .long,
    help: "Answer questions only: nothing is appended, signed or written; for replicas. Also BLAME_READ_ONLY=true.")
  var readOnly = false

  /// What was given, here and elsewhere.
  func settings() async throws -> Settings { try await engine.settings(given) }

  private var given: [Setting: String] {
    var given = fetch.given
    given[.jobs] = jobs.map(String.init)
    given[.host] = host
    given[.port] = port.map(String.init)
    given[.socket] = socket
    given[.web] = web
    given[.readers] = readers.map(String.init)
    given[.connections] = connections.map(String.init)
    given[.replicates] = replicates.map(String.init)
    given[.pastMegabytes] = pastMegabytes.map(String.init)
    given[.requestsPerSecond] = requestsPerSecond.map(String.init)
    given[.guestsPerHour] = guestsPerHour.map(String.init)
    given[.requestSeconds] = requestSeconds.map(String.init)
    given[.idleSeconds] = idleSeconds.map(String.init)
    given[.stallSeconds] = stallSeconds.map(String.init)
    given[.drainSeconds] = drainSeconds.map(String.init)
    given[.corsOrigins] = corsOrigin.isEmpty ? nil : corsOrigin.joined(separator: ",")
    given[.logKey] = logKey
    given[.logOrigin] = logOrigin
    given[.witnesses] = witness.isEmpty ? nil : witness.joined(separator: ",")
    given[.passwordCost] = passwordCost
    given[.tokenKey] = tokenKey
    given[.publicURL] = publicUrl
    given[.trustProxy] = trustProxy ? "true" : nil
    given[.readOnly] = readOnly ? "true" : nil
    return given
  }
}
