import Crypto
import Foundation
import Synchronization
import TestSupport

@testable import Fetching

/// A hub on this machine that says what a test tells it to, connection by connection; the last script again and again.
final class StubHub: Sendable {
  /// What is said on one connection after the subscription.
  struct Script: Sendable {
    /// How the connection ends.
    enum Ending: Sendable { case closes, hangsUp, staysSilent }

    var frames: [Frame] = []
    var ending = Ending.closes
    /// The answer to the handshake.
    var greeting = "{}"
  }

  /// A frame of the WebSocket.
  struct Frame: Sendable, Equatable {
    var opcode: UInt8 = 1
    var isLast = true
    var payload: [UInt8]

    /// Records in one frame.
    static func records(_ records: String...) -> Frame {
      Frame(payload: Array(records.map { $0 + "\u{1E}" }.joined().utf8))
    }

    var bytes: [UInt8] {
      var head: [UInt8] = [(isLast ? 0x80 : 0) | opcode]
      switch payload.count {
      case ..<126: head.append(UInt8(payload.count))
      case ..<65_536: head += [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
      default: head += [127] + (0..<8).reversed().map { UInt8(payload.count >> ($0 * 8) & 0xff) }
      }
      return head + payload
    }
  }

  static let negotiation = StubServer.Reply(
    200, #"{"negotiateVersion":1,"connectionId":"i","connectionToken":"to/ken+","availableTransports":[]}"#)

  let stub: StubServer
  private let side: ServerSide

  init(_ scripts: [Script], negotiation: StubServer.Reply = StubHub.negotiation) throws {
    let side = ServerSide(scripts)
    self.side = side
    stub = try StubServer { request in
      switch request.method {
      case "OPTIONS": StubServer.Reply(204, "", headers: ["Set-Cookie": "AWSALBCORS=left; Path=/; Secure"])
      case "POST": negotiation
      default: side.upgrade(request)
      }
    }
  }

  deinit { stub.stop() }

  /// Records that clients sent, without separators.
  var heard: [String] { side.state.withLock { $0.heard } }
  /// Answers to pings.
  var pongs: Int { side.state.withLock { $0.pongs } }

  /// The feed of this hub, for a client that does not wait long.
  func feed(
    account: SourceToken? = nil, clock: SleepyClock = SleepyClock(), _ change: (inout FetchLimits) -> Void = { _ in }
  ) throws -> LiveFeed {
    guard let base = BaseAddress(stub.url + "/signalrcore") else { throw StubServer.Failure(what: stub.url) }
    var limits = LiveFeed.usualLimits
    limits.connect = .seconds(10)
    limits.attempts = 4
    change(&limits)
    return LiveFeed(base, topics: ["Heartbeat", "TimingData"], account: account, limits: limits, time: clock.timepiece)
  }
}

/// The server's side of every connection.
private final class ServerSide: Sendable {
  struct State {
    var scripts: [StubHub.Script]
    var heard: [String] = []
    var pongs = 0
  }

  let state: Mutex<State>

  init(_ scripts: [StubHub.Script]) { state = Mutex(State(scripts: scripts)) }

  func upgrade(_ request: StubServer.Request) -> StubServer.Reply {
    guard let key = request.headers["sec-websocket-key"] else { return StubServer.Reply(400, "no WebSocket") }
    let accept = Data(Insecure.SHA1.hash(data: Data((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    var reply = StubServer.Reply(
      101, [],
      headers: ["Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accept.base64EncodedString()])
    reply.conversation = { self.converse($0) }
    return reply
  }

  /// A script is used up by whoever subscribes; a client that goes before that leaves it for the next one.
  private func converse(_ conversation: StubServer.Conversation) {
    var reader = FrameReader(conversation)
    guard hear(&reader) else { return }
    let greeting = state.withLock { $0.scripts[0].greeting }
    conversation.write(StubHub.Frame.records(greeting).bytes)
    guard hear(&reader) else { return }
    let script = state.withLock { $0.scripts.count > 1 ? $0.scripts.removeFirst() : $0.scripts[0] }
    for frame in script.frames { conversation.write(frame.bytes) }
    switch script.ending {
    case .hangsUp: return
    case .closes: conversation.write(StubHub.Frame(opcode: 8, payload: [0x03, 0xe8]).bytes)
    case .staysSilent: break
    }
    while hear(&reader) {}
  }

  /// Takes one frame of the client's; false when it has gone.
  private func hear(_ reader: inout FrameReader) -> Bool {
    guard let frame = reader.next() else { return false }
    let text = String(decoding: frame.payload, as: UTF8.self)
    state.withLock { state in
      if frame.opcode == 10 { state.pongs += 1 }
      if frame.opcode == 1 { state.heard += text.split(separator: "\u{1E}").map(String.init) }
    }
    return true
  }
}

/// Reads what a client sends, frame by frame; clients mask.
private struct FrameReader {
  private let conversation: StubServer.Conversation
  private var received: [UInt8] = []

  init(_ conversation: StubServer.Conversation) { self.conversation = conversation }

  mutating func next() -> StubHub.Frame? {
    guard let head = take(2) else { return nil }
    var count = Int(head[1] & 0x7f)
    if count >= 126 {
      guard let long = take(count == 126 ? 2 : 8) else { return nil }
      count = long.reduce(0) { $0 << 8 | Int($1) }
    }
    guard head[1] & 0x80 != 0, let mask = take(4), let masked = take(count) else { return nil }
    return StubHub.Frame(opcode: head[0] & 0x0f, payload: masked.enumerated().map { $1 ^ mask[$0 % 4] })
  }

  private mutating func take(_ count: Int) -> [UInt8]? {
    while received.count < count {
      guard let more = conversation.read() else { return nil }
      received += more
    }
    defer { received.removeFirst(count) }
    return Array(received.prefix(count))
  }
}
