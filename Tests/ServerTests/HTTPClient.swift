import Dispatch
import Glibc
import Testing

/// A plain HTTP/1.1 client over a socket of its own: sends exactly the bytes it is told to.
struct HTTPClient: Sendable {
  let port: Int

  /// An answer as it came.
  struct Answer: Sendable {
    let status: Int
    let headers: [String: String]
    /// What `Set-Cookie` fields say, in order.
    let setCookies: [String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    subscript(header: String) -> String? { headers[header.lowercased()] }
  }

  struct Failure: Error { let what: String }

  /// Sends a request and reads the answer, which must be as described; the connection is closed afterwards.
  func send(
    _ method: String, _ path: String, body: String? = nil, token: String? = nil, headers: [String: String] = [:]
  ) async throws -> Answer {
    var text = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    if let token { text += "Authorization: Bearer \(token)\r\n" }
    if let body {
      if headers["Content-Type"] == nil { text += "Content-Type: application/json\r\n" }
      text += "Content-Length: \(body.utf8.count)\r\n"
    }
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) { text += "\(name): \(value)\r\n" }
    let answer = try await exchange(Array((text + "\r\n" + (body ?? "")).utf8))
    for fault in AnswerCheck.shared?.faults(method, path, answer) ?? ["the OpenAPI document is not JSON"] {
      Issue.record("\(fault)")
    }
    return answer
  }

  func get(_ path: String, token: String? = nil, headers: [String: String] = [:]) async throws -> Answer {
    try await send("GET", path, token: token, headers: headers)
  }

  func post(
    _ path: String, _ body: String? = "{}", token: String? = nil, headers: [String: String] = [:]
  ) async throws -> Answer {
    try await send("POST", path, body: body, token: token, headers: headers)
  }

  /// Sends bytes and reads until the server closes.
  func exchange(_ request: [UInt8]) async throws -> Answer {
    let port = port
    let result: Result<[UInt8], Failure> = await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: Self.exchange(request, port: port)) }
    }
    return try Self.parse(try result.get())
  }

  private static func exchange(_ request: [UInt8], port: Int) -> Result<[UInt8], Failure> {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var limit = timeval(tv_sec: 90, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { return .failure(Failure(what: "connect: errno \(errno)")) }
    var sent = 0
    while sent < request.count {
      let count = request[sent...].withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count <= 0 { break }
      sent += count
    }
    return receive(socket)
  }

  private static func receive(_ socket: Int32) -> Result<[UInt8], Failure> {
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      if count == 0 { return .success(answer) }
      guard count > 0 else {
        return answer.isEmpty ? .failure(Failure(what: "recv: errno \(errno)")) : .success(answer)
      }
      answer.append(contentsOf: buffer[..<count])
    }
  }

  private static func parse(_ bytes: [UInt8]) throws -> Answer {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
      throw Failure(what: "no head in \(bytes.count) bytes")
    }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw Failure(what: "no status in \(lines)")
    }
    var headers: [String: String] = [:]
    var cookies: [String] = []
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      let value = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
      headers[parts[0].lowercased()] = value
      if parts[0].lowercased() == "set-cookie" { cookies.append(value) }
    }
    return Answer(status: status, headers: headers, setCookies: cookies, body: Array(bytes[end.upperBound...]))
  }
}
