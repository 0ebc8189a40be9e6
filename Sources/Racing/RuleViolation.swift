/// Why a call, or a start, is against the rules; each says what would be legal.
public enum RuleViolation: Error, Sendable, Hashable {
  /// A stop at the end of that lap; stops are possible at the end of the laps given.
  case stopOutsideRace(lap: Int, possible: ClosedRange<Int>)
  /// Nobody used that tyre at this race; the ones somebody used are given.
  case compoundNotAtRace(Compound, available: [Compound])
  /// The set would be worn beyond what anybody showed, in quarter laps.
  case setTooOld(Compound, lap: Int, wearQuarters: Int, limitQuarters: Int)
  /// The set would be driven for more laps than the rules allow.
  case stintTooLong(lap: Int, laps: Int, limit: Int)
  /// Two different dry compounds could no longer be used.
  case twoCompoundsNeeded(lap: Int, used: Compound)
  /// The stops still needed could no longer be made.
  case stopsNeeded(lap: Int, made: Int, minimum: Int)
  /// No legal finish could be reached after it, because sets last too few laps.
  case noLegalFinish(lap: Int)
  /// The race is over after that lap.
  case raceIsOver(lap: Int)
  /// Pushing and saving are not part of this simulation.
  case paceNotOffered(PaceMode)
  /// The pace of that lap was called already.
  case paceAlreadyCalled(lap: Int, PaceMode)
  /// The simulation cannot begin after that lap.
  case startOutsideRace(lap: Int, possible: ClosedRange<Int>)
  /// The tyre can be chosen only when the simulation begins at lap 1.
  case compoundChosenLate(Compound, lap: Int)
  /// The car really changed tyres at the end of lap 1, so its set is given.
  case startIsGiven(Compound, given: Compound)
  /// A fork after a lap that has not been driven, or was given.
  case forkOutsideRun(lap: Int, possible: ClosedRange<Int>)
}

extension RuleViolation: CustomStringConvertible {
  /// What was wrong, with what value, and what would be legal.
  public var description: String {
    switch self {
    case .stopOutsideRace(let lap, let possible):
      "no stop at the end of lap \(lap); stop at the end of laps \(possible.lowerBound) to \(possible.upperBound)"
    case .compoundNotAtRace(let compound, let available):
      "nobody used \(compound.name) at this race; take one of \(available.map(\.name).joined(separator: ", "))"
    case .setTooOld(let compound, let lap, let wear, let limit):
      """
      the \(compound.name) set would be \(Self.laps(wear)) laps worn at the end of lap \(lap) and lasts \
      \(Self.laps(limit)); fit another before
      """
    case .stintTooLong(let lap, let laps, let limit):
      "the set would be driven \(laps) laps at the end of lap \(lap) and the rules allow \(limit); fit another before"
    case .twoCompoundsNeeded(let lap, let used):
      "after lap \(lap) a second dry compound could no longer be used; fit another than \(used.name) now"
    case .stopsNeeded(let lap, let made, let minimum):
      "after lap \(lap) with \(made) stops made the \(minimum) that are needed could no longer be made; stop now"
    case .noLegalFinish(let lap):
      "after this call for lap \(lap) no legal finish is left; choose among the legal actions of the lap"
    case .raceIsOver(let lap): "the race ended with lap \(lap); there is nothing left to call"
    case .paceNotOffered(let mode): "the pace cannot be chosen in this simulation, and \(mode) was; leave it out"
    case .paceAlreadyCalled(let lap, let mode): "the pace of lap \(lap) is \(mode) already; call the next lap"
    case .startOutsideRace(let lap, let possible):
      "a simulation cannot begin after lap \(lap); take a lap from \(possible.lowerBound) to \(possible.upperBound)"
    case .compoundChosenLate(let compound, let lap):
      "\(compound.name) cannot be chosen for a start after lap \(lap); leave the tyre out or begin at lap 1"
    case .startIsGiven(let compound, let given):
      "\(compound.name) cannot be chosen: the car changed tyres after lap 1 and goes on \(given.name); leave it out"
    case .forkOutsideRun(let lap, let possible):
      "a run cannot be forked after lap \(lap); take a lap from \(possible.lowerBound) to \(possible.upperBound)"
    }
  }

  private static func laps(_ quarters: Int) -> String {
    let rest = ["", ".25", ".5", ".75"][quarters % 4]
    return "\(quarters / 4)\(rest)"
  }
}
