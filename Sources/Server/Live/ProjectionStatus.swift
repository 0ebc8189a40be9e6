import Events

/// How the projections are.
struct ProjectionStatus: Sendable {
  /// An event that could not be applied.
  struct Failure: Sendable, Equatable {
    /// Its place in the log.
    let position: Position
    /// Why it could not be applied.
    let reason: String
  }

  /// What queries see.
  var position = Position.zero
  /// The end of the log as far as it is known here.
  var head = Position.zero
  /// Everything that was in the log at the start has been applied.
  var isCaughtUp = false
  /// What the `read` schema holds.
  var writtenThrough = Position.zero
  /// Why writing through does not work at the moment; nil when it does.
  var writeProblem: String?
  /// Why the projections have stopped; nil when they have not.
  var failure: Failure?

  /// Events in the log that queries do not see yet.
  var lag: Int64 { max(0, head.rawValue - position.rawValue) }
}
