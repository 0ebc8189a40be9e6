import Foundation

/// One question and one answer on a connection, blocking.
protocol Exchange {
  func ask() throws
  func answer() throws
}

/// Load from one thread over several connections: a question on each, then the answer of each.
struct Load: Sendable {
  let connections: Int
  let open: @Sendable () throws -> any Exchange

  /// Answers a second with every connection always waiting for one.
  func run(seconds: Double) async throws -> Double {
    try await onThread {
      let exchanges = try (0..<connections).map { _ in try open() }
      let begun = ContinuousClock.now
      let end = begun + .milliseconds(Int(seconds * 1000))
      var count = 0
      while ContinuousClock.now < end {
        for exchange in exchanges { try exchange.ask() }
        for exchange in exchanges { try exchange.answer() }
        count += exchanges.count
      }
      return Double(count) / (Double((ContinuousClock.now - begun) / .microseconds(1)) / 1e6)
    }
  }

  /// Latencies in ms at a fixed rate, one question at a time.
  func paced(rate: Double, seconds: Double) async throws -> [Double] {
    try await onThread {
      let connection = try open()
      let interval = Duration.nanoseconds(Int64(1e9 / max(rate, 1)))
      var due = ContinuousClock.now
      let end = due + .milliseconds(Int(seconds * 1000))
      var latencies: [Double] = []
      while ContinuousClock.now < end {
        due += interval
        while ContinuousClock.now < due {}
        let sent = ContinuousClock.now
        try connection.ask()
        try connection.answer()
        latencies.append(Double((ContinuousClock.now - sent) / .nanoseconds(1)) / 1e6)
      }
      return latencies
    }
  }
}

/// Asks for one path again and again.
struct PathExchange: Exchange {
  private let connection: HTTPConnection
  private let path: String

  init(port: Int, path: String) throws {
    connection = try HTTPConnection(port: port)
    self.path = path
  }

  func ask() throws { try connection.send(path) }

  func answer() throws {
    let status = try connection.receive()
    guard status == 200 else { throw HTTPConnection.Failure(what: "\(path) was answered \(status)") }
  }
}

/// Work that blocks, on a thread of its own.
func onThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
  }
}
