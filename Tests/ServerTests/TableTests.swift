import Events
import Foundation
import Postgres
import Racing
import TestSupport
import Testing

@testable import Server

/// The tables of the `read` schema say what the log says.
struct TableTests {
  @Test func `runs and decisions appear in tables, once each, also across a restart`() async throws {
    let first = try await TestServer.start()
    try await first.ready()
    try await first.sample()
    let (token, account) = try await first.token("Tabled")
    let body = #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM","stops":[{"lap":25,"compound":"HARD"}]}"#
    let run = JSON(try await first.http.post("/api/v1/simulate", body, token: token))
    let started = JSON(
      try await first.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"BOK"}"#, token: token))
    try await first.stop()
    let second = try await TestServer.start(database: first.parts.configuration.databaseURL)
    try await second.ready()
    let id = try #require(started.text("id"))
    let gone = JSON(try await second.http.post("/api/v1/simulate/\(id)/abandon", token: token))
    try await second.stop()
    let pool = Pool(PostgresConfiguration(first.parts.configuration.databaseURL))
    let finished = try await pool.query(
      Statement(
        unnamed: """
          SELECT status, iq, total_ms, place, account::text FROM read.simulations ORDER BY started_position
          """))
    #expect(finished.count == 2)
    let (status, iq, total, place, player) = try finished[0].decode(
      String.self, Int32.self, Int64.self, Int32.self, String.self)
    #expect(status == "finished" && player == account.id.description)
    #expect((run["result", "iq"] as? NSNumber)?.doubleValue == Double(iq) / 100)
    #expect(run["result", "totalMilliseconds"] as? Int == Int(total) && run["result", "place"] as? Int == Int(place))
    #expect(try finished[1].decode(0, as: String.self) == "abandoned")
    let compared = try await pool.query(
      Statement(
        unnamed: """
          SELECT (SELECT count(*) FROM read.strategy_decisions), (SELECT count(*) FROM audit.decisions),
            (SELECT count(*) FROM read.strategy_decisions d JOIN audit.decisions a USING (position)
             WHERE d.regret_ms = a.regret AND d.is_optimal = a.optimal AND d.lap = a.lap),
            (SELECT position FROM read.projections WHERE name = 'tables')
          """))
    let (rows, audited, equal, position) = try compared[0].decode(Int64.self, Int64.self, Int64.self, Int64.self)
    #expect(rows > 0 && rows == audited && equal == rows)
    #expect(Int(position) == gone.number("position"))
    await pool.close()
  }
}
