import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import Synchronization

/// One connection to the hub, over a WebSocket.
struct HubSocket: Sendable {
  typealias Channel = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

  let inbound: NIOAsyncChannelInboundStream<WebSocketFrame>
  private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
  private let silence: Silence

  /// Connects, runs `body`, and closes the connection.
  static func with<Value: Sendable>(
    _ hub: BaseAddress, _ ticket: HubTicket, _ account: SourceToken?, _ limits: FetchLimits,
    _ body: @escaping @Sendable (HubSocket) async -> Value
  ) async throws(FetchError.Reason) -> Value {
    let head = request(hub, ticket, account)
    let silence = Silence(limit: limits.idle)
    let channel = try await within(limits.connect) { () async throws(FetchError.Reason) in
      try await connect(hub, head, limits, silence)
    }
    do {
      return try await channel.executeThenClose { inbound, outbound in
        await body(HubSocket(inbound: inbound, outbound: outbound, silence: silence))
      }
    } catch { throw silence.reason ?? reason(error) }
  }

  /// Sends a record.
  func send(_ record: [UInt8]) async throws {
    try await outbound.write(frame(.text, ByteBuffer(bytes: record)))
  }

  /// Answers a ping of the WebSocket's own.
  func pong(_ ping: WebSocketFrame) async throws { try await outbound.write(frame(.pong, ping.unmaskedData)) }

  private func frame(_ opcode: WebSocketOpcode, _ data: ByteBuffer) -> WebSocketFrame {
    WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
  }

  private static func request(_ hub: BaseAddress, _ ticket: HubTicket, _ account: SourceToken?) -> HTTPRequestHead {
    var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "\(hub.path)?id=\(ticket.encodedToken)")
    let isUsualPort = hub.port == (hub.isSecure ? 443 : 80)
    head.headers.add(name: "Host", value: isUsualPort ? hub.host : "\(hub.host):\(hub.port)")
    head.headers.add(name: "User-Agent", value: WebClient.userAgent)
    if !ticket.cookies.isEmpty { head.headers.add(name: "Cookie", value: ticket.cookies.joined(separator: "; ")) }
    if let account { head.headers.add(name: "Authorization", value: "Bearer \(account.secret)") }
    return head
  }

  private static func connect(
    _ hub: BaseAddress, _ head: HTTPRequestHead, _ limits: FetchLimits, _ silence: Silence
  ) async throws(FetchError.Reason) -> Channel {
    let upgraded: Channel?
    do {
      let tls = hub.isSecure ? try NIOSSLContext(configuration: .makeClientConfiguration()) : nil
      let upgrade = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connectTimeout(TimeAmount(limits.connect))
        .connect(host: hub.host, port: hub.port) { channel in
          channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            if let tls { try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: hub.host)) }
            var http = NIOUpgradableHTTPClientPipelineConfiguration<Channel?>(
              upgradeConfiguration: Self.upgrade(head, limits, silence))
            // The hub may speak before we have changed over.
            http.leftOverBytesStrategy = .forwardBytes
            return try pipeline.configureUpgradableHTTPClientPipeline(configuration: http)
          }
        }
      upgraded = try await upgrade.get()
    } catch { throw reason(error) }
    guard let upgraded else { throw .unexpectedContent("the hub does not take the connection") }
    return upgraded
  }

  private static func upgrade(
    _ head: HTTPRequestHead, _ limits: FetchLimits, _ silence: Silence
  ) -> NIOTypedHTTPClientUpgradeConfiguration<Channel?> {
    let upgrader = NIOTypedWebSocketClientUpgrader<Channel?>(maxFrameSize: limits.bodyBytes) { channel, _ in
      channel.eventLoop.makeCompletedFuture {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(IdleStateHandler(readTimeout: TimeAmount(limits.idle)))
        try pipeline.addHandler(SilenceCloser(silence))
        try pipeline.addHandler(
          NIOWebSocketFrameAggregator(
            minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 65_536, maxAccumulatedFrameSize: limits.bodyBytes))
        return try Channel(wrappingChannelSynchronously: channel)
      }
    }
    return NIOTypedHTTPClientUpgradeConfiguration(upgradeRequestHead: head, upgraders: [upgrader]) { channel in
      channel.close(mode: .all, promise: nil)
      return channel.eventLoop.makeSucceededFuture(nil)
    }
  }

  /// What ended this connection: where that was a silence, a write into it fails with less to say.
  func reason(_ error: any Error) -> FetchError.Reason { silence.reason ?? Self.reason(error) }

  /// What ended a connection.
  private static func reason(_ error: any Error) -> FetchError.Reason {
    if let reason = error as? FetchError.Reason { return reason }
    if Task.isCancelled || error is CancellationError { return .cancelled }
    return .unreachable("no connection, or it broke (\(error))")
  }
}

/// How long nothing may come, and whether that ended a connection.
private final class Silence: Sendable {
  private let limit: Duration
  private let isOver = Mutex(false)

  init(limit: Duration) { self.limit = limit }

  /// Why the connection ended; nil where it was not for a silence.
  var reason: FetchError.Reason? { isOver.withLock { $0 } ? .timedOut("nothing came for \(limit)") : nil }

  /// Notes that it was for a silence.
  func end() { isOver.withLock { $0 = true } }
}

/// Ends a connection on which nothing comes any more: the hub sends at least a ping every 15 seconds.
private final class SilenceCloser: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias InboundOut = WebSocketFrame

  private let silence: Silence

  init(_ silence: Silence) { self.silence = silence }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is IdleStateHandler.IdleStateEvent else { return context.fireUserInboundEventTriggered(event) }
    silence.end()
    if let reason = silence.reason { context.fireErrorCaught(reason) }
    context.close(promise: nil)
  }
}
