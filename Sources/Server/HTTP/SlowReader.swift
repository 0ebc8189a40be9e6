import NIOCore

/// Closes a connection whose client asks for much and does not read it.
///
/// While an answer waits because the client takes nothing, it holds memory; that ends after a while. Idle connections and
/// slow requests are bounded elsewhere.
final class SlowReader: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  private let limit: TimeAmount
  private var deadline: Scheduled<Void>?

  /// Lets a client take nothing for `limit`.
  init(limit: Duration) { self.limit = .microseconds(limit.microseconds) }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = nil
    if !context.channel.isWritable {
      deadline = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { context.close(promise: nil) }
    }
    context.fireChannelWritabilityChanged()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = nil
  }
}
