import Foundation
import Racing
import Server

/// Commands of players over HTTP at a fixed rate: how long each waits for its durable answer.
///
/// A delay counts from when the command was due, so that a slow answer makes those behind it late as well.
func measureCommands(_ bed: Bed) async throws -> [Figure] {
  var configuration = try await bed.database()
  configuration.address = .host("127.0.0.1", port: 0)
  configuration.limits.requestsPerSecond = 0
  configuration.limits.guestsPerHour = 0
  let delays = try await bed.serving(configuration) { server, port in
    _ = try await server.parts.importer.take(SyntheticRace.generate(seed: bed.seed))
    _ = try await load(port, seconds: bed.seconds)
    return try await load(port, seconds: bed.quick ? 3 : 10)
  }
  let note =
    "\(delays.count) starts, laps and stops, \(rate) a second from \(clients) players, client and PostgreSQL on the same machine"
  return [
    Figure("command.p50_milliseconds", [quantile(delays, 0.5)], unit: "ms", note: note),
    Figure("command.p99_milliseconds", [quantile(delays, 0.99)], unit: "ms", note: "the same").atMost(15),
  ]
}

private let clients = 64
private let rate = 2000

private func load(_ port: Int, seconds: Double) async throws -> [Double] {
  try await withThrowingTaskGroup(of: [Double].self) { group in
    for client in 0..<clients {
      group.addTask {
        try await onThread {
          var player = try DrivingPlayer(port: port, number: client)
          return try player.play(seconds: seconds)
        }
      }
    }
    return try await group.reduce(into: []) { $0 += $1 }
  }
}

/// A guest who drives one race after the other, a lap a command, with two stops.
private struct DrivingPlayer {
  private let connection: HTTPConnection
  private var due = ContinuousClock.now
  private var delays: [Double] = []
  private static let laps = 56
  private static let stops = [18: "HARD", 37: "MEDIUM"]
  private static let interval = Duration.nanoseconds(1_000_000_000 * clients / rate)

  init(port: Int, number: Int) throws {
    connection = try HTTPConnection(port: port)
    try Self.check(connection.post("/api/v1/auth/guest"), connection)
    connection.token = try connection.text("token")
    due = .now + Self.interval * number / clients
  }

  /// Delays of all commands, ms.
  mutating func play(seconds: Double) throws -> [Double] {
    let end = due + .milliseconds(Int(seconds * 1000))
    while due < end {
      try command("/api/v1/simulate", #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM"}"#)
      let run = "/api/v1/simulate/\(try connection.text("id"))"
      for lap in 2...Self.laps where due < end {
        if let compound = Self.stops[lap] {
          try command("\(run)/decisions", #"{"lap":\#(lap),"kind":"pit","compound":"\#(compound)"}"#)
        }
        try command("\(run)/advance", "{}")
      }
    }
    return delays
  }

  private mutating func command(_ path: String, _ body: String) throws {
    Thread.sleep(forTimeInterval: max(0, Double((due - .now) / .nanoseconds(1)) / 1e9))
    try Self.check(connection.post(path, body), connection)
    delays.append(Double((ContinuousClock.now - due) / .nanoseconds(1)) / 1e6)
    due += Self.interval
  }

  private static func check(_ status: Int, _ connection: HTTPConnection) throws {
    guard status == 200 || status == 201 else {
      throw HTTPConnection.Failure(what: "a command was answered \(status): \(connection.lastBody.prefix(300))")
    }
  }
}

extension HTTPConnection {
  /// A member of the last answer that is a text.
  fileprivate func text(_ name: String) throws -> String {
    guard let found = lastBody.firstRange(of: "\"\(name)\":\"") else {
      throw Failure(what: "an answer has no \(name): \(lastBody.prefix(300))")
    }
    return String(lastBody[found.upperBound...].prefix { $0 != "\"" })
  }
}
