import Events
import Racing
import TestSupport
import Testing

@testable import Server

/// Runs over HTTP: started, decided, finished; refused, repeated, forked.
struct PlayingTests {
  @Test func `a guest plays a whole plan for practice`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.guest()
      let body = #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM","stops":[{"lap":25,"compound":"HARD"}]}"#
      let answer = try await server.http.post("/api/v1/simulate", body, token: token)
      let run = JSON(answer)
      #expect(answer.status == 201, "\(answer.text)")
      #expect(run.text("status") == "finished")
      #expect(run["result", "ranked"] as? Bool == false)
      #expect(run["synthetic"] as? Bool == true)
      #expect(run.number("position") ?? 0 > 0)
      #expect(answer["Location"] == run.text("id").map { "/api/v1/simulate/\($0)" })
      let optimum = try #require(run["result", "optimumMilliseconds"] as? Int)
      let total = try #require(run["result", "totalMilliseconds"] as? Int)
      #expect(total >= optimum)
      #expect(run["result", "toOptimumMilliseconds"] as? Int == total - optimum)
    }
  }

  @Test func `a ranked run is played lap by lap, and shows what decisions cost at the end only`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.token("Ada").token
      let started = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"BOK"}"#, token: token))
      let id = try #require(started.text("id"), "\(started)")
      #expect(started["ranked"] as? Bool == true)
      #expect(started.number("lap") == 1)
      let tyres = try #require(started["next", "compounds"] as? [String])
      let own = try #require(started["tyre", "compound"] as? String)
      var run = JSON(try await server.http.post("/api/v1/simulate/\(id)/advance", #"{"toLap":20}"#, token: token))
      #expect(run["result"] == nil)
      let lap = try #require(run["next", "lap"] as? Int)
      let other = ["HARD", "MEDIUM", "SOFT"].first { $0 != own } ?? "HARD"
      let decided = try await server.http.post(
        "/api/v1/simulate/\(id)/decisions", #"{"lap":\#(lap),"kind":"pit","compound":"\#(other)"}"#, token: token)
      #expect(decided.status == 200, "\(decided.text) \(tyres)")
      run = JSON(decided)
      #expect(run.array("decisions").allSatisfy { ($0["regretMilliseconds"] as? Int) == nil })
      run = JSON(try await server.http.post("/api/v1/simulate/\(id)/finish", token: token))
      while run.text("status") == "running", let next = run["next", "lap"] as? Int {
        let tyre = (run["next", "compounds"] as? [String])?.first ?? "HARD"
        let body = #"{"lap":\#(next),"kind":"pit","compound":"\#(tyre)"}"#
        run = JSON(try await server.http.post("/api/v1/simulate/\(id)/decisions", body, token: token))
        run = JSON(try await server.http.post("/api/v1/simulate/\(id)/finish", token: token))
      }
      #expect(run.text("status") == "finished", "\(run)")
      #expect(run["result", "ranked"] as? Bool == true)
      #expect(run.array("decisions").allSatisfy { ($0["regretMilliseconds"] as? Int) != nil })
      let again = JSON(try await server.http.get("/api/v1/simulate/\(id)", token: token))
      #expect(again["result", "iq"] as? Double == run["result", "iq"] as? Double)
    }
  }

  @Test func `tower and field show everybody up to the lap`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.guest()
      let started = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"BOK"}"#, token: token))
      let id = try #require(started.text("id"), "\(started)")
      let run = JSON(try await server.http.post("/api/v1/simulate/\(id)/advance", #"{"toLap":9}"#, token: token))
      let tower = run.array("tower")
      #expect(tower.count > 10)
      #expect(tower.contains { $0["driver"] as? String == "BOK" && $0["gapMilliseconds"] as? Int == 0 })
      #expect(run["next", "rejoins"] != nil)
      let field = JSON(try await server.http.get("/api/v1/simulate/\(id)/field", token: token))
      #expect(field.number("lap") == run.number("lap"))
      #expect(field.array("cars").count == tower.count)
      let other = try await server.http.get("/api/v1/simulate/\(id)/field", token: try await server.guest())
      #expect(other.status == 403)
    }
  }

  @Test func `a drive ends where the player said, and says at what`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.guest()
      let started = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"BOK"}"#, token: token))
      let path = "/api/v1/simulate/\(try #require(started.text("id"), "\(started)"))/advance"
      let unknown = try await server.http.post(path, #"{"stopOn":["rain"]}"#, token: token)
      #expect(unknown.status == 400 && JSON(unknown).text("pointer") == "/stopOn", "\(unknown.text)")
      #expect(try await server.http.post(path, #"{"stopOn":"place"}"#, token: token).status == 400)
      var reasons: Set<String> = []
      for _ in 0..<40 {
        let answer = JSON(
          try await server.http.post(path, #"{"toLap":30,"stopOn":["rivalStop","place"]}"#, token: token))
        guard let reason = answer["interruption", "reason"] as? String else { break }
        reasons.insert(reason)
        #expect(answer["interruption", "lap"] as? Int == answer.number("lap").map { $0 + 1 })
        switch reason {
        case "place": #expect(answer["interruption", "place"] as? Int == answer.number("place"))
        case "rivalStop":
          let driver = answer["interruption", "driver"] as? String
          #expect(answer.array("tower").contains { $0["driver"] as? String == driver && $0["inLane"] as? Bool == true })
        case let other: #expect(other == "trackStatus" || other == "mustStop")
        }
        if reason == "mustStop" || answer.number("lap") == 30 { break }
      }
      #expect(reasons.contains("place") || reasons.contains("rivalStop"), "\(reasons)")
    }
  }

  @Test func `the same key gives the same answer, and another command under it is refused`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.guest()
      let body = #"{"race":"2000/sample","driver":"ADL"}"#
      let key = ["Idempotency-Key": "my first run"]
      let first = try await server.http.post("/api/v1/simulate", body, token: token, headers: key)
      let second = try await server.http.post("/api/v1/simulate", body, token: token, headers: key)
      #expect(first.status == 201 && second.status == 200, "\(second.text)")
      #expect(JSON(first).text("id") == JSON(second).text("id"))
      #expect(JSON(first).number("position") == JSON(second).number("position"))
      #expect(JSON(second)["repeated"] as? Bool == true)
      #expect(second["Idempotency-Key"] == "my first run")
      let other = try await server.http.post(
        "/api/v1/simulate", #"{"race":"2000/sample","driver":"BOK"}"#, token: token, headers: key)
      #expect(JSON(other).text("code") == "key-reused" && other.status == 422, "\(other.text)")
      let stranger = try await server.guest()
      let theirs = try await server.http.post("/api/v1/simulate", body, token: stranger, headers: key)
      #expect(theirs.status == 201, "a key belongs to its account")
      #expect(JSON(theirs).text("id") != JSON(first).text("id"))
    }
  }

  @Test func `refusals say what was found and what would do`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.guest()
      let start = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"ADL"}"#, token: token))
      let id = try #require(start.text("id"))
      let decisions = "/api/v1/simulate/\(id)/decisions"
      _ = try await server.http.post("/api/v1/simulate/\(id)/advance", #"{"toLap":5}"#, token: token)
      let past = try await server.http.post(decisions, #"{"lap":3,"kind":"pit","compound":"HARD"}"#, token: token)
      #expect(past.status == 409 && JSON(past).text("code") == "decision-in-the-past", "\(past.text)")
      #expect(JSON(past).number("found") == 3 && JSON(past).number("lastLapDriven") == 5)
      let state = JSON(try await server.http.get("/api/v1/simulate/\(id)", token: token))
      let lap = try #require(state["next", "lap"] as? Int)
      let pit = #"{"lap":\#(lap),"kind":"pit","compound":"HARD"}"#
      #expect(try await server.http.post(decisions, pit, token: token).status == 200)
      let twice = try await server.http.post(decisions, pit, token: token)
      #expect(twice.status == 409 && JSON(twice).text("code") == "conflict", "\(twice.text)")
      #expect(JSON(twice).text("found") == "HARD")
      for body in [
        #"{"lap":9,"kind":"pit","compound":"HARD","pace":"push"}"#, #"{"lap":9,"kind":"stay","compound":"HARD"}"#,
        #"{"lap":9,"kind":"pace","pace":"push","compound":"HARD"}"#,
      ] {
        let both = try await server.http.post(decisions, body, token: token)
        #expect(both.status == 400 && JSON(both)["code"] as? String == "invalid-value", "\(body): \(both.text)")
      }
      let beyond = try await server.http.post(decisions, #"{"lap":900,"kind":"stay"}"#, token: token)
      #expect(beyond.status == 422 && JSON(beyond).text("detail")?.contains("900") == true, "\(beyond.text)")
      let oneTyre = #"{"race":"2000/sample","driver":"ADL","start":"HARD","stops":[{"lap":25,"compound":"HARD"}]}"#
      let rule = try await server.http.post("/api/v1/simulate", oneTyre, token: token)
      #expect(rule.status == 422 && JSON(rule).text("code") == "rule-refused", "\(rule.text)")
      let stranger = try await server.guest()
      let foreign = try await server.http.get("/api/v1/simulate/\(id)", token: stranger)
      #expect(foreign.status == 403, "\(foreign.text)")
      let nobody = try await server.http.get("/api/v1/simulate/00000000-0000-7000-8000-000000000000", token: token)
      #expect(nobody.status == 404 && JSON(nobody).text("code") == "unknown-simulation")
      #expect(try await server.http.get("/api/v1/simulate/nonsense", token: token).status == 404)
    }
  }

  @Test func `runs are forked and given up`() async throws {
    try await withServer { server in
      try await server.sample()
      let token = try await server.token("Forker").token
      let start = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"ADL"}"#, token: token))
      let id = try #require(start.text("id"))
      _ = try await server.http.post("/api/v1/simulate/\(id)/advance", #"{"toLap":8}"#, token: token)
      let state = JSON(try await server.http.get("/api/v1/simulate/\(id)", token: token))
      let lap = try #require(state.number("lap"))
      let forked = try await server.http.post("/api/v1/simulate/\(id)/fork", #"{"lap":\#(lap)}"#, token: token)
      #expect(forked.status == 201 && JSON(forked).text("forkOf") == id, "\(forked.text)")
      #expect(JSON(forked)["ranked"] as? Bool == false)
      let gone = try await server.http.post("/api/v1/simulate/\(id)/abandon", token: token)
      #expect(JSON(gone).text("status") == "abandoned")
      let late = try await server.http.post("/api/v1/simulate/\(id)/advance", token: token)
      #expect(late.status == 409 && JSON(late).text("code") == "already-finished", "\(late.text)")
    }
  }
}
