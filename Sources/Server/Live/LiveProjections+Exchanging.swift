import Events
import Projections
import Synchronization

/// Batches that were applied while another model was being built.
struct RecordedBatches {
  /// Everything behind this position is recorded.
  let start: Position
  private(set) var batches: [[RecordedEvent]] = []
  private(set) var count = 0
  /// More came than is worth keeping; it is read from the log again.
  private(set) var hasOverflown = false

  private static let eventsMax = 100_000

  init(after start: Position) { self.start = start }

  mutating func add(_ events: [RecordedEvent]) {
    if hasOverflown { return }
    count += events.count
    if count > Self.eventsMax {
      hasOverflown = true
      batches = []
    } else {
      batches.append(events)
    }
  }
}

extension LiveProjections {
  /// The model that queries see, and another one, at the same position.
  struct Pair: Sendable {
    let live: ReadModel
    let green: ReadModel
  }

  /// From now on what is applied is kept for a model that is built beside the live one.
  /// - Returns: where that begins.
  func beginRecording() -> Position {
    state.withLock { state in
      state.recorded = RecordedBatches(after: state.status.position)
      return state.status.position
    }
  }

  /// Nobody builds another model any more.
  func endRecording() { state.withLock { $0.recorded = nil } }

  /// Takes another model on to where the live one is, between two events, and shows it from now on if it is to be shown.
  ///
  /// - Parameter plan: how it was folded; nil keeps the live one.
  /// - Returns: both; nil when more has come than was kept, or the live model has stopped: then catch up and try again.
  /// - Throws: ``PoisonEvent`` for an event that only the other model cannot apply.
  func meet(_ green: ReadModel, showing plan: FoldPlan?) throws(PoisonEvent) -> Pair? {
    let result = state.withLock { state -> Result<Pair?, PoisonEvent> in
      do throws(PoisonEvent) { return .success(try Self.meet(green, showing: plan, in: &state)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static func meet(
    _ green: ReadModel, showing plan: FoldPlan?, in state: inout State
  ) throws(PoisonEvent) -> Pair? {
    guard let recorded = state.recorded, !recorded.hasOverflown, recorded.start <= green.position else { return nil }
    var green = green
    for batch in recorded.batches {
      for event in batch where event.position > green.position && event.position <= state.model.position {
        try green.apply(event)
      }
    }
    guard green.position == state.model.position else { return nil }
    let pair = Pair(live: state.model, green: green)
    state.recorded = nil
    guard let plan else { return pair }
    state.plan = plan
    state.model = green
    state.model.markEverythingChanged()
    state.generation += 1
    return pair
  }
}
