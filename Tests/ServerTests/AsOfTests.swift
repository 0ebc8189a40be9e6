import EventStore
import Events
import Projections
import TestSupport
import Testing

@testable import Server

/// What queries said at an earlier moment.
@Suite(.timeLimit(.minutes(5)))
struct AsOfTests {
  @Test func `an answer as of a position is the answer that was given there`() async throws {
    try await withServer { server in
      try await server.sample()
      let plan = #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM","stops":[{"lap":25,"compound":"HARD"}]}"#
      var given: [(position: Int, windows: String, time: String)] = []
      for number in 0..<4 {
        let token = try await server.token("Player \(number)").token
        let run = JSON(try await server.http.post("/api/v1/simulate", plan, token: token))
        let position = try #require(run.number("position"), "\(run)")
        let windows = try await server.http.get("/api/v1/optimal/sample-ring/2000?minPosition=\(position)")
        #expect(windows.status == 200, "\(windows.text)")
        let event = try await server.parts.log.reader.events(
          after: Position(rawValue: Int64(position) - 1), limit: 1)[0]
        given.append((position, windows.text, event.recordedAt.text))
      }
      for then in given {
        let asOf = try await server.http.get("/api/v1/optimal/sample-ring/2000?asOf=\(then.position)")
        #expect(asOf.text == then.windows)
        let atTime = try await server.http.get("/api/v1/optimal/sample-ring/2000?asOf=\(then.time)")
        #expect(atTime.text == then.windows)
        let board = JSON(try await server.http.get("/api/v1/leaderboard?asOf=\(then.position)"))
        #expect(board.number("position") == then.position)
      }
      for wrong in ["x", "-1", "99999999", "2026-01-01"] {
        #expect(try await server.http.get("/api/v1/leaderboard?asOf=\(wrong)").status == 400, "\(wrong)")
      }
      let last = server.parts.live.position
      let past = try await server.parts.pastModels.model(at: last, server.parts.live.plan)
      #expect(past.stateHash == server.parts.live.fingerprint().stateHash)
    }
  }

  @Test func `the last event by a time is found by halving`() async throws {
    try await withServer { server in
      try await server.sample()
      let reader = server.parts.log.reader
      for number in 0..<9 { _ = try await server.token("Player \(number)") }
      let events = try await reader.events(after: .zero)
      for event in events {
        let found = try await reader.last(recordedBy: event.recordedAt)
        #expect(found >= event.position)
        #expect(events[Int(found.rawValue) - 1].recordedAt == event.recordedAt)
      }
      #expect(try await reader.last(recordedBy: Timestamp(microseconds: 0)) == .zero)
    }
  }
}
