/// Everything that can be asked of the server.
package enum Endpoint: Int, Sendable, CaseIterable {
  case home, ping, index, openAPI, reference, health, ready, metrics
  case races, race, laps, pitLaps, autopsy, disagreements
  case importRace, job, cancelJob
  case teams, team, blameHeatmap, heatmap, heatmapRuns
  case startSimulation, simulation, raceSoFar, review, decide, advance, finish, abandon, fork
  case optimal, leaderboard, leaderboardAround
  case auditUser, auditSimulation, receipt, history
  case logFacts, logKey, checkpoint, tile, inclusion, consistency, cosign
  case player, stats, report
  case guest, register, logIn, refresh, logOut
  case me, changeEmail, changePassword, sessions, endSession, export, eraseMe
  case rules, decideRules, quarantine, startReplay, replay

  /// How requests get to an endpoint.
  package struct Route: Sendable {
    /// `GET`, `POST` or `DELETE`.
    package let method: String
    /// The path, with parameters in braces: `/api/v1/races/{year}/{gp}`.
    package let path: String
    /// What is there.
    package let endpoint: Endpoint
    /// Segments of the path; nil is a parameter.
    let pattern: [String?]

    init(_ method: String, _ path: String, _ endpoint: Endpoint) {
      self.method = method
      self.path = path
      self.endpoint = endpoint
      pattern = path.split(separator: "/").map { $0.hasPrefix("{") ? nil : String($0) }
    }
  }

  /// Every address, in the order in which it is documented.
  package static let routes: [Route] = [
    Route("GET", "/", .home),
    Route("GET", "/ping", .ping),
    Route("GET", "/health", .health),
    Route("GET", "/ready", .ready),
    Route("GET", "/metrics", .metrics),
    Route("GET", "/api/v1", .index),
    Route("GET", "/api/v1/openapi.json", .openAPI),
    Route("GET", "/api/v1/reference", .reference),
    Route("GET", "/api/v1/health", .health),
    Route("GET", "/api/v1/ready", .ready),
    Route("GET", "/api/v1/metrics", .metrics),
    Route("GET", "/api/v1/races", .races),
    Route("GET", "/api/v1/races/{year}/{gp}", .race),
    Route("GET", "/api/v1/races/{year}/{gp}/laps", .laps),
    Route("GET", "/api/v1/races/{year}/{gp}/disagreements", .disagreements),
    Route("POST", "/api/v1/races/{year}/{gp}/import", .importRace),
    Route("GET", "/api/v1/jobs/{id}", .job),
    Route("DELETE", "/api/v1/jobs/{id}", .cancelJob),
    Route("GET", "/api/v1/races/{year}/{gp}/pitlaps/{driver}", .pitLaps),
    Route("GET", "/api/v1/teams", .teams),
    Route("GET", "/api/v1/teams/{year}/{team}", .team),
    Route("GET", "/api/v1/heatmap/blame/{year}", .blameHeatmap),
    Route("GET", "/api/v1/heatmap/{circuit}/{year}", .heatmap),
    Route("GET", "/api/v1/heatmap/{circuit}/{year}/runs", .heatmapRuns),
    Route("GET", "/api/v1/autopsy/{year}/{gp}/{driver}", .autopsy),
    Route("POST", "/api/v1/simulate", .startSimulation),
    Route("GET", "/api/v1/simulate/{id}", .simulation),
    Route("GET", "/api/v1/simulate/{id}/field", .raceSoFar),
    Route("GET", "/api/v1/simulate/{id}/review", .review),
    Route("POST", "/api/v1/simulate/{id}/decisions", .decide),
    Route("POST", "/api/v1/simulate/{id}/advance", .advance),
    Route("POST", "/api/v1/simulate/{id}/finish", .finish),
    Route("POST", "/api/v1/simulate/{id}/abandon", .abandon),
    Route("POST", "/api/v1/simulate/{id}/fork", .fork),
    Route("GET", "/api/v1/optimal/{circuit}/{year}", .optimal),
    Route("GET", "/api/v1/leaderboard", .leaderboard),
    Route("GET", "/api/v1/leaderboard/around/{user}", .leaderboardAround),
    Route("GET", "/api/v1/players/{name}", .player),
    Route("GET", "/api/v1/stats", .stats),
    Route("GET", "/api/v1/report/{year}/{gp}/{driver}", .report),
    Route("GET", "/api/v1/audit/users/{id}/decisions", .auditUser),
    Route("GET", "/api/v1/audit/simulations/{id}", .auditSimulation),
    Route("GET", "/api/v1/audit/users/{id}/history", .history),
    Route("GET", "/api/v1/audit/decisions/{position}/receipt", .receipt),
    Route("GET", "/api/v1/log", .logFacts),
    Route("GET", "/api/v1/log/key", .logKey),
    Route("GET", "/api/v1/log/checkpoint", .checkpoint),
    Route("GET", "/api/v1/log/tile/{level}/{index}", .tile),
    Route("GET", "/api/v1/log/tile/{level}/{index}/{second}", .tile),
    Route("GET", "/api/v1/log/tile/{level}/{index}/{second}/{third}", .tile),
    Route("GET", "/api/v1/log/tile/{level}/{index}/{second}/{third}/{fourth}", .tile),
    Route("GET", "/api/v1/log/proof/inclusion", .inclusion),
    Route("GET", "/api/v1/log/proof/consistency", .consistency),
    Route("POST", "/api/v1/log/cosignatures", .cosign),
    Route("POST", "/api/v1/auth/guest", .guest),
    Route("POST", "/api/v1/auth/register", .register),
    Route("POST", "/api/v1/auth/login", .logIn),
    Route("POST", "/api/v1/auth/refresh", .refresh),
    Route("POST", "/api/v1/auth/logout", .logOut),
    Route("GET", "/api/v1/auth/me", .me),
    Route("POST", "/api/v1/auth/me/email", .changeEmail),
    Route("POST", "/api/v1/auth/me/password", .changePassword),
    Route("GET", "/api/v1/auth/me/sessions", .sessions),
    Route("DELETE", "/api/v1/auth/me/sessions/{id}", .endSession),
    Route("GET", "/api/v1/auth/me/export", .export),
    Route("DELETE", "/api/v1/auth/me", .eraseMe),
    Route("GET", "/api/v1/rules", .rules),
    Route("POST", "/api/v1/rules", .decideRules),
    Route("POST", "/api/v1/log/quarantine", .quarantine),
    Route("POST", "/api/v1/replay", .startReplay),
    Route("GET", "/api/v1/replay/{id}", .replay),
  ]

  /// Answers are one document for the machinery that watches the server: not limited in rate.
  var isOperations: Bool {
    switch self {
    case .ping, .health, .ready, .metrics: true
    default: false
    }
  }

  /// The body is JSON and the answer depends on it.
  var takesBody: Bool { Self.takingBody[rawValue] }

  /// Names of the query parameters that are accepted.
  var queryNames: [String] { Self.queryNames[rawValue] }

  // Asked at every request, so looked up and not put together.
  private static let takingBody = allCases.map { $0.contract.body != nil }
  private static let queryNames = allCases.map(\.contract.queryNames)

  /// Answered from memory without ever waiting, unless a position is to be waited for or another model to be folded.
  var isImmediate: Bool {
    switch self {
    case .home, .ping, .index, .openAPI, .reference, .ready, .metrics, .leaderboard, .leaderboardAround, .optimal,
      .stats:
      true
    default: false
    }
  }
}
