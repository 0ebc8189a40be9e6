import Foundation

/// A keep-alive connection that sends one request and reads one answer, blocking.
final class HTTPConnection {
  struct Failure: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
  }

  /// Sent as a bearer token with every request; none when empty.
  var token = ""
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var filled = 0
  /// The body of the first answer, or of the last one that was posted for.
  private(set) var lastBody = ""
  private var keepsBody = true

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw Failure(what: "cannot connect to 127.0.0.1:\(port)") }
    var yes: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit { close(descriptor) }

  /// The status of the answer at a path.
  func get(_ path: String) throws -> Int {
    try send(path)
    return try receive()
  }

  /// The status of what comes back for a JSON document.
  func post(_ path: String, _ body: String = "{}") throws -> Int {
    let authorization = token.isEmpty ? "" : "Authorization: Bearer \(token)\r\n"
    try send(
      Array(
        """
        POST \(path) HTTP/1.1\r\nHost: bench\r\n\(authorization)Content-Type: application/json\r\n\
        Content-Length: \(body.utf8.count)\r\n\r\n\(body)
        """.utf8))
    keepsBody = true
    return try receive()
  }

  func send(_ path: String) throws { try send(Array("GET \(path) HTTP/1.1\r\nHost: bench\r\n\r\n".utf8)) }

  private func send(_ request: [UInt8]) throws {
    guard Foundation.send(descriptor, request, request.count, 0) == request.count else {
      throw Failure(what: "a request could not be sent")
    }
  }

  /// Reads one answer and gives its status.
  func receive() throws -> Int {
    while true {
      if let end = headerEnd() {
        let head = String(decoding: buffer[0..<end], as: UTF8.self)
        let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let total = end + 4 + contentLength(head)
        while filled < total { try fill() }
        if keepsBody {
          lastBody = String(decoding: buffer[(end + 4)..<total], as: UTF8.self)
          keepsBody = false
        }
        buffer.replaceSubrange(0..<(filled - total), with: buffer[total..<filled])
        filled -= total
        return status
      }
      try fill()
    }
  }

  private func contentLength(_ head: String) -> Int {
    for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
      return Int(line.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)) ?? 0
    }
    return 0
  }

  private func headerEnd() -> Int? {
    guard filled >= 4 else { return nil }
    for index in 0...(filled - 4)
    where buffer[index] == 13 && buffer[index + 1] == 10 && buffer[index + 2] == 13 && buffer[index + 3] == 10 {
      return index
    }
    return nil
  }

  private func fill() throws {
    if filled == buffer.count { buffer.append(contentsOf: [UInt8](repeating: 0, count: buffer.count)) }
    let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress! + filled, $0.count - filled, 0) }
    guard count > 0 else { throw Failure(what: "the server closed a connection") }
    filled += count
  }
}

/// Load from one thread over several connections: a request on each, then the answer of each.
struct HTTPLoad {
  let port: Int
  let path: String
  let connections: Int

  /// Requests a second with every connection always waiting for an answer.
  func run(seconds: Double) async throws -> (rate: Double, count: Int) {
    try await onThread {
      let open = try (0..<connections).map { _ in try HTTPConnection(port: port) }
      let begun = ContinuousClock.now
      let end = begun + .milliseconds(Int(seconds * 1000))
      var count = 0
      while ContinuousClock.now < end {
        for connection in open { try connection.send(path) }
        for connection in open {
          guard try connection.receive() == 200 else {
            throw HTTPConnection.Failure(what: "\(path) did not answer 200")
          }
        }
        count += open.count
      }
      return (Double(count) / (Double((ContinuousClock.now - begun) / .microseconds(1)) / 1e6), count)
    }
  }

  /// Latencies in ms at a fixed rate, one request at a time.
  func paced(rate: Double, seconds: Double) async throws -> [Double] {
    try await onThread {
      let connection = try HTTPConnection(port: port)
      let interval = Duration.nanoseconds(Int64(1e9 / max(rate, 1)))
      var due = ContinuousClock.now
      let end = due + .milliseconds(Int(seconds * 1000))
      var latencies: [Double] = []
      while ContinuousClock.now < end {
        due += interval
        while ContinuousClock.now < due {}
        let sent = ContinuousClock.now
        _ = try connection.get(path)
        latencies.append(Double((ContinuousClock.now - sent) / .nanoseconds(1)) / 1e6)
      }
      return latencies
    }
  }

}

/// Work that blocks, on a thread of its own.
func onThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
  }
}
