import EventStore
import Events
import Foundation
import Logging
import Postgres
import Racing
import TestSupport

/// A migrated database of the shared cluster.
struct Store {
  /// For the superuser.
  let owner: PostgresConfiguration
  /// For the application's role.
  let app: PostgresConfiguration

  static let schema = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../schema").path

  init(_ cluster: PrivateCluster? = nil) async throws {
    let cluster = try cluster ?? PrivateCluster.shared
    self.init(connection: try await cluster.database())
    try await Migrator(owner, directory: Store.schema).run()
  }

  /// A database that was migrated before.
  init(connection: String) {
    owner = PostgresConfiguration(connection, connectTimeout: .seconds(20))
    app = PostgresConfiguration(connection + " options='-c role=blame_app'", connectTimeout: .seconds(20), poolSize: 4)
  }

  func session(as role: String? = nil) async throws -> Session {
    let session = try await Session.connect(owner)
    if let role { _ = try await session.execute("SET ROLE \(role)") }
    return session
  }

  /// A user who signs in, is a member of `blame_app`, and of nothing else.
  func login() async throws -> PostgresConfiguration {
    let session = try await session()
    _ = try await session.execute(
      """
      DO $$ BEGIN
        PERFORM pg_advisory_xact_lock(1);
        CREATE ROLE test_login LOGIN IN ROLE blame_app;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$
      """)
    await session.close()
    return PostgresConfiguration(owner.connectionString.replacing("user=postgres", with: "user=test_login"))
  }

  /// Runs a log for as long as a closure takes, then closes it.
  func withLog<Value: Sendable>(
    append: AppendLimits = AppendLimits(), tail: TailLimits = TailLimits(),
    _ body: (PostgresEventLog) async throws -> Value
  ) async throws -> Value {
    let pool = Pool(app)
    let log = PostgresEventLog(pool: pool, append: append, tail: tail, logger: .quiet)
    let running = Task { await log.run() }
    let result: Result<Value, any Error>
    do { result = .success(try await body(log)) } catch { result = .failure(error) }
    log.close()
    await running.value
    await pool.close()
    return try result.get()
  }
}

extension Logger {
  static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

extension Event {
  static func decision(lap: Int32) -> Event {
    .decisionMade(
      DecisionMade(
        lap: lap, kind: .pit, compound: .hard, pace: nil, regret: 1234, isOptimal: false, elapsed: 1_400_123))
  }

  static func random(_ random: inout SplitMix64) -> Event {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: .userRegistered(UserRegistered(kind: .guest))
    case 1: .simulationAdvanced(SimulationAdvanced(lap: .random(in: 1...78, using: &random)))
    case 2: .proGranted(ProGranted())
    case 3:
      .raceImported(
        RaceImported(
          race: RaceKey(season: 2023, round: 6), slug: "monaco", circuit: "monaco", laps: 78, source: "tidy \"ä\\",
          digest: "00ff", isSynthetic: false))
    default: .decision(lap: .random(in: 1...78, using: &random))
    }
  }
}

extension Identifier {
  init(_ number: UInt64) { self.init(high: 0x0190_0000_0000_7000, low: number) }
  static func random(_ random: inout SplitMix64) -> Self {
    Self(high: random.next(), low: random.next())
  }
}

extension Append {
  /// One decision on a stream.
  static func one(
    _ command: CommandID, on stream: StreamID, by actor: UserID? = nil, expecting version: ExpectedVersion = .any,
    lap: Int32 = 1
  ) -> Append {
    Append(
      command: command, actor: actor, expectations: [Expectation(stream: stream, version: version)],
      events: [NewEvent(stream: stream, event: .decision(lap: lap))], answer: Array("{\"lap\":\(lap)}".utf8))
  }
}

extension String {
  func replacing(_ old: String, with new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
