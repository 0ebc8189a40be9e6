public import Events
public import Fetching
import Foundation

/// How a server runs. Every value has a default that works on one machine.
public struct ServerConfiguration: Sendable {
  /// Where to listen. Default 127.0.0.1:8080: nobody but this machine.
  public var address = ListenAddress.host("127.0.0.1", port: 8080)
  /// PostgreSQL, as libpq understands it: `postgresql:///blame?host=/run/blame`. Required.
  public var databaseURL: String
  /// PostgreSQL itself, where `databaseURL` leads to a pooler: for the lock of whoever signs the log, and for hearing what
  /// other servers append. nil (the default): the same as `databaseURL`.
  public var directDatabaseURL: String?
  /// `databaseURL` leads to a transaction pooler such as PgBouncer. Default false.
  public var isPooled = false
  /// Questions only, as from a replica: nothing is appended, signed or written through. Default false.
  public var isReadOnly = false
  /// The folder of numbered migrations. nil (the default) expects a database that was migrated.
  public var schemaDirectory: String?
  /// The folder of the built page. nil (the default), or a folder without one: `/` says how to build it.
  public var webDirectory: String?
  /// Connections for short queries. Default 4.
  public var readerConnections = 4
  /// Connections for COPY and long reads. Default 2.
  public var bulkConnections = 2
  /// Worlds of cars kept in memory; one has a few megabytes. Default 64.
  public var worlds = 64
  /// Artefacts of races kept in memory. Default 32.
  public var artefacts = 32
  /// Simulations kept folded in memory. Default 20,000.
  public var simulations = 20_000
  /// Tokens whose accounts are kept in memory. Default 100,000.
  public var tokens = 100_000
  /// Encoded answers kept in memory. Default 4,096.
  public var answers = 4096
  /// Refits behind an autopsy's intervals. Default 200.
  public var replicates = 200
  /// How often what the projections hold is written to the `read` schema. Default 250 ms.
  public var writeThroughInterval: Duration = .milliseconds(250)
  /// Events between two snapshots of the projections. Default 200,000.
  public var snapshotEvents = 200_000
  /// Megabytes of projections of the past that are kept for the next question about it. Default 1,024.
  public var pastMegabytes = 1024
  /// Signs checkpoints of the log. nil (the default) leaves that to others.
  public var logSigner: NoteSigner?
  /// Keys of the witnesses whose signatures under checkpoints are kept. Default none.
  public var witnesses: [NoteKey] = []
  /// How long requests under way may take to end once the server is told to stop. Default 10 s.
  public var drainTime: Duration = .seconds(10)
  /// A proxy of yours stands in front, and its X-Forwarded-For names the client. Default false.
  public var trustsProxy = false
  /// Pages of other origins that may ask. Default none.
  public var crossOrigin = CrossOrigin.none
  /// Where browsers find the server, which decides whether cookies need TLS and which pages are ours. nil (the
  /// default) takes what browsers say and sends cookies without TLS.
  public var publicURL: PublicURL?
  /// The keys that access tokens are signed with. nil (the default) makes keys up that end with the process; sessions
  /// go on.
  public var tokenKeyring: TokenKeyring?
  /// What checking a password costs. Hashes that cost less are made anew at the next log-in.
  public var passwordCost = ScryptCost.standard
  /// How races are fetched. Default: from the public addresses, kept in `blame-cache` under the folder for temporary files.
  public var fetching = FetchSettings(
    cacheDirectory: FileManager.default.temporaryDirectory.appending(path: "blame-cache").path())
  /// Background work.
  public var jobs = JobLimits()
  /// Bounds of requests.
  public var limits = Limits()

  /// A configuration with the defaults.
  public init(databaseURL: String) { self.databaseURL = databaseURL }
}

/// Where a server listens.
public enum ListenAddress: Sendable, Equatable {
  /// A host name or address and a port; port 0 takes any free one.
  case host(String, port: Int)
  /// A unix socket.
  case socket(path: String)
}
