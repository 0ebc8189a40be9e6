public import Events
internal import Synchronization

/// Events that readers need not understand, because somebody decided on the record to pass them over.
///
/// Looked at only where an event cannot be decoded; it costs readers nothing otherwise. In the place of such an event they
/// give the decision: an `EventQuarantined` of that position, so that positions stay dense.
public final class QuarantineList: Sendable {
  private let positions = Mutex<Set<Position>>([])

  /// Nothing is passed over.
  public init() {}

  /// Replaces the list.
  public func set(_ positions: Set<Position>) { self.positions.withLock { $0 = positions } }

  /// What stands in the place of an event that cannot be decoded; nil when it is not on the list.
  func substitute(at position: Position) -> Event? {
    guard positions.withLock({ $0.contains(position) }) else { return nil }
    return .eventQuarantined(EventQuarantined(position: position, reason: "cannot be decoded"))
  }
}
