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
  var asked = routes.map { name, path in (name, Load(connections: 32) { try PathExchange(port: port, path: path) }) }
  let redis = try RedisPeer()
  if let redis { asked.append(("redis", try get(redis, asLargeAs: routes[1].1, port))) }
  var rates: [String: [Double]] = [:]
  for run in 0...bed.runs {
    for (name, load) in asked {
      let rate = try await load.run(seconds: bed.seconds)
      if run > 0 { rates[name, default: []].append(rate) }
    }
  }
  let limit = rates["ping"] ?? []
  var figures = [
    Figure("query.ping.requests_per_second", limit, unit: "requests/s", note: "the hello-world route, 32 connections")
  ]
  for (name, load) in asked where name != "ping" {
    let figure = Figure("query.\(name).requests_per_second", rates[name] ?? [], unit: "requests/s", limit: limit)
    figures.append(name == "redis" ? figure : figure.atLeastOfLimit(0.7))
    let half = median(rates[name] ?? []) / 2
    let latencies = try await load.paced(rate: half, seconds: bed.seconds)
    let slow = Figure("query.\(name).p99_milliseconds", [quantile(latencies, 0.99)], unit: "ms", note: "at half load")
    figures.append(
      Figure("query.\(name).p50_milliseconds", [quantile(latencies, 0.5)], unit: "ms", note: "at half load"))
    figures.append(name == "redis" ? slow : slow.atMost(1))
  }
  withExtendedLifetime(redis) {}
  return figures
}

/// Redis GETs of a value that is as large as an answer.
private func get(_ redis: RedisPeer, asLargeAs path: String, _ port: Int) throws -> Load {
  let connection = try HTTPConnection(port: port)
  guard try connection.get(path) == 200 else { throw HTTPConnection.Failure(what: "there is no \(path)") }
  try redis.hold("answer", bytes: connection.lastBody.utf8.count)
  let port = redis.port
  return Load(connections: 32) { try RedisExchange(port: port, key: "answer") }
}

/// Somebody who is listed.
private func firstPlayer(_ port: Int) throws -> String {
  let connection = try HTTPConnection(port: port)
  _ = try connection.get("/api/v1/leaderboard?limit=1")
  guard let found = connection.lastBody.firstRange(of: "\"user\":\"") else {
    throw HTTPConnection.Failure(what: "nobody is on the leaderboard")
  }
  return String(connection.lastBody[found.upperBound...].prefix(36))
}
