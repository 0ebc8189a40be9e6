import Events
import Foundation
import Racing
import TestSupport
import Testing

@testable import Server

/// Questions over HTTP, with validators, pages, positions and accounts.
struct QueryTests {
  @Test func `races are listed without results, and fetched once`() async throws {
    try await withServer { server in
      let record = try await server.sample()
      let list = try await server.http.get("/api/v1/races")
      #expect(list.status == 200)
      let races = JSON(list).array("races")
      #expect(races.count == 1 && races[0]["gp"] as? String == "sample" && races[0]["synthetic"] as? Bool == true)
      #expect((races[0]["drivers"] as? [[String: Any]])?.count == record.entrants.count)
      #expect(JSON(list).text("model")?.isEmpty == false)
      let tag = try #require(list["ETag"])
      let again = try await server.http.get("/api/v1/races", headers: ["If-None-Match": tag])
      #expect(again.status == 304 && again.body.isEmpty && again["ETag"] == tag)
      #expect(try await server.http.get("/api/v1/races", headers: ["If-None-Match": "\"x\""]).status == 200)
      let empty = JSON(try await server.http.get("/api/v1/races?season=1999"))
      #expect(empty.array("races").isEmpty)
      let one = JSON(try await server.http.get("/api/v1/races/2000/sample"))
      #expect(one["race", "digest"] as? String == record.digest)
      #expect((one["modelled", "playable"] as? [String])?.contains("ADL") == true)
    }
  }

