public import Racing

/// A rule of the sport, or of the simulator, that a command would break.
public enum RuleViolation: Error, Sendable, Equatable {
  /// Nobody used that compound in the race, so its pace is not known.
  case compoundNotInRace(Compound, available: [Compound])
  /// The start tyre leaves no legal way to the flag.
  case startTyre(Compound, legal: [Compound])
  /// A run from a later lap continues on the tyres of that lap.
  case startTyreIsGiven(startLap: Int)
  /// Stops are possible at the end of laps `first` to `last`.
  case noStopOnLap(lap: Int, first: Int, last: Int)
  /// After that stop no legal finish is possible (compounds, stops, tyre age); compounds with which one is.
  case noLegalFinish(lap: Int, fitting: Compound, legal: [Compound])
  /// Staying out on the lap leaves no legal finish; compounds that may be fitted at its end.
  case mustStop(lap: Int, legal: [Compound])
  /// Driving at that pace on the lap leaves no legal finish: the tyres would be too old.
  case paceTooHard(PaceMode, lap: Int)
  /// The pace is what it was.
  case paceUnchanged(PaceMode, lap: Int)
  /// The pace of a lap is decided before its stop.
  case paceAfterStop(lap: Int)
  /// Staying out is the rule on a lap without neutralisation and needs no decision.
  case stayingOutIsNoDecision(lap: Int, kind: LapKind)
  /// The stops of a plan are not in ascending order of laps.
  case planOutOfOrder(lap: Int, after: Int)
  /// More stops than a plan may have.
  case tooManyStops(count: Int, limit: Int)
}
