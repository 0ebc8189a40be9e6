internal import Events
internal import Racing

/// A run as far as it has come. No padding: rows are written as they are.
struct RunRow: BitwiseCopyable, Sendable {
  /// Position of the start.
  var started: Int64
  var player: UInt32
  var nextOfPlayer = Link.none
  var firstDecision = Link.none
  var lastDecision = Link.none
  /// Seconds since the epoch at the last event.
  var touched: UInt32
  var result = Link.none
  var forkOf = Link.none
  /// The best possible finish, ms.
  var optimum: Int32
  var race: UInt16
  var driver: UInt16
  /// The last lap driven.
  var lap: UInt8
  var startLap: UInt8
  var flags: Flags
  var status = Status.running
  /// Position of the end; 0 while running.
  var ended: Int64 = 0

  struct Flags: OptionSet, BitwiseCopyable, Sendable {
    var rawValue: UInt8
    static let hindsight = Flags(rawValue: 1)
    static let startedRanked = Flags(rawValue: 2)
    static let wholePlan = Flags(rawValue: 4)
    static let offersPace = Flags(rawValue: 8)
    /// Got beyond lap 1.
    static let beyond = Flags(rawValue: 16)
    /// The first of the player's runs on the race that did.
    static let first = Flags(rawValue: 32)
    static let erased = Flags(rawValue: 64)
    /// Its player was a guest when it began.
    static let byGuest = Flags(rawValue: 128)
  }

  enum Status: UInt8, BitwiseCopyable, Sendable {
    case running, finished, abandoned
  }
}

/// How a run ended. No padding.
struct ResultRow: BitwiseCopyable, Sendable {
  var run: UInt32
  var total: Int32
  var toOptimum: Int32
  var toReal: Int32
  /// `Int32.min` for none.
  var undercutGain: Int32
  /// The runs with an equal plan about the same time; none unless the run counts for windows.
  var cluster = Link.none
  var nextInCluster = Link.none
  /// What the run adds to windows now, millionths.
  var weight: Int32 = 0
  var attempt: UInt16
  var pitTiming: Int16
  var tyreEfficiency: Int16
  /// -1 for none.
  var safetyCarReaction: Int16
  var raceOutcome: Int16
  var iq: Int16
  /// Three bits a tyre, the first stop lowest.
  var tyres: UInt16
  var isRanked: UInt8
  var startCompound: UInt8
  var place: UInt8
  var stopCount: UInt8
  var stopLaps: (UInt8, UInt8, UInt8, UInt8)
  /// Fills the row to a multiple of four.
  var spare: UInt16 = 0
}

extension ResultRow {
  init(_ event: SimulationFinished, run: UInt32, attempt: UInt16) throws(PoisonReason) {
    var laps: [UInt8] = []
    var tyres: UInt16 = 0
    for (index, stop) in event.stops.prefix(SimulationFinished.storedStopsMax).enumerated() {
      laps.append(try narrow(stop.lap, "stop"))
      tyres |= UInt16(stop.compound.rawValue) << (3 * UInt16(index))
    }
    while laps.count < SimulationFinished.storedStopsMax { laps.append(0) }
    self.init(
      run: run, total: try narrow(event.total, "total"), toOptimum: try narrow(event.toOptimum, "toOptimum"),
      toReal: try narrow(event.toReal, "toReal"),
      undercutGain: try event.undercutGain.map { (gain) throws(PoisonReason) in try narrow(gain, "undercutGain") }
        ?? .min,
      attempt: attempt, pitTiming: try score(event.pitTiming, "pitTiming"),
      tyreEfficiency: try score(event.tyreEfficiency, "tyreEfficiency"),
      safetyCarReaction: try event.safetyCarReaction.map { (value) throws(PoisonReason) in
        try score(value, "safetyCarReaction")
      } ?? -1,
      raceOutcome: try score(event.raceOutcome, "raceOutcome"), iq: try score(event.iq, "iq"), tyres: tyres,
      isRanked: event.isRanked ? 1 : 0, startCompound: event.startCompound.rawValue,
      place: try narrow(event.place, "place"), stopCount: try narrow(event.stopCount, "stopCount"),
      stopLaps: (laps[0], laps[1], laps[2], laps[3]))
  }

  /// The stops that are stored, in order.
  var stops: [SimulationFinished.Stop] {
    let laps = [stopLaps.0, stopLaps.1, stopLaps.2, stopLaps.3]
    return (0..<min(Int(stopCount), laps.count)).map { index in
      let code = UInt8(truncatingIfNeeded: tyres >> (3 * UInt16(index)) & 7)
      return SimulationFinished.Stop(lap: Int32(laps[index]), compound: Compound(rawValue: code) ?? .soft)
    }
  }
}

private func score(_ value: Int32, _ field: StaticString) throws(PoisonReason) -> Int16 {
  guard (0...10_000).contains(value) else {
    throw PoisonReason(reason: .outOfRange(field: field.description, value: Int64(value)))
  }
  return Int16(value)
}
