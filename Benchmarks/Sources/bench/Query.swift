import Events
import Foundation
import Postgres
import Racing
import Server

/// Window and rank over HTTP against the server's own hello-world route, all in turn.
///
/// Server and clients share the machine, so the ratio is what counts.
func measureQuery(_ bed: Bed) async throws -> [Figure] {
  var configuration = try await bed.database()
  configuration.address = .host("127.0.0.1", port: 0)
  configuration.limits.requestsPerSecond = 0
  let session = try await bed.session(ServerParts(configuration, logger: bed.serverLogger))
  let users = bed.quick ? 4000 : 40_000
  _ = try await History.load(users: users, runsPerUser: 6, seed: bed.seed, session)
  await session.close()
  return try await bed.serving(configuration) { server, port in
    _ = try await server.parts.importer.take(SyntheticRace.generate(seed: bed.seed))
    return try await measure(bed, port, player: try firstPlayer(port))
  }
}

private func measure(_ bed: Bed, _ port: Int, player: String) async throws -> [Figure] {
  let routes = [
    ("ping", "/ping"), ("window", "/api/v1/optimal/sample-ring/2000"),
    ("rank", "/api/v1/leaderboard/around/\(player)?limit=1"),
    ("leaderboard", "/api/v1/leaderboard?limit=20"), ("autopsy", "/api/v1/autopsy/2000/sample/ADL"),
  ]
  var rates: [String: [Double]] = [:]
  for run in 0...bed.runs {
    for (name, path) in routes {
      let rate = try await HTTPLoad(port: port, path: path, connections: 32).run(seconds: bed.seconds).rate
      if run > 0 { rates[name, default: []].append(rate) }
    }
  }
  let limit = rates["ping"] ?? []
  var figures = [
    Figure("query.ping.requests_per_second", limit, unit: "requests/s", note: "the hello-world route, 32 connections")
  ]
  for name in ["window", "rank", "leaderboard", "autopsy"] {
    figures.append(
      Figure("query.\(name).requests_per_second", rates[name] ?? [], unit: "requests/s", limit: limit).atLeastOfLimit(
        0.7))
    let path = routes.first { $0.0 == name }?.1 ?? "/"
    let half = median(rates[name] ?? []) / 2
    let latencies = try await HTTPLoad(port: port, path: path, connections: 8).paced(rate: half, seconds: bed.seconds)
    figures.append(
      Figure("query.\(name).p50_milliseconds", [quantile(latencies, 0.5)], unit: "ms", note: "at half load"))
    figures.append(
      Figure("query.\(name).p99_milliseconds", [quantile(latencies, 0.99)], unit: "ms", note: "at half load").atMost(1))
  }
  return figures
}

/// Somebody who is listed.
private func firstPlayer(_ port: Int) throws -> String {
  let connection = try HTTPConnection(port: port)
  try connection.send("/api/v1/leaderboard?limit=1")
  _ = try connection.receive()
  guard let found = connection.lastBody.firstRange(of: "\"user\":\"") else {
    throw HTTPConnection.Failure(what: "nobody is on the leaderboard")
  }
  return String(connection.lastBody[found.upperBound...].prefix(36))
}
