import HummingbirdCore
import Synchronization

/// Counts connections, and lets so many in at a time; more wait in the kernel's queue.
struct CountedConnections: AvailableConnectionsDelegate {
  let limit: Int
  let metrics: Metrics

  mutating func connectionOpened() { metrics.connections.wrappingAdd(1, ordering: .relaxed) }
  mutating func connectionClosed() { metrics.connections.wrappingSubtract(1, ordering: .relaxed) }
  func isAcceptingNewConnections() -> Bool { metrics.connections.load(ordering: .relaxed) < Int64(limit) }
}
