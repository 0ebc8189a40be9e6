import EventStore
import Events
import Projections
import Synchronization

/// The projections as they were at earlier positions, or as they would be under other rules: folded when somebody asks,
/// from the nearest one that is kept.
///
/// One fold goes on at a time, so that questions about the past never take the processors from those about now.
final class PastModels: Sendable {
  private struct Key: Hashable, Sendable {
    let history: PastShelf.History
    let position: Position
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
  private let shelf: Mutex<PastShelf>
  private let rebuild: Rebuild

  /// Past models over a log.
  /// - Parameter budget: bytes of models that are kept.
  init(_ rebuild: Rebuild, budget: Int) {
    self.rebuild = rebuild
    shelf = Mutex(PastShelf(budget: budget))
    underway = SingleFlight(capacity: 1)
  }

  /// The projections right behind an event of the log.
  ///
  /// - Complexity: O(events behind the nearest model kept), and the first time those before it.
  func model(at position: Position, _ plan: FoldPlan) async throws(Failure) -> ReadModel {
    let history = PastShelf.History(rules: plan.rules.document, quarantine: plan.quarantine)
    if let kept = shelf.withLock({ $0.model(at: position, of: history) }) { return kept }
    return try await underway.value(Key(history: history, position: position)) { () async throws(Failure) in
      try await self.turnstile.pass { () async throws(Failure) in try await self.fold(history, through: position, plan)
      }
    }
  }

  private func fold(
    _ history: PastShelf.History, through position: Position, _ plan: FoldPlan
  ) async throws(Failure) -> ReadModel {
    var model = shelf.withLock { $0.nearest(to: position, of: history) } ?? plan.beginning
    do throws(Rebuild.Failure) {
      try await rebuild.fold(
        into: &model, through: position, visit: { passed in self.shelf.withLock { $0.pass(passed, of: history) } })
    } catch { throw .rebuild(error) }
    model.settle()
    shelf.withLock { $0.keep(model, of: history) }
    return model
  }
}
