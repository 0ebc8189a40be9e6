internal import Events
internal import Racing

extension CommandError: CustomStringConvertible {
  /// What was wrong, with what value, and what to do.
  public var description: String {
    switch self {
    case .unknownAccount, .alreadyRegistered: accountDescription
    case .unknownRace, .unknownDriver, .notPlayable, .refusedByModel: raceDescription
    case .unknownSimulation, .notYours, .alreadyFinished, .notFinished, .alreadyAbandoned, .raceChanged:
      simulationDescription
    case .rule(let violation): violation.description
    case .decisionInThePast, .afterLastLap, .duplicateDecision, .forkOutsideRun: lapDescription
    case .paceAfterStop, .paceUnchanged, .nothingToDecide, .planOutOfOrder: decisionDescription
    default: systemDescription
    }
  }

  private var accountDescription: String {
    switch self {
    case .unknownAccount(let account): "There is no account \(account): register it first."
    case .alreadyRegistered(let account, let kind): "The account \(account) exists already, as \(kind.rawValue)."
    default: ""
    }
  }

  private var raceDescription: String {
    switch self {
    case .unknownRace(let race): "The race \(race.season), round \(race.round), is not known: import it first."
    case .unknownDriver(let driver, let race, let known):
      "\(driver) did not drive in \(race.season), round \(race.round). Drivers: \(list(known.map(\.description)))."
    case .notPlayable(let driver, let race, let reason):
      "\(driver) cannot be simulated in \(race.season), round \(race.round): \(reason). Choose another driver."
    case .refusedByModel(let race, let reason):
      "The race \(race.season), round \(race.round), cannot be simulated: \(reason). Choose another race."
    default: ""
    }
  }

  private var simulationDescription: String {
    switch self {
    case .unknownSimulation(let id): "There is no simulation \(id)."
    case .notYours(let id): "The simulation \(id) belongs to another account: start one of your own."
    case .alreadyFinished(let id): "The simulation \(id) has reached the flag: fork it or start a new one."
    case .notFinished(let id):
      "The simulation \(id) has not reached the flag: what it is set beside is shown afterwards."
    case .alreadyAbandoned(let id): "The simulation \(id) was given up: start a new one."
    case .raceChanged(let id):
      "The race's data changed after the simulation \(id) began and what it began with is gone: start a new one."
    default: ""
    }
  }

  private var lapDescription: String {
    switch self {
    case .decisionInThePast(let lap, let current):
      "Lap \(lap) is over: \(current) is the last lap driven. Decide for lap \(current + 1) or later."
    case .afterLastLap(let lap, let last): "The race ends with lap \(last): there is no lap \(lap)."
    case .duplicateDecision(let lap, let kind, let found):
      "Lap \(lap) has a decision of kind \(kind.rawValue) already (\(found.choice)). What is written down stays."
    case .forkOutsideRun(let lap, let possible):
      possible.map { "Fork after a lap from \($0.lowerBound) to \($0.upperBound), not after lap \(lap)." }
        ?? "Nothing has been driven yet: there is nothing to fork."
    default: ""
    }
  }

  private var decisionDescription: String {
    switch self {
    case .paceAfterStop(let lap):
      "The stop of lap \(lap) is decided already and its pace comes before. Decide for lap \(lap + 1)."
    case .paceUnchanged(let pace, let lap): "The pace on lap \(lap) is \(pace) already: nothing to decide."
    case .nothingToDecide(let lap, let kind):
      "Lap \(lap) is \(kind): staying out is a decision only under a safety car, a virtual safety car or a red flag. "
        + "Advance instead."
    case .planOutOfOrder(let lap, let after):
      "The plan's stop on lap \(lap) stands behind the one on lap \(after): put them in order, one a lap."
    default: ""
    }
  }

  private var systemDescription: String {
    switch self {
    case .conflict(let stream, let expected, let found):
      "\(stream) was at version \(found.rawValue) where \(expected.rawValue) was expected: another command was faster. "
        + "Read it again and decide anew."
    case .malformedRulesName(let name):
      "\"\(name.prefix(64))\" cannot name rules: give 1 to 40 small letters, digits and hyphens, not \"standard\"."
    case .rulesNameTaken(let name): "Other rules were published as \"\(name)\": choose another name."
    case .commandIdReused(let id): "The command id \(id) was used for another command: send a fresh id."
    case .overloaded(let retryAfter): "Too much is waiting: try again in \(retryAfter)."
    case .unavailable(let reason):
      "This was not acknowledged: \(reason). Send it again with the same command id; it happens once."
    case .unreadable(let stream, let reason): "\(stream) cannot be read: \(reason). An operator must look."
    default: ""
    }
  }
}

extension DecisionMade {
  /// What was chosen, in a few words.
  fileprivate var choice: String {
    if let pace { return "pace \(pace)" }
    return compound.map { "\($0.name)" } ?? "stay out"
  }
}

/// `A, B and C`; `none` when there is nothing.
func list(_ words: [String]) -> String {
  guard let last = words.last else { return "none" }
  return words.count == 1 ? last : words.dropLast().joined(separator: ", ") + " and " + last
}
