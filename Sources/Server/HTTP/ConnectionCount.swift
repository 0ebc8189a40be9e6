import NIOCore
import Synchronization

/// Counts a connection as long as it is open.
final class ConnectionCount: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  private let metrics: Metrics

  init(_ metrics: Metrics) { self.metrics = metrics }

  func handlerAdded(context: ChannelHandlerContext) { metrics.connections.wrappingAdd(1, ordering: .relaxed) }

  func handlerRemoved(context: ChannelHandlerContext) { metrics.connections.wrappingSubtract(1, ordering: .relaxed) }
}
