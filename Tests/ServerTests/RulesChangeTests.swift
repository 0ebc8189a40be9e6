import Commands
import EventStore
import Events
import Postgres
import Projections
import TestSupport
import Testing

@testable import Server

/// Rules that change and events that are passed over while the server answers.
@Suite(.timeLimit(.minutes(5)))
struct RulesChangeTests {
  private static let plan =
    #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM","stops":[{"lap":25,"compound":"HARD"}]}"#

  private func strict() throws -> String {
    var rules = CrowdRules.standard
    rules.acceptedIQ = 100
    rules.listedRuns = 1
    return rules.document
  }

  /// Waits for something that a server does by itself.
  private func eventually(_ what: String, _ holds: () async throws -> Bool) async throws {
    for _ in 0..<600 {
      if try await holds() { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("\(what) did not happen")
  }

  @Test func `other rules are built beside the live model and exchanged while people play and ask`() async throws {
    try await withServer { server in
      try await server.sample()
      let (token, account) = try await server.token("Ada")
      let first = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"BOK"}"#, token: token))
      let id = try #require(first.text("id"))
      let finished = try await server.finish(id, token: token)
      #expect(finished["result", "ranked"] as? Bool == true, "\(finished)")
      let before = try await server.http.get("/api/v1/leaderboard?minPosition=1")
      let playing = Task {
        var runs = 0
        while !Task.isCancelled {
          let answer = try await server.http.post("/api/v1/simulate", Self.plan, token: token)
          #expect(answer.status == 201, "\(answer.text)")
          #expect(try await server.http.get("/api/v1/leaderboard").status == 200)
          runs += 1
        }
        return runs
      }
      let position = server.parts.live.position
      let outcome = try await server.parts.commands.changeRules(name: "strict", document: try strict())
      #expect(outcome.isNew)
      try await eventually("the exchange") { server.parts.live.plan.name == "strict" }
      playing.cancel()
      #expect(try await playing.value > 0)
      #expect(server.parts.live.generation == 1)
      let end = try await server.parts.log.reader.last()
      try await server.parts.live.reach(end, within: .seconds(10))
      let live = server.parts.live.fingerprint()
      let rebuilt = try await Rebuild(server.parts).run(through: live.position)
      #expect(rebuilt.stateHash == live.stateHash)
      // One ranked run lists a player now.
      let board = JSON(try await server.http.get("/api/v1/leaderboard"))
      #expect(
        board.number("listed") == 1 && board.array("rows").first?["user"] as? String == "\(account.id)", "\(board)")
      // What was said under the rules of then is still said.
      let then = try await server.http.get("/api/v1/leaderboard?asOf=\(position.rawValue)")
      #expect(JSON(then).number("listed") == 0)
      let standard = JSON(try await server.http.get("/api/v1/leaderboard?rules=standard"))
      #expect(standard.number("listed") == 0)
      #expect(JSON(before).number("listed") == 0)
      let unknown = try await server.http.get("/api/v1/leaderboard?rules=unheard-of")
      #expect(unknown.status == 400 && JSON(unknown).text("parameter") == "rules", "\(unknown.text)")
    }
  }

