/// Why a driver's race is not taken apart.
public enum AutopsyRefusal: Error, Sendable, Equatable {
  /// Nobody of that code took part; the codes that did are given.
  case unknownDriver(DriverCode, known: [DriverCode])
  /// The driver's race was too short.
  case tooFewLaps(driven: Int, needed: Int)
  /// No lap of the driver can tell his pace.
  case noPace
  /// The tyres of a whole stint are unknown, or nobody else showed what they do.
  case tyresUnknown
  /// Too many laps on a class of tyre while nobody shows what it does.
  case tyreClassUnsupported(laps: Int, most: Int)
  /// No plan of the race could be found that the rules allow.
  case noLegalPlan
  /// The race as a whole has no model.
  case raceRefused(ModelError)
}

extension AutopsyRefusal: CustomStringConvertible {
  /// What was wrong, in a sentence.
  public var description: String {
    switch self {
    case .unknownDriver(let code, let known):
      "no driver \(code) in this race; take one of \(known.map(\.description).joined(separator: ", "))"
    case .tooFewLaps(let driven, let needed):
      "the driver's race lasted \(driven) laps, and \(needed) are needed to tell causes apart"
    case .noPace: "no lap of the driver can tell the pace of the car"
    case .tyresUnknown: "the tyres of a whole stint are unknown"
    case .tyreClassUnsupported(let laps, let most):
      "the driver spent \(laps) laps on a class of tyre while nobody shows what it does; the model supports \(most)"
    case .noLegalPlan: "no plan that the rules allow could be driven on the sets of this race"
    case .raceRefused(let reason): reason.description
    }
  }

  /// A stable word for programs.
  public var code: String {
    switch self {
    case .unknownDriver: "unknown_driver"
    case .tooFewLaps: "too_few_laps"
    case .noPace: "no_pace"
    case .tyresUnknown: "tyres_unknown"
    case .tyreClassUnsupported: "tyre_class_unsupported"
    case .noLegalPlan: "no_legal_plan"
    case .raceRefused: "race_refused"
    }
  }
}
