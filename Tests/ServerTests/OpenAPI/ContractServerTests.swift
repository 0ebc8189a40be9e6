import Events
import Foundation
import TestSupport
import Testing

@testable import Server

/// A live server takes and answers what is written about it.
@Suite(.timeLimit(.minutes(10)))
struct ContractServerTests {
  @Test func `the description is served, with a validator`() async throws {
    try await withServer { server in
      let first = try await server.http.get("/api/v1/openapi.json")
      #expect(first.status == 200 && first.body == OpenAPIDocument.bytes)
      let tag = try #require(first["ETag"])
      #expect(try await server.http.get("/api/v1/openapi.json", headers: ["If-None-Match": tag]).status == 304)
      let page = try await server.http.get("/api/v1/reference")
      #expect(page.status == 200 && page["Content-Security-Policy"]?.contains("script") == false)
      #expect(!page.text.contains("<script"))
      for route in Endpoint.routes { #expect(page.text.contains(route.path), "\(route.path)") }
    }
  }

  @Test func `parameters that are not described are refused, and the described ones are named`() async throws {
    try await withServer { server in
      for route in Endpoint.routes where route.endpoint != .ping {
        let player = try await Player(server)
        let answer = try await player.ask(route, query: "surely-unknown=1")
        #expect(JSON(answer).text("code") == "unknown-parameter", "\(route.path): \(answer.text)")
        for name in route.endpoint.contract.queryNames {
          #expect(JSON(answer).text("detail")?.contains(name) == true, "\(route.path)")
        }
      }
    }
  }

  @Test func `described parameters are read, and hold to their bounds`() async throws {
    try await withServer { server in
      try await server.sample()
      let player = try await Player(server)
      for route in Endpoint.routes {
        for parameter in route.endpoint.contract.query {
          for value in parameter.schema.wrongValues {
            let answer = try await player.ask(route, query: "\(parameter.name)=\(value)")
            #expect((400..<500).contains(answer.status), "\(route.path) \(parameter.name)=\(value): \(answer.text)")
            #expect(JSON(answer).text("parameter") == parameter.name, "\(route.path) \(parameter.name): \(answer.text)")
          }
        }
      }
    }
  }

  @Test func `bodies have the described members and no others, of the described types`() async throws {
    try await withServer { server in
      try await server.sample()
      let player = try await Player(server)
      for route in Endpoint.routes {
        guard let body = route.endpoint.contract.body else { continue }
        let stranger = try await player.ask(route, body: #"{"surelyUnknown":1}"#)
        #expect(JSON(stranger).text("code") == "unknown-field", "\(route.path): \(stranger.text)")
        let known = JSON(stranger)["known"] as? [String]
        #expect(Set(known ?? []) == Set(body.schema.members.map(\.name)), "\(route.path)")
        for member in body.schema.members {
          let answer = try await player.ask(route, body: try body.example(wrong: member.name))
          #expect(JSON(answer).text("code") == "wrong-type", "\(route.path) \(member.name): \(answer.text)")
          // Of a list, the element that is wrong.
          let pointers = ["/\(member.name)", "/\(member.name)/0"]
          #expect(
            pointers.contains(JSON(answer).text("pointer") ?? ""), "\(route.path) \(member.name): \(answer.text)")
        }
      }
    }
  }

  @Test func `whoever may not ask is told so`() async throws {
    try await withServer {
      $0.replicates = 10
    } _: { server in
      try await server.sample()
      for route in Endpoint.routes where route.endpoint.access != .everyone {
        let body = route.endpoint.contract.body?.example
        let answer = try await server.http.send(route.method, route.exampleTarget, body: body)
        // The first page of a report is for everybody.
        let expected = route.endpoint == .report ? 402 : 401
        #expect(answer.status == expected, "\(route.path): \(answer.text)")
      }
    }
  }

  @Test func `examples work`() async throws {
    let signer = try NoteSigner(name: "test.example/log", secret: Array(repeating: 7, count: 32))
    try await withServer {
      $0.logSigner = signer
      $0.replicates = 10
    } _: { server in
      try await server.sample()
      // The example of a witness speaks of a checkpoint over the first event alone, so it is signed before there are more.
      for _ in 0..<300 where JSON(try await server.http.get("/api/v1/log"))["size"] as? Int != 1 {
        try await Task.sleep(for: .milliseconds(20))
      }
      var player = try await Player(server)
      // Nobody can do anything after having been erased.
      let last = Endpoint.routes.filter { $0.endpoint == .eraseMe }
      for route in Endpoint.routes.filter({ $0.endpoint != .eraseMe && $0.endpoint != .home }) + last {
        try await player.prepare(for: route.endpoint)
        var answer = try await player.example(route)
        // A season's figures are computed in the background.
        for _ in 0..<300 where route.endpoint == .team && answer.status == 404 {
          try await Task.sleep(for: .milliseconds(200))
          answer = try await player.example(route)
        }
        // The signature in the example is nobody's, a tile with more groups needs a longer log, nobody is on the board,
        // the refresh token and the session are made up, the player has no password, and nothing
        // has stopped the projections.
        let expected: Int
        switch route.endpoint {
        case .quarantine: expected = 409
        case .replay, .job, .cancelJob: expected = 404
        case .cosign: expected = 403
        case .refresh: expected = 401
        case .changeEmail, .changePassword: expected = 409
        case .endSession: expected = 404
        case .leaderboardAround, .player: expected = 404
        case .report: expected = 402
        case .tile where route.variables.count != 3: expected = 404
        default: expected = route.endpoint.contract.replies[0].status
        }
        #expect(answer.status == expected, "\(route.method) \(route.path): \(answer.text.prefix(500))")
      }
    }
  }
}

extension Schema {
  /// Values for a query that do not fit.
  fileprivate var wrongValues: [String] {
    switch self {
    case .whole(let bounds):
      var values = ["x", "1.5", "99999999999999999999"]
      if bounds.lowerBound > .min { values.append("\(bounds.lowerBound - 1)") }
      if bounds.upperBound < .max { values.append("\(bounds.upperBound + 1)") }
      return values
    case .words, .either: return ["%21nonsense"]
    case .text(let rule) where rule.pattern != nil: return ["%21nonsense"]
    case .named(_, let schema): return schema.wrongValues
    default: return []
    }
  }
}

extension Contract.Body {
  /// The example with one member of a type that nothing here has.
  fileprivate func example(wrong name: String) throws -> String {
    let value = try JSONSerialization.jsonObject(with: Data(example.utf8))
    var members = try #require(value as? [String: Any])
    members[name] = name == "stops" || name == "sources" ? 7 : [7]
    // A pace is read only where a pace is decided.
    if name == "pace", members["kind"] != nil { members["kind"] = "pace" }
    return String(decoding: try JSONSerialization.data(withJSONObject: members), as: UTF8.self)
  }
}
