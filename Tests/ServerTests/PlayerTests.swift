import Events
import TestSupport
import Testing

@testable import Server

/// Players as others see them, and the counters of the landing page.
@Suite(.timeLimit(.minutes(5)))
struct PlayerTests {
  private static let plan =
    #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM","stops":[{"lap":25,"compound":"HARD"}]}"#

  @Test func `a player's finished runs come in pages, the last one first`() async throws {
    try await withServer { server in
      try await server.sample()
      let (token, account) = try await server.token("Ada Lovelace")
      var runs: [String] = []
      var end = 0
      for _ in 0..<5 {
        let run = JSON(try await server.http.post("/api/v1/simulate", Self.plan, token: token))
        runs.append(try #require(run.text("id")))
        end = try #require(run.number("position"))
      }
      // A run that goes on is nobody's business yet.
      let live = JSON(
        try await server.http.post(
          "/api/v1/simulate", #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM"}"#, token: token))
      end = try #require(live.number("position"))
      var found: [String] = []
      var next: String? = "/api/v1/players/ada%20lovelace?limit=2&minPosition=\(end)"
      for _ in 0..<10 {
        guard let path = next else { break }
        let answer = try await server.http.get(path)
        #expect(answer.status == 200, "\(answer.text)")
        let page = JSON(answer)
        #expect(page.text("id") == account.id.description && page.text("name") == "Ada Lovelace")
        #expect(page["rank"] == nil && page.array("runs").count <= 2)
        #expect(page.array("runs").allSatisfy { $0["iqHundredths"] is Int && $0["gp"] as? String == "sample" })
        #expect(!answer.text.contains("@") && !answer.text.contains("email"))
        found += page.array("runs").compactMap { $0["id"] as? String }
        next = page.text("next").map { "/api/v1/players/Ada%20Lovelace?limit=2&after=\($0)" }
      }
      #expect(found == runs.reversed())
      refuses(try await server.http.get("/api/v1/players/nobody"), .unknownUser)
      refuses(try await server.http.get("/api/v1/players/guest"), .unknownUser)
      refuses(try await server.http.get("/api/v1/players/Ada%20Lovelace?after=x"), .invalidValue)
    }
  }

  @Test func `counters count`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.token("Ada").token
      let run = JSON(try await server.http.post("/api/v1/simulate", Self.plan, token: token))
      let end = try #require(run.number("position"))
      let stats = JSON(try await server.http.get("/api/v1/stats?minPosition=\(end)"))
      #expect(stats.number("races") == 1 && stats.number("players") == 1 && stats.number("runs") == 1)
      #expect(stats.number("finishedRuns") == 1 && stats.number("rankedRuns") == 0)
      #expect(try #require(stats.number("decisions")) > 0 && stats.number("events") == stats.number("position"))
    }
  }
}
