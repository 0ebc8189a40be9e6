import Foundation

/// A connection to a port of this machine, and what it has brought so far.
final class BlockingSocket {
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var filled = 0

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
    guard status == 0 else { throw HTTPConnection.Failure(what: "cannot connect to 127.0.0.1:\(port)") }
    var yes: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit { close(descriptor) }

  subscript(index: Int) -> UInt8 { buffer[index] }

  func text(_ range: Range<Int>) -> String { String(decoding: buffer[range], as: UTF8.self) }

  func send(_ bytes: [UInt8]) throws {
    guard Foundation.send(descriptor, bytes, bytes.count, 0) == bytes.count else {
      throw HTTPConnection.Failure(what: "a request could not be sent")
    }
  }

  /// Where the line lies that begins at an index, without its CR and LF.
  func line(from start: Int) throws -> Range<Int> {
    var index = start
    while true {
      try fill(to: index + 2)
      if buffer[index] == 13, buffer[index + 1] == 10 { return start..<index }
      index += 1
    }
  }

  /// Reads until so many bytes are there.
  func fill(to count: Int) throws {
    while filled < count {
      if buffer.count < count || filled == buffer.count {
        buffer.append(contentsOf: [UInt8](repeating: 0, count: max(buffer.count, count - buffer.count)))
      }
      let read = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress! + filled, $0.count - filled, 0) }
      guard read > 0 else { throw HTTPConnection.Failure(what: "the server closed a connection") }
      filled += read
    }
  }

  /// Forgets so many bytes.
  func drop(_ count: Int) {
    let rest = filled - count
    if rest > 0 { buffer.replaceSubrange(0..<rest, with: Array(buffer[count..<filled])) }
    filled = rest
  }
}