  @Test func `proposed rules answer by their name, and change nothing else`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.token("Ada").token
      let run = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"BOK"}"#, token: token))
      let id = try #require(run.text("id"))
      let finished = try await server.finish(id, token: token)
      #expect(finished["result", "ranked"] as? Bool == true, "\(finished)")
      let hash = server.parts.live.fingerprint().stateHash
      let outcome = try await server.parts.commands.proposeRules(name: "loose", document: try strict())
      try await server.parts.live.reach(outcome.position, within: .seconds(5))
      let loose = JSON(try await server.http.get("/api/v1/leaderboard?rules=loose"))
      #expect(loose.number("listed") == 1, "\(loose)")
      #expect(JSON(try await server.http.get("/api/v1/leaderboard")).number("listed") == 0)
      let user = try #require(loose.array("rows").first?["user"] as? String)
      let around = try await server.http.get("/api/v1/leaderboard/around/\(user)?rules=loose")
      #expect(around.status == 200, "\(around.text)")
      for path in ["optimal/sample-ring/2000", "heatmap/sample-ring/2000"] {
        #expect(try await server.http.get("/api/v1/\(path)?rules=loose").status == 200)
      }
      // Only the position has moved on.
      let same = try await Rebuild(server.parts).run(through: Position(rawValue: outcome.position.rawValue - 1))
      #expect(same.stateHash == hash)
      #expect(server.parts.live.generation == 0)
    }
  }

  @Test func `a server that starts under other rules answers by them, from its snapshot too`() async throws {
    let cluster = try PrivateCluster.shared
    let first = try await TestServer.start(on: cluster)
    try await first.ready()
    try await first.sample()
    let token = try await first.token("Ada").token
    let run = JSON(
      try await first.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"BOK"}"#, token: token))
    _ = try await first.finish(try #require(run.text("id")), token: token)
    _ = try await first.parts.commands.changeRules(name: "strict", document: try strict())
    try await eventually("the exchange") { first.parts.live.plan.name == "strict" }
    let end = try await first.parts.log.reader.last()
    try await first.parts.live.reach(end, within: .seconds(5))
    let hash = first.parts.live.fingerprint().stateHash
    try await first.stop()
    let second = try await TestServer.start(database: first.parts.configuration.databaseURL)
    try await second.ready()
    #expect(second.parts.live.plan.name == "strict")
    #expect(second.parts.live.fingerprint().stateHash == hash)
    try await second.stop()
    // Tables of a server that begins at a snapshot hold all of the boards, not only what changed afterwards.
    let database = try await Session.connect(PostgresConfiguration(first.parts.configuration.databaseURL))
    let listed = try await database.query(
      Statement(unnamed: "SELECT count(*) FROM read.leaderboard WHERE board = 'overall'"))
    #expect(try listed.decode(row: 0, column: 0, as: Int64.self) == 1)
  }

  @Test(arguments: [false, true])
  func `a poison event stops the projections visibly, and they go on once it is quarantined`(isDamaged: Bool)
    async throws
  {
    try await withServer { server in
      try await server.sample()
      let token = try await server.token("Ada").token
      let poison = try await server.poison(isDamaged: isDamaged)
      try await eventually("the stop") { server.parts.live.status.failure?.position == poison }
      let health = try await server.http.get("/health")
      #expect(health.status == 503)
      #expect(JSON(health)["projections", "stoppedBy", "position"] as? Int == Int(poison.rawValue), "\(health.text)")
      #expect(try await server.http.get("/ready").status == 503)
      // Questions are answered as of before it.
      let leaderboard = try await server.http.get("/api/v1/leaderboard")
      #expect(JSON(leaderboard).number("position") == Int(poison.rawValue) - 1)
      #expect(Int(leaderboard["Events-Behind"] ?? "") ?? 0 > 0, "answers say that they are behind")
      let outcome = try await server.parts.commands.quarantine(poison, reason: "written by a test")
      try await eventually("going on") { server.parts.live.position >= outcome.position }
      #expect(try await server.http.get("/ready").status == 200)
      #expect(try await server.http.get("/api/v1/leaderboard")["Events-Behind"] == "0")
      let run = JSON(try await server.http.post("/api/v1/simulate", Self.plan, token: token))
      let position = try #require(run.number("position"), "\(run)")
      try await server.parts.live.reach(Position(rawValue: Int64(position)), within: .seconds(5))
      let live = server.parts.live.fingerprint()
      #expect(try await Rebuild(server.parts).run(through: live.position).stateHash == live.stateHash)
      // The tables go on as well.
      try await eventually("writing through") { server.parts.live.status.writtenThrough >= live.position }
      // Another process starts over it.
      let second = try await TestServer.start(database: server.parts.configuration.databaseURL)
      try await second.ready()
      #expect(second.parts.live.fingerprint().stateHash == live.stateHash)
      try await second.stop()
    }
  }

  @Test func `a server that starts over a poison event stops there and goes on once it is quarantined`() async throws {
    let cluster = try PrivateCluster.shared
    let first = try await TestServer.start(on: cluster)
    try await first.ready()
    try await first.sample()
    try await first.stop()
    let second = try await TestServer.start(database: first.parts.configuration.databaseURL) { $0.snapshotEvents = 1 }
    try await second.ready()
    let poison = try await second.poison(isDamaged: true)
    try await eventually("the stop") { second.parts.live.status.failure?.position == poison }
    try await second.stop()
    let third = try await TestServer.start(database: first.parts.configuration.databaseURL)
    try await eventually("the stop at the start") { third.parts.live.status.failure?.position == poison }
    #expect(try await third.http.get("/ready").status == 503)
    _ = try await third.parts.commands.quarantine(poison, reason: "written by a test")
    try await third.ready()
    #expect(third.parts.live.position > poison)
    try await third.stop()
  }
}

extension TestServer {
  /// Writes an event that cannot be applied, or one that cannot even be decoded; its position.
  fileprivate func poison(isDamaged: Bool) async throws -> Position {
    if !isDamaged {
      let stream = StreamID(high: 0xdead, low: 1)
      return try await parts.log.append(
        Append(
          command: CommandID(name: "poison"), actor: nil, expectations: [],
          events: [.init(stream: stream, event: .simulationAdvanced(SimulationAdvanced(lap: 3)))])
      ).first
    }
    let session = try await Session.connect(PostgresConfiguration(parts.configuration.databaseURL))
    _ = try await session.execute(
      """
      INSERT INTO log.events (position, recorded_at, stream, version, type, command, data)
      SELECT max(position) + 1, now(), gen_random_uuid(), 1, 'DecisionMade', gen_random_uuid(), '{"lap":"x"}'
      FROM log.events
      """)
    return try await parts.log.reader.last()
  }
}
