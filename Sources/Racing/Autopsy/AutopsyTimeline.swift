/// Something that happened in a driver's race, with what it cost against the ordinary. Milliseconds.
public struct AutopsyEvent: Sendable, Equatable {
  /// What happened.
  public enum Kind: Sendable, Equatable {
    /// The first lap.
    case start
    /// A stop for tyres.
    case stop(compound: Compound, lane: Int64)
    /// A penalty served in the box.
    case penaltyServed
    /// A stretch that was not raced.
    case neutralised(LapKind)
    /// A lap out of the ordinary.
    case oddLap
    /// A penalty added after the race.
    case penaltyAdded
    /// The end of the car's race before the flag.
    case retirement(reason: String)
    /// The flag.
    case finish
  }

  /// What happened.
  public let kind: Kind
  /// First and last lap.
  public let laps: ClosedRange<Int>
  /// Lost by it; negative when won.
  public let milliseconds: Int64
}

extension Autopsy {
  /// What happened, in order. O(laps).
  public var timeline: [AutopsyEvent] {
    var events: [AutopsyEvent] = []
    if let first = laps.first, first.lap == 1 {
      events.append(AutopsyEvent(kind: .start, laps: 1...1, milliseconds: first.real - first.simulated))
    }
    events += neutralisedStretches + oddLaps + stops.flatMap(stopEvents)
    events.sort { ($0.laps.lowerBound, $0.laps.upperBound) < ($1.laps.lowerBound, $1.laps.upperBound) }
    switch outcome {
    case .retired(let lap, let reason):
      events.append(AutopsyEvent(kind: .retirement(reason: reason), laps: lap...lap, milliseconds: 0))
    case .classified, .disqualified:
      events.append(AutopsyEvent(kind: .finish, laps: lapCount...lapCount, milliseconds: totalLoss))
    }
    if incident.penalty != 0 {
      events.append(AutopsyEvent(kind: .penaltyAdded, laps: lapCount...lapCount, milliseconds: incident.penalty))
    }
    return events
  }

  /// Laps under yellow, virtual safety car or safety car, joined when they follow each other.
  private var neutralisedStretches: [AutopsyEvent] {
    var events: [AutopsyEvent] = []
    for row in laps where row.lap > 1 && row.kind != .green {
      let lost = row.real - row.simulated
      if let last = events.last, last.kind == .neutralised(row.kind), last.laps.upperBound == row.lap - 1 {
        events[events.count - 1] = AutopsyEvent(
          kind: last.kind, laps: last.laps.lowerBound...row.lap, milliseconds: last.milliseconds + lost)
      } else {
        events.append(AutopsyEvent(kind: .neutralised(row.kind), laps: row.lap...row.lap, milliseconds: lost))
      }
    }
    return events
  }

  private var oddLaps: [AutopsyEvent] {
    laps.filter { $0.isFlagged && $0.lap > 1 && $0.kind == .green }.map { row in
      AutopsyEvent(kind: .oddLap, laps: row.lap...row.lap, milliseconds: row.real - row.simulated)
    }
  }

  private func stopEvents(_ stop: AutopsyStop) -> [AutopsyEvent] {
    let at = stop.lap...stop.lap
    let change = AutopsyEvent(
      kind: .stop(compound: stop.compound, lane: stop.lane), laps: at, milliseconds: stop.crew - laneBest)
    guard stop.penaltyServed > 0 else { return [change] }
    return [change, AutopsyEvent(kind: .penaltyServed, laps: at, milliseconds: stop.penaltyServed)]
  }
}
