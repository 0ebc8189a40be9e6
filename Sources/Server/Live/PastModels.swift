import EventStore
import Events
import Projections
import Synchronization

/// The projections as they were at earlier positions, or as they would be under other rules: folded when somebody asks,
/// from the nearest one that is kept.
///
/// Copies share what did not change, so that keeping some costs little. One fold goes on at a time, so that questions about
/// the past never take the processors from those about now.
final class PastModels: Sendable {
  private struct Key: Hashable, Sendable {
    let rules: String
    let quarantine: Set<Position>
    let position: Position
  }

  private struct Kept: Sendable {
    let model: ReadModel
    let isMark: Bool
    var usedAt: UInt64
  }

  private struct State {
    var kept: [Key: Kept] = [:]
    var uses: UInt64 = 0
  }

  /// Why there is no answer.
  enum Failure: Error, Sendable, Equatable {
    /// The log cannot be folded.
    case rebuild(Rebuild.Failure)
    /// Too many wait for a fold.
    case overloaded
  }

  private let underway: SingleFlight<Key, ReadModel, Failure>
  private let turnstile = Turnstile(waitingMax: 16)
  private let state = Mutex(State())
  private let rebuild: Rebuild
  private let capacity: Int

  /// Events between two models that are kept on the way.
  private static let markEvents = Int64(4 * Segment.fullCount)

  /// Past models over a log.
  /// - Parameter capacity: models that are kept, as many that were asked for and as many on the way.
  init(_ rebuild: Rebuild, capacity: Int = 24) {
    self.rebuild = rebuild
    self.capacity = capacity
    underway = SingleFlight(capacity: 1)
  }

  /// The projections right behind an event of the log.
  ///
  /// - Complexity: O(events behind the nearest model kept), and the first time those before it.
  func model(at position: Position, _ plan: FoldPlan) async throws(Failure) -> ReadModel {
    let key = Key(rules: plan.rules.document, quarantine: plan.quarantine, position: position)
    if let kept = kept(key) { return kept }
    return try await underway.value(key) { () async throws(Failure) in
      try await self.turnstile.pass { () async throws(Failure) in try await self.fold(key, plan) }
    }
  }

  private func fold(_ key: Key, _ plan: FoldPlan) async throws(Failure) -> ReadModel {
    var model = nearest(key) ?? plan.beginning
    do throws(Rebuild.Failure) {
      var mark = (model.position.rawValue / Self.markEvents + 1) * Self.markEvents
      while mark < key.position.rawValue {
        try await rebuild.fold(into: &model, through: Position(rawValue: mark))
        keep(model, key, isMark: true)
        mark += Self.markEvents
      }
      try await rebuild.fold(into: &model, through: key.position)
    } catch { throw .rebuild(error) }
    model.settle()
    keep(model, key, isMark: false)
    return model
  }

  private func kept(_ key: Key) -> ReadModel? {
    state.withLock { state in
      guard let model = state.kept[key]?.model else { return nil }
      state.uses += 1
      state.kept[key]?.usedAt = state.uses
      return model
    }
  }

  /// The last model kept that is not behind the position wanted.
  private func nearest(_ key: Key) -> ReadModel? {
    state.withLock { state in
      let usable = state.kept.filter { kept, _ in
        kept.rules == key.rules && kept.quarantine == key.quarantine && kept.position <= key.position
      }
      return usable.max { $0.key.position < $1.key.position }?.value.model
    }
  }

  private func keep(_ model: ReadModel, _ key: Key, isMark: Bool) {
    let key = Key(rules: key.rules, quarantine: key.quarantine, position: model.position)
    state.withLock { state in
      state.uses += 1
      state.kept[key] = Kept(model: model, isMark: isMark, usedAt: state.uses)
      let same = state.kept.filter { $0.value.isMark == isMark }
      guard same.count > capacity, let oldest = same.min(by: { $0.value.usedAt < $1.value.usedAt })?.key else { return }
      state.kept[oldest] = nil
    }
  }
}