  @Test func `laps come as JSON and as CSV, and both say what the record says`() async throws {
    try await withServer { server in
      let record = try await server.sample()
      let answer = JSON(try await server.http.get("/api/v1/races/2000/sample/laps?driver=ADL"))
      let columns = try #require(answer["columns"] as? [String])
      let rows = try #require(answer["drivers", "0", "laps"] as? [[Any]])
      let laps = try #require(record.entrants.first { $0.code.description == "ADL" }).laps
      #expect(rows.count == laps.count && rows.allSatisfy { $0.count == columns.count })
      let time = try #require(columns.firstIndex(of: "timeMilliseconds"))
      for (row, lap) in zip(rows, laps) { #expect((row[time] as? NSNumber)?.int64Value == lap.timeMilliseconds) }
      let csv = try await server.http.get("/api/v1/races/2000/sample/laps", headers: ["Accept": "text/csv"])
      #expect(csv["Content-Type"]?.hasPrefix("text/csv") == true)
      #expect(csv.text.split(separator: "\r\n").count == 1 + record.entrants.map(\.laps.count).reduce(0, +))
      #expect(try await server.http.get("/api/v1/races/2000/sample/laps?format=csv").body == csv.body)
      #expect(try await server.http.get("/api/v1/races/2000/sample/laps?format=xml").status == 406)
      #expect(try await server.http.get("/api/v1/races/2000/sample/laps?driver=ZZZ").status == 422)
    }
  }

  @Test func `whoever has seen the laps plays for practice`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.token("Curious").token
      _ = try await server.http.get("/api/v1/races/2000/sample/laps", token: token)
      let body = #"{"race":"2000/sample","driver":"ADL"}"#
      let run = JSON(try await server.http.post("/api/v1/simulate", body, token: token))
      #expect(run["ranked"] as? Bool == false, "\(run)")
      let other = try await server.token("Innocent").token
      _ = try await server.http.get("/api/v1/races/2000/sample", token: other)
      #expect(JSON(try await server.http.post("/api/v1/simulate", body, token: other))["ranked"] as? Bool == true)
    }
  }

  @Test func `accounts say who they are`() async throws {
    try await withServer { server in
      let (token, account) = try await server.token("Ada Lovelace")
      let me = JSON(try await server.http.get("/api/v1/auth/me", token: token))
      #expect(me.text("id") == account.id.description && me.text("name") == "Ada Lovelace")
      #expect(me["mayBeRanked"] as? Bool == true)
      let guest = JSON(try await server.http.get("/api/v1/auth/me", token: try await server.guest()))
      #expect(guest.text("kind") == "guest" && guest["name"] == nil && guest["mayBeRanked"] as? Bool == false)
      await #expect(throws: AccountError.nameTaken("ada lovelace")) {
        try await server.parts.accounts.register(kind: .registered, name: "ada lovelace")
      }
      await #expect(throws: AccountError.malformedName("")) {
        try await server.parts.accounts.register(kind: .registered, name: "")
      }
      #expect(try await server.parts.accounts.revokeTokens(of: account.id) == 1)
      #expect(try await server.http.get("/api/v1/auth/me", token: token).status == 401)
    }
  }

  @Test func `a query waits for a position, and says when it does not come`() async throws {
    try await withServer {
      $0.limits.positionWait = .milliseconds(150)
    } _: { server in
      try await server.sample()
      let token = try await server.guest()
      for _ in 0..<5 {
        let body = #"{"race":"2000/sample","driver":"ADL"}"#
        let position = try #require(
          JSON(try await server.http.post("/api/v1/simulate", body, token: token)).number("position"))
        let answer = try await server.http.get("/api/v1/leaderboard?minPosition=\(position)")
        #expect(answer.status == 200 && JSON(answer).number("position") ?? 0 >= position, "\(answer.text)")
      }
      let late = try await server.http.get("/api/v1/leaderboard?minPosition=1000000")
      #expect(late.status == 504 && JSON(late).text("code") == "position-not-reached", "\(late.text)")
      #expect(late["Retry-After"] == "1" && JSON(late).number("expected") == 1_000_000)
      #expect(try await server.http.get("/api/v1/leaderboard?minPosition=-1").status == 400)
    }
  }

  @Test func `every decision is audited, page by page`() async throws {
    try await withServer { server in
      try await server.sample()
      let (token, account) = try await server.token("Audited")
      let body = #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM","stops":[{"lap":25,"compound":"HARD"}]}"#
      var last: JSON?
      for _ in 0..<3 { last = JSON(try await server.http.post("/api/v1/simulate", body, token: token)) }
      let run = try #require(last)
      let position = try #require(run.number("position"))
      var path = "/api/v1/audit/users/\(account.id)/decisions?limit=2&minPosition=\(position)"
      var rows: [[String: Any]] = []
      for _ in 0..<20 {
        let answer = try await server.http.get(path)
        #expect(answer.status == 200, "\(answer.text)")
        rows += JSON(answer).array("decisions")
        guard let next = answer["Link"]?.split(separator: ">").first?.dropFirst() else { break }
        path = String(next)
      }
      let positions = rows.compactMap { $0["position"] as? Int }
      #expect(positions == positions.sorted() && Set(positions).count == rows.count)
      #expect(rows.count == 3 * run.array("decisions").count, "\(rows)")
      #expect(rows.allSatisfy { $0["regretMilliseconds"] as? Int != nil && $0["optimal"] as? Bool != nil })
      let id = try #require(run.text("id"))
      let events = JSON(try await server.http.get("/api/v1/audit/simulations/\(id)")).array("events")
      #expect(events.first?["type"] as? String == "SimulationStarted")
      #expect(events.last?["type"] as? String == "SimulationFinished")
      #expect(events.compactMap { $0["version"] as? Int } == Array(1...events.count))
      #expect(try await server.http.get("/api/v1/audit/users/\(UserID(high: 1, low: 1))/decisions").status == 404)
      #expect(try await server.http.get("/api/v1/audit/simulations/\(UserID(high: 1, low: 1))").status == 404)
    }
  }

  @Test func `a run that goes on hides what its decisions cost, and from others everything`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.token("Secretive").token
      let run = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"ADL"}"#, token: token))
      let id = try #require(run.text("id"))
      let own = try await server.http.get("/api/v1/audit/simulations/\(id)", token: token)
      #expect(own.status == 200 && !own.text.contains("\"optimum\""), "\(own.text)")
      #expect(try await server.http.get("/api/v1/audit/simulations/\(id)").status == 403)
    }
  }

  @Test func `operations`() async throws {
    try await withServer { server in
      _ = try await server.http.get("/api/v1/races")
      for prefix in ["", "/api/v1"] {
        let health = JSON(try await server.http.get("\(prefix)/health"))
        #expect(health.text("status") == "ok" && health["projections", "caughtUp"] as? Bool == true)
        #expect(try await server.http.get("\(prefix)/ready").status == 200)
        let metrics = try await server.http.get("\(prefix)/metrics")
        #expect(metrics["Content-Type"]?.hasPrefix("text/plain") == true)
        #expect(metrics.text.contains(#"blame_http_requests_total{route="races",status="2xx"} 1"#))
        #expect(metrics.text.contains("blame_projection_lag_events 0\n"))
      }
      let head = try await server.http.send("HEAD", "/api/v1/races")
      #expect(head.status == 200 && head.body.isEmpty && Int(head["Content-Length"] ?? "") ?? 0 > 10)
      let index = JSON(try await server.http.get("/api/v1")).array("endpoints")
      #expect(index.count == Endpoint.routes.count)
    }
  }

  @Test func `the page needs nothing from anywhere else`() async throws {
    try await withServer { server in
      try await server.sample()
      let page = try await server.http.get("/")
      #expect(page.status == 200 && page["Content-Type"] == "text/html; charset=utf-8")
      #expect(page.text.contains("Sample Grand Prix") && page.text.contains("synthetic"))
      #expect(page["Content-Security-Policy"]?.contains("default-src 'none'") == true)
      for reference in page.text.matches(of: #/(?:href|src|action|url)\s*[=(]\s*["']?([^"')>]*)/#) {
        #expect(reference.output.1.hasPrefix("/") && !reference.output.1.hasPrefix("//"), "\(reference.output.0)")
      }
      #expect(!page.text.contains("<script") && !page.text.contains("style=") && !page.text.contains("onclick"))
      let links = page.text.matches(of: #/href="([^"]+)"/#).map { String($0.output.1) }
      for link in links { #expect(try await server.http.get(link).status == 200, "\(link)") }
    }
  }
}
