import Events
import Foundation
import Racing
import Testing

@testable import Server

/// Teams, heatmaps, pit laps and what a finished run is set beside, over HTTP.
struct AggregateTests {
  @Test func `teams and blame are computed once and stored`() async throws {
    try await withServer {
      $0.replicates = 4
      $0.limits.digestWait = .seconds(60)
      $0.limits.requestTime = .seconds(90)
    } _: { server in
      let record = try await server.sample()
      let answer = JSON(try await server.http.get("/api/v1/teams?year=2000"))
      let teams = answer.array("teams")
      #expect(teams.count == Set(record.entrants.map(\.team)).count && answer.number("computed") == 1)
      #expect((teams[0]["costs"] as? [[String: Any]])?.count == 6)
      let stored = try await server.parts.library.store.digestBytes(
        recordDigest: record.digest, modelVersion: server.parts.library.modelVersion)
      #expect(try RaceDigest(encoded: try #require(stored)).drivers.count == record.entrants.count)
      let slug = try #require(teams[0]["slug"] as? String)
      let team = JSON(try await server.http.get("/api/v1/teams/2000/\(slug)"))
      #expect(team.array("cars").count == 2, "\(team)")
      #expect(try await server.http.get("/api/v1/teams/2000/minardi").status == 404)
      #expect(JSON(try await server.http.get("/api/v1/teams/1999/\(slug)")).text("code") == "unknown-race")

      let blame = JSON(try await server.http.get("/api/v1/heatmap/blame/2000?cause=pit_execution_cost"))
      #expect(blame.array("drivers").count == record.entrants.count)
      #expect(try await server.http.get("/api/v1/heatmap/blame/2000?cause=weather").status == 400)
      let csv = try await server.http.get("/api/v1/heatmap/blame/2000?format=csv")
      #expect(csv.text.split(separator: "\r\n").count == record.entrants.count + 1)
    }
  }

  @Test func `a team that drove is waited for, one that did not is refused at once`() async throws {
    try await withServer {
      $0.limits.digestWait = .zero
    } _: { server in
      let record = try await server.sample()
      let known = Api.slug(record.entrants[0].team)
      let notYet = try await server.http.get("/api/v1/teams/2000/\(known)")
      #expect(notYet.status == 503 && notYet["retry-after"] == "2")
      #expect(JSON(notYet).text("code") == "not-ready")
      let unknown = JSON(try await server.http.get("/api/v1/teams/2000/minardi"))
      #expect(unknown.text("code") == "unknown-team")
      #expect((unknown["known"] as? [String])?.contains(known) == true, "\(unknown)")
    }
  }

  @Test func `the heatmap lays ranked runs over the model`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.token("Cell").token
      let start = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"ADL"}"#, token: token))
      let id = try #require(start.text("id"))
      let lapCount = try #require(start.number("laps"))
      var run = JSON(
        try await server.http.post("/api/v1/simulate/\(id)/advance", "{\"toLap\":\(lapCount / 2)}", token: token))
      let stop = try #require(run["next", "lap"] as? Int)
      let own = try #require(run["tyre", "compound"] as? String)
      let other: String = ["HARD", "MEDIUM", "SOFT"].first { $0 != own } ?? "HARD"
      let body = "{\"lap\":\(stop),\"kind\":\"pit\",\"compound\":\"\(other)\"}"
      let decided = try await server.http.post("/api/v1/simulate/\(id)/decisions", body, token: token)
      #expect(decided.status == 200, "\(decided.text)")
      let early = try await server.http.get("/api/v1/simulate/\(id)/review", token: token)
      #expect(JSON(early).text("code") == "not-finished")
      run = JSON(try await server.http.post("/api/v1/simulate/\(id)/finish", token: token))
      while run.text("status") == "running", let next = run["next", "lap"] as? Int {
        let tyre = (run["next", "compounds"] as? [String])?.first ?? "HARD"
        let body = "{\"lap\":\(next),\"kind\":\"pit\",\"compound\":\"\(tyre)\"}"
        _ = try await server.http.post("/api/v1/simulate/\(id)/decisions", body, token: token)
        run = JSON(try await server.http.post("/api/v1/simulate/\(id)/finish", token: token))
      }
      try #require(run.text("status") == "finished", "\(run)")
      let position = try #require(run.number("position"), "\(run)")
      let stops = run.array("stops").count
      try #require((1...2).contains(stops), "\(run)")
      let map = JSON(
        try await server.http.get("/api/v1/heatmap/sample/2000?stops=\(stops)&minPosition=\(position)"))
      #expect(map.number("runs") == 1 && map.text("basis") == "crowd", "\(map)")
      #expect(map.array("cells").contains { $0["runs"] as? Int == 1 && $0["first"] as? Int == stop })
      #expect(map.array("cells").contains { $0["modelMilliseconds"] as? Int == 0 } || stops != 1)
      let laps = run.array("stops").compactMap { $0["lap"] as? Int }
      let cell = "first=\(laps[0])" + (laps.count > 1 ? "&second=\(laps[1])" : "")
      let runs = JSON(try await server.http.get("/api/v1/heatmap/sample/2000/runs?\(cell)"))
      #expect(runs.array("runs").map { $0["simulation"] as? String } == [id], "\(runs)")
      #expect(runs.array("runs").first?["name"] as? String == "Cell")
      #expect(try await server.http.get("/api/v1/heatmap/sample/2000/runs").status == 400)
      #expect(JSON(try await server.http.get("/api/v1/heatmap/sample/2000/runs?first=3")).array("runs").isEmpty)
      let csv = try await server.http.get("/api/v1/heatmap/sample/2000?stops=1&format=csv")
      #expect(csv.text.hasPrefix("firstLap,secondLap"))
      #expect(try await server.http.get("/api/v1/heatmap/sample/2000?stops=3").status == 400)

      let review = JSON(try await server.http.get("/api/v1/simulate/\(id)/review", token: token))
      #expect(
        review.array("stops").count == stops && (review["optimum"] as? [String: Any])?["iq"] as? Int == 100, "\(review)"
      )
      #expect(review["real"] != nil && review["unforeseeing"] != nil)
      let stranger = try await server.token("Stranger").token
      #expect(try await server.http.get("/api/v1/simulate/\(id)/review", token: stranger).status == 403)
    }
  }

  @Test func `pit laps are a table for engineers and end blindness`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.token("Engineer").token
      let table = JSON(try await server.http.get("/api/v1/races/2000/sample/pitlaps/ADL", token: token))
      let rows = table.array("pitLaps")
      #expect(rows.count > 10 && rows.contains { $0["regretMilliseconds"] as? Int == 0 }, "\(table)")
      let csv = try await server.http.get("/api/v1/races/2000/sample/pitlaps/ADL?format=csv")
      #expect(csv.text.split(separator: "\r\n").count == rows.count + 1)
      let body = #"{"race":"2000/sample","driver":"ADL"}"#
      #expect(JSON(try await server.http.post("/api/v1/simulate", body, token: token))["ranked"] as? Bool == false)
    }
  }

  @Test func `a race names the calls that mattered`() async throws {
    try await withServer { server in
      try await server.sample()
      let race = JSON(try await server.http.get("/api/v1/races/2000/sample"))
      #expect(race.array("decisionPoints").count == 3, "\(race)")
    }
  }
}
