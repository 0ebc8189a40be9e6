import Foundation
import Glibc
import Synchronization

/// A server on a free port of this machine that answers exactly what a test tells it to, also wrongly.
public final class StubServer: Sendable {
  /// What was asked.
  public struct Request: Sendable {
    /// `GET`.
    public let method: String
    /// Path and query, as sent.
    public let target: String
    /// Fields by lower-case name.
    public let headers: [String: String]
  }

  /// What is answered.
  public struct Reply: Sendable {
    /// How the answer goes wrong.
    public enum Fault: Sendable, Equatable {
      /// It does not.
      case none
      /// The connection ends after that many bytes of the body.
      case cutAfter(Int)
      /// Nothing is sent until the client gives up.
      case silence
      /// The body stops after that many bytes, and the connection stays open.
      case stallAfter(Int)
      /// The connection ends without an answer.
      case hangUp
      /// The length is not announced; the end of the connection ends the body.
      case unannounced
      /// The body never ends.
      case endless
    }

    /// The status.
    public var status: Int
    /// Fields besides the content's length.
    public var headers: [String: String]
    /// The body.
    public var body: [UInt8]
    /// How the answer goes wrong.
    public var fault: Fault
    /// What is said on the connection after the head, in another protocol; the connection ends with it.
    public var conversation: (@Sendable (Conversation) -> Void)?

    /// An answer.
    public init(_ status: Int = 200, _ body: [UInt8] = [], headers: [String: String] = [:], fault: Fault = .none) {
      self.status = status
      self.body = body
      self.headers = headers
      self.fault = fault
    }

    /// An answer with a text.
    public init(_ status: Int = 200, _ text: String, headers: [String: String] = [:], fault: Fault = .none) {
      self.init(status, Array(text.utf8), headers: headers, fault: fault)
    }
  }

  /// A connection that has changed over to another protocol.
  public struct Conversation: Sendable {
    fileprivate let connection: Int32

    /// The next bytes; nil when the client has gone.
    public func read() -> [UInt8]? {
      var buffer = [UInt8](repeating: 0, count: 16_384)
      let count = recv(connection, &buffer, buffer.count, 0)
      return count > 0 ? Array(buffer[..<count]) : nil
    }

    /// Sends the bytes; false when the client has gone.
    @discardableResult public func write(_ bytes: [UInt8]) -> Bool { StubServer.write(bytes, connection) }
  }

  /// Why there is no server.
  public struct Failure: Error {
    /// What went wrong.
    public let what: String

    /// A failure with a sentence.
    public init(what: String) { self.what = what }
  }

  private struct State {
    var requests: [Request] = []
    var connections = 0
    var open: Set<Int32> = []
    var isStopped = false
  }

  /// Where it listens.
  public let port: Int
  private let listener: Int32
  private let state = Mutex(State())
  private let answer: @Sendable (Request) -> Reply

  /// Listens, and answers each request with what `answer` says.
  public init(_ answer: @escaping @Sendable (Request) -> Reply) throws {
    self.answer = answer
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    guard isListening else { throw Failure(what: "listen: errno \(errno)") }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in accept() }
  }

  /// The address, without a slash at its end.
  public var url: String { "http://127.0.0.1:\(port)" }

  /// Everything that was asked, in order.
  public var requests: [Request] { state.withLock { $0.requests } }

  /// Connections that were opened to it.
  public var connections: Int { state.withLock { $0.connections } }

  /// Closes every connection and listens no more.
  public func stop() {
    state.withLock { state in
      guard !state.isStopped else { return }
      state.isStopped = true
      shutdown(listener, Int32(SHUT_RDWR))
      close(listener)
      for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) }
    }
  }

  private func accept() {
    while true {
      let connection = Glibc.accept(listener, nil, nil)
      guard connection >= 0 else { return }
      let isStopped = state.withLock { state in
        state.connections += 1
        state.open.insert(connection)
        return state.isStopped
      }
      if isStopped { return finish(connection) }
      Thread.detachNewThread { [self] in
        serve(connection)
        finish(connection)
      }
    }
  }

  private func finish(_ connection: Int32) {
    state.withLock { state in
      state.open.remove(connection)
      close(connection)
    }
  }

  private func serve(_ connection: Int32) {
    var received: [UInt8] = []
    while let request = next(connection, &received) {
      state.withLock { $0.requests.append(request) }
      guard send(answer(request), connection) else { return }
    }
  }

  private func next(_ connection: Int32, _ received: inout [UInt8]) -> Request? {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      if let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
        let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
        received.removeSubrange(..<end.upperBound)
        return Request(head)
      }
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      received += buffer[..<count]
    }
  }

  /// Sends an answer; false where the connection is to end.
  private func send(_ reply: Reply, _ connection: Int32) -> Bool {
    switch reply.fault {
    case .hangUp: return false
    case .silence: return waitForEnd(connection)
    default: break
    }
    var head = "HTTP/1.1 \(reply.status) Stub\r\n"
    let isAnnounced =
      reply.conversation == nil && reply.fault != .unannounced && reply.fault != .endless && reply.status != 304
    if isAnnounced { head += "Content-Length: \(reply.body.count)\r\n" }
    for (name, value) in reply.headers.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
    guard Self.write(Array((head + "\r\n").utf8), connection) else { return false }
    if let conversation = reply.conversation {
      conversation(Conversation(connection: connection))
      return false
    }
    switch reply.fault {
    case .cutAfter(let count):
      _ = Self.write(Array(reply.body.prefix(count)), connection)
      return false
    case .stallAfter(let count):
      return Self.write(Array(reply.body.prefix(count)), connection) && waitForEnd(connection)
    case .endless:
      while Self.write(reply.body, connection) {}
      return false
    case .unannounced:
      _ = Self.write(reply.body, connection)
      return false
    case .none, .silence, .hangUp: return Self.write(reply.body, connection)
    }
  }

  private func waitForEnd(_ connection: Int32) -> Bool {
    var byte: UInt8 = 0
    while recv(connection, &byte, 1, 0) > 0 {}
    return false
  }

  fileprivate static func write(_ bytes: [UInt8], _ connection: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}

extension StubServer.Request {
  fileprivate init(_ head: String) {
    let lines = head.split(separator: "\r\n")
    let words = lines.first?.split(separator: " ").map(String.init) ?? []
    method = words.first ?? ""
    target = words.count > 1 ? words[1] : ""
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
    }
    self.headers = headers
  }
}
