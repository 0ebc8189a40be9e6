/// An option that is a flag, an environment variable and a key of the configuration file: the one list of them.
enum Setting: String, CaseIterable {
  case databaseURL = "database.url"
  case directDatabaseURL = "direct.database.url"
  case pooled
  case host
  case port
  case socket
  case web
  case readOnly = "read.only"
  case readers
  case connections
  case replicates
  case pastMegabytes = "past.megabytes"
  case jobs
  case cache
  case offline
  case liveTimingURL = "livetiming.url"
  case jolpicaURL = "jolpica.url"
  case openF1URL = "openf1.url"
  case feedURL = "feed.url"
  case requestsPerSecond = "requests.per.second"
  case guestsPerHour = "guests.per.hour"
  case requestSeconds = "request.seconds"
  case idleSeconds = "idle.seconds"
  case stallSeconds = "stall.seconds"
  case drainSeconds = "drain.seconds"
  case trustProxy = "trust.proxy"
  case publicURL = "public.url"
  case corsOrigins = "cors.origins"
  case passwordCost = "password.cost"
  case tokenKey = "token.key"
  case logKey = "log.key"
  case logOrigin = "log.origin"
  case witnesses
  case logLevel = "log.level"
  case logFormat = "log.format"
  case schema
  case player
  case logPublicKey = "log.public.key"
  case witnessURL = "witness.url"
  case witnessState = "witness.state"
  case witnessKey = "witness.key"
  case witnessName = "witness.name"
  case witnessInterval = "witness.interval"

  /// The key in the file; dots lead into objects.
  var key: String { rawValue }

  /// The environment variable.
  var environment: String {
    switch self {
    case .databaseURL: "DATABASE_URL"
    default: "BLAME_" + rawValue.uppercased().replacing(".", with: "_")
    }
  }

  /// How it is given on the command line.
  var flag: String {
    switch self {
    case .corsOrigins: "--cors-origin"
    case .witnesses: "--witness"
    case .logPublicKey: "--key"
    case .witnessURL, .witnessState, .witnessKey, .witnessName, .witnessInterval:
      "--" + rawValue.dropFirst("witness.".count)
    default: "--" + rawValue.replacing(".", with: "-")
    }
  }

  /// The command that takes the flag, where it is not `serve` or every command that works on the database.
  var command: String? {
    switch self {
    case .schema: "migrate"
    case .player: "simulate"
    case .feedURL: "follow"
    case .logPublicKey: "verify"
    case .witnessURL, .witnessState, .witnessKey, .witnessName, .witnessInterval: "witness"
    default: nil
    }
  }

  /// The bounds of a whole number; nil for anything else.
  var bounds: ClosedRange<Int>? {
    switch self {
    case .port: 0...65_535
    case .readers: 1...64
    case .connections: 1...1_000_000
    case .replicates: 10...2000
    case .jobs: 0...16
    case .requestsPerSecond, .guestsPerHour, .pastMegabytes: 0...1_000_000
    case .requestSeconds, .stallSeconds: 1...600
    case .idleSeconds: 1...3600
    case .drainSeconds: 0...3600
    case .witnessInterval: 1...86_400
    default: nil
    }
  }

  /// The words that are known; nil for anything else.
  var words: [String]? {
    switch self {
    case .logLevel: ["trace", "debug", "info", "notice", "warning", "error", "critical"]
    case .logFormat: ["text", "json"]
    default: nil
    }
  }

  /// What is only true or false.
  var isFlag: Bool {
    switch self {
    case .pooled, .readOnly, .trustProxy, .offline: true
    default: false
    }
  }

  /// Several values, by commas in the environment, as an array or by commas in the file.
  var isList: Bool { self == .corsOrigins || self == .witnesses || self == .liveTimingURL }

  /// It may hold a password.
  var isSecret: Bool { self == .databaseURL || self == .directDatabaseURL }
}
