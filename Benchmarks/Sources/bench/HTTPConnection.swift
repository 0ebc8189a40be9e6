import Foundation

/// A keep-alive connection that sends one request and reads one answer, blocking. It makes no text of what nobody asks for,
/// because it shares the processors with the server that is measured.
final class HTTPConnection {
  struct Failure: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
  }

  /// Sent as a bearer token with every request; none when empty.
  var token = ""
  private let socket: BlockingSocket
  /// Bytes of the last answer.
  private var body = 0..<0

  init(port: Int) throws { socket = try BlockingSocket(port: port) }

  /// The body of the last answer.
  var lastBody: String { socket.text(body) }

  /// The status of the answer at a path.
  func get(_ path: String) throws -> Int {
    try send(path)
    return try receive()
  }

  /// The status of what comes back for a JSON document.
  func post(_ path: String, _ body: String = "{}") throws -> Int {
    let authorization = token.isEmpty ? "" : "Authorization: Bearer \(token)\r\n"
    try socket.send(
      Array(
        """
        POST \(path) HTTP/1.1\r\nHost: bench\r\n\(authorization)Content-Type: application/json\r\n\
        Content-Length: \(body.utf8.count)\r\n\r\n\(body)
        """.utf8))
    return try receive()
  }

  func send(_ path: String) throws { try socket.send(Array("GET \(path) HTTP/1.1\r\nHost: bench\r\n\r\n".utf8)) }

  /// Reads one answer and gives its status.
  func receive() throws -> Int {
    socket.drop(body.upperBound)
    body = 0..<0
    var line = try socket.line(from: 0)
    let status = number(in: line, after: 8)
    var length = 0
    while !line.isEmpty {
      line = try socket.line(from: line.upperBound + 2)
      if isContentLength(line) { length = number(in: line, after: Self.contentLength.count) }
    }
    body = (line.upperBound + 2)..<(line.upperBound + 2 + length)
    try socket.fill(to: body.upperBound)
    return status
  }

  private static let contentLength = Array("content-length:".utf8)

  private func isContentLength(_ line: Range<Int>) -> Bool {
    line.count > Self.contentLength.count
      && Self.contentLength.indices.allSatisfy { socket[line.lowerBound + $0] | 0x20 == Self.contentLength[$0] | 0x20 }
  }

  /// The first whole number of a line behind some of its bytes.
  private func number(in line: Range<Int>, after skipped: Int) -> Int {
    var number = 0
    var hasDigits = false
    for index in line.dropFirst(skipped) {
      let digit = socket[index]
      if (48...57).contains(digit) {
        number = number * 10 + Int(digit - 48)
        hasDigits = true
      } else if hasDigits {
        break
      }
    }
    return number
  }
}
