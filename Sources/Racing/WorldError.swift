/// Why a car cannot be simulated.
public enum WorldError: Error, Sendable, Equatable {
  /// Nobody of that code took part; the codes that did are given.
  case unknownDriver(DriverCode, known: [DriverCode])
  /// The car took part but cannot be simulated.
  case notPlayable(DriverCode, Reason)
  /// The artefact breaks a promise that exact simulation needs.
  case invalidArtefact(String)

  /// What is missing to simulate a car.
  public enum Reason: Sendable, Equatable {
    /// The car is not in the classification.
    case notClassified
    /// The time of that lap is unknown.
    case lapUnknown(Int)
    /// The driver has no fitted pace.
    case noPace
    /// The tyres of the car are unknown.
    case tyresUnknown
    /// The car completed fewer than two laps.
    case tooFewLaps
    /// The model marked it so.
    case marked
  }
}

extension WorldError: CustomStringConvertible {
  /// What was wrong, and what to do.
  public var description: String {
    switch self {
    case .unknownDriver(let code, let known):
      "no driver \(code) in this race; take one of \(known.map(\.description).joined(separator: ", "))"
    case .notPlayable(let code, let reason): "\(code) cannot be simulated: \(reason.description); take another driver"
    case .invalidArtefact(let what): "the race's artefact cannot be simulated: \(what); build it again"
    }
  }
}

extension WorldError.Reason: CustomStringConvertible {
  /// What is missing.
  public var description: String {
    switch self {
    case .notClassified: "the car was not classified"
    case .lapUnknown(let lap): "the time of lap \(lap) is unknown"
    case .noPace: "there is no fitted pace for this driver"
    case .tyresUnknown: "the tyres of the car are unknown"
    case .tooFewLaps: "the car completed fewer than two laps"
    case .marked: "the model marked the car as not playable"
    }
  }
}
