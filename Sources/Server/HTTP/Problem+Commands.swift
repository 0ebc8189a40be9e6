import Commands
import Events
import Racing

extension Problem {
  /// The problem a refused command is for whoever sent it.
  init(_ error: CommandError) {
    self.init(error.problemCode, Self.sentence(error.description))
    switch error {
    case .unknownDriver(_, _, let known): extras = [.texts("known", known.map(\.description))]
    case .decisionInThePast(let lap, let current):
      extras = [.number("found", lap), .number("lastLapDriven", current), .number("expectedFrom", current + 1)]
    case .duplicateDecision(let lap, let kind, let found):
      extras = [.number("lap", lap), .text("kind", kind.rawValue), .text("found", found.compound?.name ?? "none")]
    case .conflict(_, let expected, let found):
      extras = [.number("expected", expected.rawValue), .number("found", found.rawValue)]
    case .forkOutsideRun(_, let possible?):
      extras = [.number("first", possible.lowerBound), .number("last", possible.upperBound)]
    case .rule(let violation): extras = violation.extras
    case .overloaded(let retryAfter): retryAfterSeconds = Int(max(1, (retryAfter / .seconds(1)).rounded(.up)))
    case .unavailable: retryAfterSeconds = 1
    default: break
    }
  }

  /// The text with a capital letter at its beginning and a full stop at its end.
  static func sentence(_ text: String) -> String {
    let capitalised = text.prefix(1).uppercased() + text.dropFirst()
    return capitalised.hasSuffix(".") ? capitalised : capitalised + "."
  }
}

extension CommandError {
  /// The one place where refusals become codes.
  fileprivate var problemCode: ProblemCode {
    switch self {
    case .unknownAccount: .unauthenticated
    case .alreadyRegistered, .conflict, .raceChanged, .duplicateDecision: .conflict
    case .unknownRace: .unknownRace
    case .unknownDriver: .unknownDriver
    case .notPlayable, .refusedByModel: .notPlayable
    case .unknownSimulation: .unknownSimulation
    case .notYours: .forbidden
    case .alreadyFinished, .alreadyAbandoned: .alreadyFinished
    case .notFinished: .notFinished
    case .decisionInThePast: .decisionInThePast
    case .rule(.compoundNotAtRace): .unknownCompound
    case .rule, .afterLastLap, .forkOutsideRun, .paceAfterStop, .paceUnchanged, .nothingToDecide, .planOutOfOrder:
      .ruleRefused
    case .malformedRulesName: .invalidValue
    case .rulesNameTaken: .conflict
    case .commandIdReused: .keyReused
    case .overloaded: .overloaded
    case .unavailable: .databaseAway
    case .unreadable: .internalError
    }
  }
}

extension RuleViolation {
  /// What would be legal, for programs.
  fileprivate var extras: [Problem.Extra] {
    switch self {
    case .stopOutsideRace(let lap, let possible), .startOutsideRace(let lap, let possible),
      .forkOutsideRun(let lap, let possible):
      [.number("lap", lap), .number("first", possible.lowerBound), .number("last", possible.upperBound)]
    case .compoundNotAtRace(_, let available): [.texts("legal", available.map(\.name))]
    case .setTooOld(_, let lap, _, _), .stintTooLong(let lap, _, _), .twoCompoundsNeeded(let lap, _),
      .stopsNeeded(let lap, _, _), .noLegalFinish(let lap), .raceIsOver(let lap), .paceAlreadyCalled(let lap, _),
      .compoundChosenLate(_, let lap):
      [.number("lap", lap)]
    case .startIsGiven(_, let given): [.texts("legal", [given.name])]
    case .paceNotOffered: []
    }
  }
}
