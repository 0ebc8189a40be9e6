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
  /// How far the log has been folded at the start, where queries do not see it yet.
  var folded = Position.zero
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

  /// Events that queries see and the `read` schema does not hold yet.
  var writtenLag: Int64 { max(0, position.rawValue - writtenThrough.rawValue) }

  /// Something that does not stand at the end of the log.
  struct Part: Sendable, Equatable {
    /// `queries` in memory, or the `tables` of the `read` schema.
    let name: String
    /// Where it stands.
    let position: Position
    /// Events it has not seen yet.
    let events: Int64
    /// Why.
    let reason: String
  }

  /// What is behind, and why; empty when nothing is.
  var behind: [Part] {
    var parts: [Part] = []
    if lag > 0 || failure != nil {
      let reason =
        if let failure { "stopped at event \(failure.position.rawValue): \(failure.reason)" } else if isCaughtUp {
          "events arrive faster than they are applied"
        } else { "catching up since the start" }
      parts.append(Part(name: "queries", position: position, events: lag, reason: reason))
    }
    let unwritten = max(0, head.rawValue - writtenThrough.rawValue)
    if unwritten > 0 {
      let reason = writeProblem ?? (failure == nil ? "written a few times a second" : "waits for the queries")
      parts.append(Part(name: "tables", position: writtenThrough, events: unwritten, reason: reason))
    }
    return parts
  }
}
