import EventStore
import Events
import Foundation
import Racing
import Testing

@testable import Server

extension ServerParts {
  /// The autopsies that the log says were computed of a race.
  fileprivate func events(of race: RaceKey) async throws -> [AutopsyComputed] {
    var found: [AutopsyComputed] = []
    for event in try await log.reader.events(of: StreamID(race: race)) {
      if case .autopsyComputed(let computed) = event.event { found.append(computed) }
    }
    return found
  }
}

/// Who lost the race, and why, over HTTP.
struct AutopsyTests {
  @Test func `an autopsy adds up and is answered from storage ever after`() async throws {
    try await withServer {
      $0.replicates = 10
    } _: { server in
      let record = try await server.sample()
      let code = try #require(record.entrants.first { $0.result.position == 2 }).code
      let first = try await server.http.get("/api/v1/autopsy/2000/sample/\(code)")
      #expect(first.status == 200, "\(first.text)")
      let answer = JSON(first)
      let costs = answer.array("costs")
      let sum = costs.reduce(0) { $0 + (($1["milliseconds"] as? NSNumber)?.intValue ?? 0) }
      let residual = try #require(answer.number("residualMilliseconds"))
      #expect(costs.count == 6 && sum + residual == answer.number("totalLossMilliseconds"))
      #expect(answer.number("replicates") == 10)
      #expect(answer.text("verdict")?.hasPrefix("\(code) ") == true)
      let stored = try #require(
        try await server.parts.library.store.autopsyBytes(
          recordDigest: record.digest, modelVersion: server.parts.library.modelVersion, driver: code))
      #expect(first.text.contains(String(decoding: stored, as: UTF8.self)))
      let events = try await server.parts.events(of: record.key)
      #expect(events.count == 1 && events[0].driver == code && events[0].record == record.digest)
      #expect(events[0].totalLoss == answer.number("totalLossMilliseconds").map(Int64.init))
      // What is stored is what is answered: another text in storage shows that the model is not asked again.
      let changed = String(decoding: stored, as: UTF8.self)
        .replacing(#""verdict":"\#(code) "#, with: #""verdict":"as stored: \#(code) "#)
      try await server.parts.library.store.saveAutopsy(
        Array(changed.utf8), recordDigest: record.digest,
        modelVersion: server.parts.library.modelVersion, driver: record.entrants[0].code)
      let other = try await server.http.get("/api/v1/autopsy/2000/sample/\(record.entrants[0].code)")
      #expect(JSON(other).text("verdict")?.hasPrefix("as stored: ") == true)
      let tag = try #require(first["ETag"])
      let again = try await server.http.get("/api/v1/autopsy/2000/sample/\(code)", headers: ["If-None-Match": tag])
      #expect(again.status == 304)
    }
  }

  @Test func `drivers are compared, and who is unknown is named`() async throws {
    try await withServer {
      $0.replicates = 10
    } _: { server in
      let record = try await server.sample()
      let codes = record.entrants.filter { ($0.result.position ?? 99) <= 3 }.map(\.code)
      let path = "/api/v1/autopsy/2000/sample/\(codes[1])"
      let there = JSON(try await server.http.get("\(path)?reference=\(codes[0])"))
      let back = JSON(try await server.http.get("/api/v1/autopsy/2000/sample/\(codes[0])?reference=\(codes[1])"))
      #expect(there.number("totalLossMilliseconds") == back.number("totalLossMilliseconds").map { -$0 })
      #expect(try await server.http.get("\(path)?reference=winner").status == 200)
      #expect(try await server.http.get("\(path)?reference=teammate").status == 200)
      #expect(try await server.http.get("\(path)?reference=ZZZ").status == 422)
      #expect(JSON(try await server.http.get("/api/v1/autopsy/2000/sample/ZZZ")).text("code") == "unknown-driver")
      #expect(try await server.http.get("/api/v1/autopsy/2001/sample/ADL").status == 404)
      #expect(try await server.http.get("\(path)?colour=red").status == 400)
    }
  }

  @Test func `a race that was too short for a driver says so`() async throws {
    try await withServer {
      $0.replicates = 10
    } _: { server in
      var record = SyntheticRace.generate(seed: 3)
      let code = record.entrants[5].code
      record.entrants[5].laps = Array(record.entrants[5].laps.prefix(8))
      record.entrants[5].pitStops = []
      record.entrants[5].result = Classification(position: nil, status: "Engine", laps: 8)
      _ = try await server.parts.importer.take(record)
      let answer = JSON(try await server.http.get("/api/v1/autopsy/2000/sample/\(code)"))
      #expect(answer.text("code") == "no-autopsy" && answer.text("reason") == "too_few_laps", "\(answer)")
    }
  }

  @Test func `whoever has seen an autopsy plays for practice`() async throws {
    try await withServer {
      $0.replicates = 10
    } _: { server in
      let record = try await server.sample()
      let token = try await server.token("Curious").token
      _ = try await server.http.get("/api/v1/autopsy/2000/sample/\(record.entrants[0].code)", token: token)
      let body = #"{"race":"2000/sample","driver":"ADL"}"#
      #expect(JSON(try await server.http.post("/api/v1/simulate", body, token: token))["ranked"] as? Bool == false)
    }
  }
}
