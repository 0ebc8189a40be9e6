import EventStore
import Events
import Projections
import TestSupport
import Testing

@testable import Server

/// Ranked first attempts that nobody goes on with.
@Suite(.timeLimit(.minutes(5)))
struct IdleRunTests {
  @Test func `a ranked first attempt left for thirty days counts as given up, once, and practice does not`()
    async throws
  {
    try await withServer { server in
      try await server.sample()
      let token = try await server.token("Ada").token
      let ranked = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"BOK"}"#, token: token))
      let id = try #require(ranked.text("id"))
      _ = try await server.http.post("/api/v1/simulate/\(id)/advance", #"{"toLap":8}"#, token: token)
      let practice = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"ADL"}"#, token: token))
      let other = try #require(practice.text("id"))
      let advanced = try await server.http.post("/api/v1/simulate/\(other)/advance", #"{"toLap":8}"#, token: token)
      let position = try #require(JSON(advanced).number("position"))
      try await server.parts.live.reach(Position(rawValue: Int64(position)), within: .seconds(5))
      let idle = IdleRuns(server.parts)
      let now = Timestamp.now
      let day: Int64 = 86_400_000_000
      #expect(await idle.sweep(now: Timestamp(microseconds: now.microseconds + 29 * day)) == 0)
      let later = Timestamp(microseconds: now.microseconds + 31 * day)
      #expect(await idle.sweep(now: later) == 1)
      #expect(await idle.sweep(now: later) == 0)
      let run = JSON(try await server.http.get("/api/v1/simulate/\(id)", token: token))
      #expect(run.text("status") == "abandoned", "\(run)")
      let going = JSON(try await server.http.get("/api/v1/simulate/\(other)", token: token))
      #expect(going.text("status") == "running", "\(going)")
      let audit = JSON(try await server.http.get("/api/v1/audit/simulations/\(id)", token: token))
      let last = try #require(audit.array("events").last)
      #expect(last["type"] as? String == "SimulationAbandoned")
      #expect(last["actor"] as? String == nil)
    }
  }
}
