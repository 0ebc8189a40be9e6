import EventStore
import Events
import Projections

/// The projections as they were at earlier positions: folded when somebody asks, from the nearest one that is kept.
///
/// Copies share what did not change, so that keeping some costs little.
final class PastModels: Sendable {
  private struct Key: Hashable, Sendable {
    let position: Position
  }

  private let models: SingleFlight<Key, ReadModel, Rebuild.Failure>
  private let marks: SingleFlight<Key, ReadModel, Rebuild.Failure>
  private let rebuild: Rebuild

  /// Events between two models that are kept on the way.
  private static let markEvents = Int64(16 * Segment.fullCount)

  /// Past models over a log; at most `capacity` of each sort are kept.
  init(_ rebuild: Rebuild, capacity: Int = 3) {
    self.rebuild = rebuild
    models = SingleFlight(capacity: capacity)
    marks = SingleFlight(capacity: capacity * 2)
  }

  /// The projections right behind an event of the log.
  ///
  /// - Complexity: O(events behind the nearest model kept), and the first time those before it.
  func model(at position: Position) async throws(Rebuild.Failure) -> ReadModel {
    try await models.value(Key(position: position)) { () async throws(Rebuild.Failure) in
      let mark = Position(rawValue: position.rawValue / Self.markEvents * Self.markEvents)
      return try await self.rebuild.model(from: try await self.mark(mark), through: position)
    }
  }

  /// The model at a multiple of ``markEvents``, each made from the one before it.
  private func mark(_ position: Position) async throws(Rebuild.Failure) -> ReadModel {
    if position == .zero { return ReadModel() }
    return try await marks.value(Key(position: position)) { () async throws(Rebuild.Failure) in
      let before = Position(rawValue: position.rawValue - Self.markEvents)
      return try await self.rebuild.model(from: try await self.mark(before), through: position)
    }
  }
}
