import Foundation

/// A Redis server of our own, as the peer of answers that are ready: the machine's `redis-server`, in memory alone.
final class RedisPeer {
  let port: Int
  private let process = Process()

  /// Nil where there is no `redis-server`.
  init?() throws {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    guard let program = folders.map({ "\($0)/redis-server" }).first(where: FileManager.default.isExecutableFile) else {
      return nil
    }
    port = Int.random(in: 20_000..<30_000)
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let end = ContinuousClock.now + .seconds(10)
    while (try? RedisExchange(port: port, key: "ready").set("yes")) == nil {
      guard ContinuousClock.now < end else { throw HTTPConnection.Failure(what: "redis-server did not come up") }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  deinit {
    // It holds nothing to be saved, and inherits that its thread takes no other signal.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Holds a value of so many bytes.
  func hold(_ key: String, bytes: Int) throws {
    try RedisExchange(port: port, key: key).set(String(repeating: "x", count: bytes))
  }
}

/// GETs one key again and again.
struct RedisExchange: Exchange {
  private let socket: BlockingSocket
  private let key: String
  private let question: [UInt8]

  init(port: Int, key: String) throws {
    socket = try BlockingSocket(port: port)
    self.key = key
    question = Self.command("GET", key)
  }

  func ask() throws { try socket.send(question) }

  func answer() throws {
    let head = try socket.line(from: 0)
    let text = socket.text(head)
    guard text.hasPrefix("$"), let count = Int(text.dropFirst()), count >= 0 else {
      throw HTTPConnection.Failure(what: "Redis answered \(text)")
    }
    let end = head.upperBound + 2 + count + 2
    try socket.fill(to: end)
    socket.drop(end)
  }

  func set(_ value: String) throws {
    try socket.send(Self.command("SET", key, value))
    let line = try socket.line(from: 0)
    guard socket.text(line) == "+OK" else { throw HTTPConnection.Failure(what: "Redis answered \(socket.text(line))") }
    socket.drop(line.upperBound + 2)
  }

  private static func command(_ words: String...) -> [UInt8] {
    Array(("*\(words.count)\r\n" + words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()).utf8)
  }
}
