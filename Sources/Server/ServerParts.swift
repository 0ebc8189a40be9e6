public import Commands
public import EventStore
import Events
package import Fetching
import Foundation
public import Logging
public import Postgres
import Racing

/// Everything a server is made of, put together in the one order that works. The command line uses it too.
public final class ServerParts: Sendable {
  /// How it was put together.
  public let configuration: ServerConfiguration
  /// Short queries.
  public let pool: Pool
  /// COPY and long reads.
  public let bulkPool: Pool
  /// The log.
  public let log: PostgresEventLog
  /// Races in tables.
  public let races: RaceStore
  /// Races in memory.
  public let library: RaceLibrary
  /// Background work in tables.
  let jobs: JobStore
  /// Accounts and tokens.
  public let accounts: Accounts
  /// Who was shown what.
  package let disclosures: Disclosures
  /// What queries read.
  public let live: LiveProjections
  /// The one way into the log.
  public let commands: CommandHandler
  /// Where messages go.
  public let logger: Logger
  /// What of the log can be proven.
  public let tree: TreeStore
  /// Signs the log; nil where nobody gave a key.
  let integrator: Integrator?
  /// The projections as they were.
  let pastModels: PastModels
  /// The projections as operators have them built anew.
  let replays: Replays
  let identifiers = IdentifierGenerator()
  let measuredLog: MeasuredLog
  /// Commits of the append queue.
  let batches: BatchMeasures

  /// Puts everything together. Connects to nothing yet.
  public init(_ configuration: ServerConfiguration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
    pool = Self.pool(configuration, size: configuration.readerConnections, "blame", logger)
    bulkPool = Self.pool(configuration, size: configuration.bulkConnections, "blame-bulk", logger)
    let direct = Self.direct(configuration, logger)
    let quarantine = QuarantineList()
    let batches = BatchMeasures()
    self.batches = batches
    log = PostgresEventLog(
      pool: pool, listening: direct, isReadOnly: configuration.isReadOnly, passingOver: quarantine, logger: logger,
      measuring: batches.add)
    measuredLog = MeasuredLog(log)
    let tree = TreeStore(log.reader)
    self.tree = tree
    integrator = configuration.logSigner.map { [log] signer in
      Integrator(log, store: tree, signer: signer, holder: Self.holder, direct: direct, logger: logger)
    }
    pastModels = PastModels(
      Rebuild(reader: EventReader(pool: bulkPool, passingOver: quarantine)), budget: configuration.pastMegabytes << 20)
    races = RaceStore(pool: pool, isReadOnly: configuration.isReadOnly)
    jobs = JobStore(pool: pool)
    library = RaceLibrary(
      store: races, artefacts: configuration.artefacts, worlds: configuration.worlds,
      replicates: configuration.replicates, logger: logger)
    disclosures = Disclosures(pool: pool)
    live = LiveProjections()
    replays = Replays(
      live: live, rebuild: Rebuild(reader: EventReader(pool: bulkPool, passingOver: quarantine)), library: library)
    let keyring = configuration.tokenKeyring ?? TokenKeyring()
    let identifiers = identifiers
    var limits = CommandHandler.Limits()
    limits.keptSimulations = configuration.simulations
    commands = CommandHandler(
      log: measuredLog, catalog: library, history: LiveHistory(live: live, disclosures: disclosures),
      newStream: { identifiers.next() }, limits: limits)
    let sessions = Sessions(
      pool: pool, keyring: keyring, capacity: configuration.tokens, newID: { identifiers.next() }, logger: logger)
    let passwords = Passwords(
      cost: configuration.passwordCost, threads: configuration.limits.passwordThreads,
      waitingMax: configuration.limits.passwordsWaiting)
    accounts = Accounts(
      pool: pool, commands: commands, sessions: sessions, passwords: passwords, newID: { identifiers.next() },
      capacity: configuration.tokens)
  }

  /// Takes races in.
  public var importer: RaceImport {
    let identifiers = identifiers
    return RaceImport(store: races, library: library, commands: commands, newID: { identifiers.next() })
  }

  /// The workers of this server.
  func jobService(_ kinds: [JobKind]) -> JobService {
    let (store, limits, logger) = (jobs, configuration.jobs, logger)
    let workers = (0..<(configuration.isReadOnly ? 0 : limits.atOnce)).map { number in
      // A process that is started again on the same machine may get the same number.
      let name = "\(Self.holder):\(identifiers.next() as StreamID):\(number)"
      return JobWorker(store, kinds: kinds, name: name, limits: limits, logger: logger)
    }
    return JobService(
      store: store, workers: workers, limits: limits, isReadOnly: configuration.isReadOnly, logger: logger)
  }

  /// The kinds of background work that this server does.
  var jobKinds: [JobKind] { [ImportJob.kind(importer, sharing(configuration.fetching), logger)] }

  /// These settings, sharing what is fetched with whoever is at the same database.
  package func sharing(_ fetching: FetchSettings) -> FetchSettings {
    var fetching = fetching
    fetching.shared = TelemetryCache(pool: pool, logger: logger).shared
    return fetching
  }

  /// Names this process among those that may lead a job.
  private static var holder: String {
    let process = ProcessInfo.processInfo
    return "\(process.hostName):\(process.processIdentifier)"
  }

  private static func pool(
    _ configuration: ServerConfiguration, size: Int, _ name: String, _ logger: Logger
  ) -> Pool {
    var database = PostgresConfiguration(
      configuration.databaseURL, applicationName: name, statementTimeout: .seconds(30), poolSize: size,
      poolWaitTimeout: .seconds(2), logger: logger)
    database.isPooled = configuration.isPooled
    return Pool(database)
  }

  private static func direct(_ configuration: ServerConfiguration, _ logger: Logger) -> PostgresConfiguration? {
    configuration.directDatabaseURL.map {
      PostgresConfiguration($0, applicationName: "blame-direct", statementTimeout: .seconds(30), logger: logger)
    }
  }
}
