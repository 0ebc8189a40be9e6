import EventStore
import Events
import Foundation
import Postgres
import Projections
import Server

/// A long sealed history with a server on it, and how soon it answers after a start.
func measureStart(_ bed: Bed) async throws -> [Figure] {
  let long = try await LongHistory(bed)
  _ = try await long.firstAnswer()
  var delays: [Double] = []
  for _ in 0..<3 { delays.append(try await long.firstAnswer()) }
  return [
    Figure(
      "start.first_answer_seconds", delays, unit: "s",
      note:
        "\(long.events) events of \(long.users) players; a new server on a snapshot of all but the last, to its first leaderboard"
    ).atMost(2)
  ]
}

/// The past and other rules, asked for over HTTP as anybody would.
func measureAsOf(_ bed: Bed) async throws -> [Figure] {
  let long = try await LongHistory(bed)
  let figures = try await bed.serving(long.configuration) { _, port in
    var random = bed.seed
    func page() throws -> Double {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let position = 1 + Int64(random >> 33) % Int64(long.events)
      return try timeThrowing {
        let status = try HTTPConnection(port: port).get("/api/v1/leaderboard?limit=20&asOf=\(position)")
        guard status == 200 else { throw HTTPConnection.Failure(what: "as of \(position): \(status)") }
      } * 1000
    }
    let first = try page()
    let rest = try (0..<(bed.quick ? 40 : 100)).map { _ in try page() }
    return [
      Figure(
        "asof.first_milliseconds", [first], unit: "ms", note: "the first question about the past after a start"),
      Figure(
        "asof.p50_milliseconds", [quantile(rest, 0.5)], unit: "ms",
        note: "a leaderboard page at random positions of \(long.events) events, one question at a time"
      ).atMost(50),
      Figure("asof.p99_milliseconds", [quantile(rest, 0.99)], unit: "ms", note: "the same"),
    ]
  }
  return figures + [try await long.whatIf(bed)]
}

/// A made-up history of ten million events, a million with `--quick`, sealed as the server seals it.
private struct LongHistory {
  let events: Int
  let users: Int
  let configuration: ServerConfiguration
  private let bed: Bed

  /// Runs of each player.
  private static let runs = 10

  init(_ bed: Bed) async throws {
    self.bed = bed
    users = bed.quick ? 10_000 : 100_000
    var configuration = try await bed.database()
    configuration.address = .host("127.0.0.1", port: 0)
    configuration.limits.requestsPerSecond = 0
    configuration.limits.requestTime = .seconds(120)
    self.configuration = configuration
    let parts = ServerParts(configuration, logger: bed.serverLogger)
    let session = try await bed.session(parts)
    events = try await History.load(users: users, runsPerUser: Self.runs, seed: bed.seed, session)
    try await writeTables(session)
    await session.close()
    try await seal()
  }

  /// The tables of `read` count as written, as after an ordinary life: writing millions of rows at once is another matter.
  private func writeTables(_ session: Session) async throws {
    let position = Statement(
      unnamed: "INSERT INTO read.projections (name, version, position, state_hash) VALUES ('tables', 1, $1, '')")
    _ = try await session.query(position, [Int64(events)])
  }

  private func seal() async throws {
    let log = PostgresEventLog(pool: Pool(PostgresConfiguration(configuration.databaseURL)))
    let signer = try NoteSigner(name: "bench.example/log", secret: (0..<32).map { UInt8($0) })
    let integrator = Integrator(
      log, store: TreeStore(log.reader), signer: signer, holder: "bench", logger: bed.serverLogger)
    let running = Task { await integrator.run() }
    let store = SegmentStore(log.reader)
    while try await store.count() < events / Segment.fullCount { try await Task.sleep(for: .milliseconds(100)) }
    running.cancel()
    await running.value
  }

  /// Seconds from a new server to its first answer out of the projections. Its end leaves a snapshot for the next one.
  func firstAnswer() async throws -> Double {
    let begun = ContinuousClock.now
    return try await bed.serving(configuration) { _, port in
      guard try HTTPConnection(port: port).get("/api/v1/leaderboard?limit=20") == 200 else {
        throw HTTPConnection.Failure(what: "there is no leaderboard")
      }
      return Double((ContinuousClock.now - begun) / .microseconds(1)) / 1e6
    }
  }

  /// The whole history under other rules.
  func whatIf(_ bed: Bed) async throws -> Figure {
    let parts = ServerParts(configuration, logger: bed.serverLogger)
    var rules = CrowdRules.standard
    rules.acceptedIQ += 500
    let plan = FoldPlan(Governance([]), rules: rules)
    var seconds: [Double] = []
    for run in 0...2 {
      let taken = try await timeAsync { _ = try await Rebuild(parts).model(from: plan.beginning) }
      if run > 0 { seconds.append(taken) }
    }
    return Figure(
      "whatif.seconds", seconds, unit: "s", note: "\(events) events from segments under other rules"
    ).atMost(5)
  }
}
