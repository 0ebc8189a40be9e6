import Events
import Projections

/// Builds another model of the whole log beside the live one. Queries go on meanwhile, and never see it half-built.
struct GreenBuild: Sendable {
  let live: LiveProjections
  let rebuild: Rebuild

  /// Events that may be missing when the last ones are taken over under the lock.
  private static let near: Int64 = 2000
  private static let attempts = 100

  /// Folds the log by a plan, up to where the live model is.
  ///
  /// - Parameters:
  ///   - shows: queries see the new model from then on.
  ///   - progress: the position reached, and the one to reach.
  /// - Returns: both models at one position.
  /// - Throws: ``Rebuild/Failure``.
  /// - Complexity: one pass over the log.
  func run(
    _ plan: FoldPlan, shows: Bool, progress: @escaping @Sendable (Position, Position) -> Void = { _, _ in }
  ) async throws(Rebuild.Failure) -> LiveProjections.Pair {
    var green = plan.beginning
    defer { live.endRecording() }
    for _ in 0..<Self.attempts {
      repeat {
        try await rebuild.fold(into: &green, through: live.position, progress: progress)
      } while live.position.rawValue - green.position.rawValue > Self.near
      green.settle()
      let start = live.beginRecording()
      try await rebuild.fold(into: &green, through: start, progress: progress)
      do throws(PoisonEvent) {
        if let pair = try live.meet(green, showing: shows ? plan : nil) { return pair }
      } catch { throw .poison(error.position, reason: error.description) }
    }
    throw .unavailable(reason: "the log grows faster than it can be folded")
  }
}
