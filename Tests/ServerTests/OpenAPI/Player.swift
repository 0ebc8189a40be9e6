import Commands
import Events
import Testing

@testable import Server

/// Somebody who may try everything that is described, with a run, a finished run and an account to hand.
struct Player {
  private let server: TestServer
  private var token: String
  private var ids: [PathVariable: String]

  init(_ server: TestServer) async throws {
    self.server = server
    let (token, account) = try await server.token("Player \(UInt32.random(in: 0...UInt32.max))")
    // Granted before the token is used: what an account may do is remembered for a minute.
    _ = try await server.parts.commands.setRight(
      .operating, of: account.id, isGranted: true, id: CommandID(name: "operate:\(account.id)"))
    self.token = token
    ids = [.id: account.id.description, .user: account.id.description]
  }

  /// Asks at the example's address with another query, or another body.
  func ask(_ route: Endpoint.Route, query: String = "", body: String? = nil) async throws -> HTTPClient.Answer {
    let path = String(filled(route).prefix { $0 != "?" })
    let required = route.endpoint.contract.query.filter { $0.isRequired && !query.hasPrefix("\($0.name)=") }
    let parts = (query.isEmpty ? [] : [query]) + required.map { "\($0.name)=1" }
    let target = path + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    return try await server.http.send(
      route.method, target, body: body ?? route.endpoint.contract.body?.example, token: token)
  }

  /// The example itself.
  func example(_ route: Endpoint.Route) async throws -> HTTPClient.Answer {
    try await server.http.send(
      route.method, filled(route), body: route.endpoint.contract.body?.example, token: token)
  }

  /// Puts what an example speaks of in place: a run that goes on, or one that is over.
  mutating func prepare(for endpoint: Endpoint) async throws {
    switch endpoint {
    case .simulation, .raceSoFar, .decide, .advance, .finish, .abandon, .auditSimulation:
      ids[.id] = try await newRun(#"{"race":"2000/sample","driver":"ADL","start":"MEDIUM"}"#)
    case .fork:
      ids[.id] = try await newRun(#"{"race":"2000/sample","driver":"ADL","start":"MEDIUM"}"#)
      _ = try await server.http.post("/api/v1/simulate/\(ids[.id] ?? "")/advance", #"{"toLap":3}"#, token: token)
    case .review:
      ids[.id] = try await newRun(
        #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM","stops":[{"lap":25,"compound":"HARD"}]}"#)
    case .auditUser, .history: ids[.id] = ids[.user]
    default: break
    }
  }

  private func newRun(_ body: String) async throws -> String {
    let answer = try await server.http.post("/api/v1/simulate", body, token: token)
    return try #require(JSON(answer).text("id"), "\(answer.text)")
  }

  private func filled(_ route: Endpoint.Route) -> String {
    var target = route.exampleTarget
    for (variable, value) in ids where route.variables.contains(variable) {
      target = target.replacing("/\(variable.parameter.example ?? "")", with: "/\(value)")
    }
    return target
  }
}
