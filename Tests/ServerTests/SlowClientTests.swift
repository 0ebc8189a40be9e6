import Dispatch
import Glibc
import TestSupport
import Testing

@testable import Server

/// Clients that are slow on purpose lose their connection, and nobody else does.
@Suite(.timeLimit(.minutes(5)))
struct SlowClientTests {
  @Test func `a connection without a request is closed`() async throws {
    try await withServer {
      $0.limits.idleTime = .seconds(1)
    } _: { server in
      let heard = try await RawSocket(server.http.port).listen()
      #expect(heard.isEmpty)
      #expect(try await server.http.get("/health").status == 200)
    }
  }

  @Test func `a head that comes byte by byte is not waited for`() async throws {
    try await withServer {
      $0.limits.idleTime = .seconds(1)
    } _: { server in
      let socket = try RawSocket(server.http.port)
      let head =
        Array("GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ".utf8) + Array(repeating: UInt8(ascii: "a"), count: 4000)
      let sent = await socket.trickle(head)
      #expect(sent < head.count)
      #expect(try await server.http.get("/health").status == 200)
    }
  }

  @Test func `a body that comes byte by byte is refused, and the connection closed`() async throws {
    try await withServer {
      $0.limits.requestTime = .seconds(1)
    } _: { server in
      let socket = try RawSocket(server.http.port)
      let head =
        "POST /api/v1/auth/guest HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n"
      await socket.send(Array(head.utf8))
      _ = await socket.trickle(Array(repeating: UInt8(ascii: " "), count: 4000))
      let heard = String(decoding: try await socket.listen(), as: UTF8.self)
      #expect(heard.hasPrefix("HTTP/1.1 408 "), "\(heard)")
      #expect(heard.contains("slow-request"))
    }
  }

  @Test func `half a request ends with the connection`() async throws {
    try await withServer { server in
      for part in [
        "GET /health HTTP/1.1\r\nHost: x\r\n", "GET",
        "POST /api/v1/auth/guest HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{",
        "POST /api/v1/auth/guest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
      ] {
        let socket = try RawSocket(server.http.port)
        await socket.send(Array(part.utf8))
        socket.finish()
        let heard = String(decoding: try await socket.listen(), as: UTF8.self)
        #expect(heard.isEmpty || heard.hasPrefix("HTTP/1.1 4"), "\(heard)")
      }
      #expect(try await server.http.get("/health").status == 200)
    }
  }

  @Test func `whoever asks for much and reads nothing is left`() async throws {
    try await withServer {
      $0.limits.stallTime = .seconds(1)
    } _: { server in
      try await server.sample()
      let one = try await server.http.get("/api/v1/races/2000/sample/laps").body.count
      let count = 40_000_000 / one
      let request = "GET /api/v1/races/2000/sample/laps HTTP/1.1\r\nHost: x\r\n\r\n"
      let socket = try RawSocket(server.http.port, receiveBytes: 4096)
      await socket.send(Array(String(repeating: request, count: count).utf8))
      try await Task.sleep(for: .seconds(4))
      let heard = try await socket.listen()
      #expect(heard.count < one * count)
      #expect(try await server.http.get("/health").status == 200)
    }
  }
}

/// A socket that does exactly what it is told.
struct RawSocket: ~Copyable {
  private let socket: Int32

  struct Failure: Error { let what: String }

  init(_ port: Int, receiveBytes: Int32? = nil) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var sending = timeval(tv_sec: 5, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &sending, socklen_t(MemoryLayout<timeval>.size))
    if var receiveBytes { setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receiveBytes, 4) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if connected != 0 { throw Failure(what: "connect: errno \(errno)") }
  }

  deinit { close(socket) }

  /// Sends bytes as fast as they are taken.
  func send(_ bytes: [UInt8]) async {
    let socket = socket
    await Self.away {
      var sent = 0
      while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        if count <= 0 { return }
        sent += count
      }
    }
  }

  /// Sends a byte every 20 ms until the other side has had enough; says how many were taken.
  func trickle(_ bytes: [UInt8]) async -> Int {
    let socket = socket
    return await Self.away {
      for (index, byte) in bytes.enumerated() {
        var byte = byte
        if Glibc.send(socket, &byte, 1, Int32(MSG_NOSIGNAL)) != 1 { return index }
        var ready = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        if poll(&ready, 1, 20) > 0 { return index + 1 }
      }
      return bytes.count
    }
  }

  /// Sends nothing more.
  func finish() { shutdown(socket, Int32(SHUT_WR)) }

  /// Everything until the other side closes.
  /// - Throws: when it does not within a minute.
  func listen() async throws -> [UInt8] {
    let socket = socket
    let heard: [UInt8]? = await Self.away {
      var heard: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = recv(socket, &buffer, buffer.count, 0)
        if count == 0 || (count < 0 && errno == ECONNRESET) { return heard }
        if count < 0 { return nil }
        heard.append(contentsOf: buffer[..<count])
      }
    }
    guard let heard else { throw Failure(what: "the connection was not closed: errno \(errno)") }
    return heard
  }

  private static func away<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: work()) }
    }
  }
}
