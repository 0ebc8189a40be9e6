public import Events
public import Racing

/// Why a command was refused. A refused command leaves nothing in the log and may be sent again under the same id.
public enum CommandError: Error, Sendable, Equatable {
  /// No such account.
  case unknownAccount(UserID)
  /// The account exists already.
  case alreadyRegistered(UserID, as: UserRegistered.Kind)
  /// The race was never imported.
  case unknownRace(RaceKey)
  /// Nobody of that code drove in the race; those who did.
  case unknownDriver(DriverCode, race: RaceKey, known: [DriverCode])
  /// The driver took part but cannot be simulated.
  case notPlayable(DriverCode, race: RaceKey, reason: String)
  /// The race's data do not allow a model.
  case refusedByModel(RaceKey, reason: String)
  /// No such simulation.
  case unknownSimulation(StreamID)
  /// The simulation belongs to somebody else.
  case notYours(StreamID)
  /// The simulation reached the flag.
  case alreadyFinished(StreamID)
  /// The simulation has not reached the flag.
  case notFinished(StreamID)
  /// The simulation was given up.
  case alreadyAbandoned(StreamID)
  /// The race's data changed since the simulation began and the world it began in is not kept any more.
  case raceChanged(StreamID)
  /// The lap was driven already: `current` is the last lap driven.
  case decisionInThePast(lap: Int, current: Int)
  /// The race ends with the lap `last`.
  case afterLastLap(lap: Int, last: Int)
  /// Something of that kind was decided for the lap before; `found` is that decision.
  case duplicateDecision(lap: Int, kind: DecisionMade.Kind, found: DecisionMade)
  /// A run can be forked after the laps given; nil when it has driven none.
  case forkOutsideRun(lap: Int, possible: ClosedRange<Int>?)
  /// Against the rules of the race.
  case rule(RuleViolation)
  /// The pace of a lap comes before its stop, which is decided already.
  case paceAfterStop(lap: Int)
  /// The pace is what it was.
  case paceUnchanged(PaceMode, lap: Int)
  /// Staying out is a decision only under a safety car, a virtual safety car or a red flag.
  case nothingToDecide(lap: Int, kind: LapKind)
  /// The stops of a plan are not in ascending order of laps.
  case planOutOfOrder(lap: Int, after: Int)
  /// Somebody else wrote to the stream at the same time.
  case conflict(stream: StreamID, expected: Version, found: Version)
  /// A name of rules must be 1 to 40 small letters, digits and hyphens, and not that of the standard rules.
  case malformedRulesName(String)
  /// Other rules were published under the name.
  case rulesNameTaken(String)
  /// The command's id was used before for another command.
  case commandIdReused(CommandID)
  /// Too much is waiting; try again after the time given.
  case overloaded(retryAfter: Duration)
  /// The log or the race data cannot be reached. What was sent may be in the log: sent again under its id, it happens once.
  case unavailable(reason: String)
  /// A stream of the log does not make sense to this version of the program; an operator must look.
  case unreadable(stream: StreamID, reason: String)
}
