import EventStore
import Events
import Foundation
import Projections
import Racing
import TestSupport
import Testing

@testable import Server

/// Windows and leaderboards as a crowd plays.
struct CrowdTests {
  @Test func `windows come from the model alone until somebody has played, and are fetched once`() async throws {
    try await withServer { server in
      try await server.sample()
      let answer = try await server.http.get("/api/v1/optimal/sample-ring/2000")
      let windows = JSON(answer)
      #expect(answer.status == 200, "\(answer.text)")
      #expect(windows.text("basis") == "model" && windows["confidence"] == nil && windows.number("users") == 0)
      let stops = windows.array("stops")
      #expect(!stops.isEmpty)
      for stop in stops {
        let window = try #require(stop["window"] as? [String: Int])
        #expect((window["firstLap"] ?? 0) >= 2 && (window["lastLap"] ?? 99) < 57)
        #expect((window["firstLap"] ?? 99) <= (window["lastLap"] ?? 0))
        let density = try #require(stop["densityMillionths"] as? [Int])
        #expect(density.count == 58 && abs(density.reduce(0, +) - 1_000_000) < 100)
        #expect(stop["priorMillionths"] as? [Int] == density, "nobody has played")
      }
      let tag = try #require(answer["ETag"])
      let token = try await server.guest()
      let other = try await server.http.get("/api/v1/optimal/sample-ring/2000", headers: ["If-None-Match": tag])
      #expect(other.status == 304, "registering changes no window")
      #expect(try await server.http.get("/api/v1/optimal/sample/2000").status == 200)
      #expect(JSON(try await server.http.get("/api/v1/optimal/nowhere/2000")).text("code") == "unknown-race")
      _ = try await server.http.get("/api/v1/optimal/sample-ring/2000", token: token)
      let run = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"ADL"}"#, token: token))
      #expect(run["ranked"] as? Bool == false)
    }
  }

  @Test func `a leaderboard is paged, ranks neighbours, and follows the runs`() async throws {
    try await withServer { server in
      let races = 5
      var drivers: [String] = []
      for round in 1...races {
        let record = SyntheticRace.generate(
          seed: UInt64(round), key: RaceKey(season: 2000, round: Int16(round)), slug: "sample-\(round)", laps: 40)
        _ = try await server.parts.importer.take(record)
        let artefact = try await server.parts.library.artefact(of: record.key)
        drivers.append(try #require(artefact.cars.first { $0.isPlayable }).code.description)
      }
      var position = 0
      var ids: [String] = []
      for player in 0..<4 {
        let (token, account) = try await server.token("Player \(player)")
        ids.append(account.id.description)
        for round in 1...races { position = try await play(server, round, drivers[round - 1], player, token) }
      }
      let all = JSON(try await server.http.get("/api/v1/leaderboard?minPosition=\(position)"))
      #expect(all.number("listed") == 4, "\(all)")
      let rows = all.array("rows")
      #expect(Set(rows.compactMap { $0["user"] as? String }) == Set(ids))
      #expect(rows.allSatisfy { ($0["name"] as? String)?.hasPrefix("Player ") == true && $0["races"] as? Int == 5 })
      let ratings = rows.compactMap { ($0["iq"] as? NSNumber)?.doubleValue }
      #expect(ratings == ratings.sorted(by: >) && ratings.count == 4)
      for (row, rating) in zip(rows, ratings) {
        #expect(row["rank"] as? Int == 1 + ratings.filter { $0 > rating }.count)
      }
      var paged: [String] = []
      var path = "/api/v1/leaderboard?season=2000&limit=1"
      for _ in 0..<10 {
        let page = try await server.http.get(path)
        paged += JSON(page).array("rows").compactMap { $0["user"] as? String }
        guard let next = page["Link"]?.split(separator: ">").first?.dropFirst() else { break }
        path = String(next)
      }
      #expect(paged == rows.compactMap { $0["user"] as? String })
      let around = JSON(try await server.http.get("/api/v1/leaderboard/around/\(ids[0])?limit=3"))
      #expect(around.array("rows").contains { $0["user"] as? String == ids[0] })
      let stranger = try await server.http.get("/api/v1/leaderboard/around/\(UserID(high: 1, low: 2))")
      #expect(stranger.status == 404 && JSON(stranger).text("code") == "unknown-user")
      let none = JSON(try await server.http.get("/api/v1/leaderboard?circuit=nowhere"))
      #expect(none.number("listed") == 0)
      #expect(try await server.http.get("/api/v1/leaderboard?season=2000&circuit=x").status == 400)
      #expect(try await server.http.get("/api/v1/leaderboard?after=x").status == 400)
      #expect(try await server.http.get("/api/v1/leaderboard?limit=501").status == 400)
      try await compareRebuild(server)
    }
  }

  /// Plays a ranked run to its end with as many stops as the rules force, from a lap that depends on the player.
  private func play(
    _ server: TestServer, _ round: Int, _ driver: String, _ player: Int, _ token: String
  ) async throws -> Int {
    let body = #"{"race":"2000/sample-\#(round)","driver":"\#(driver)"}"#
    var run = JSON(try await server.http.post("/api/v1/simulate", body, token: token))
    let id = try #require(run.text("id"), "\(run)")
    let path = "/api/v1/simulate/\(id)"
    _ = try await server.http.post("\(path)/advance", #"{"toLap":\#(5 + 3 * player)}"#, token: token)
    run = try await server.finish(id, token: token)
    #expect(run.text("status") == "finished" && run["result", "ranked"] as? Bool == true, "\(run)")
    return try #require(run.number("position"))
  }

  private func compareRebuild(_ server: TestServer) async throws {
    let (live, position) = server.parts.live.read { model, position in (model.stateHash, position) }
    let outcome = try await Rebuild(server.parts).run(through: position)
    #expect(outcome.stateHash == live && outcome.position == position)
    let pages = try await server.parts.log.reader.events(after: .zero, limit: 1)
    #expect(pages.first?.position.rawValue == 1)
  }
}
