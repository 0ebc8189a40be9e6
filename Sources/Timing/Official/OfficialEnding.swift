/// How a car's race ended, told from two spellings that changed over the years.
public enum OfficialEnding: String, Sendable, Equatable, CaseIterable {
  case finished, lapped, retired, dns, dsq, excluded, withdrawn
  case notClassified = "not_classified"
  case unknown

  /// The ending behind a position's text and a status: until 2022 the status names the cause of a retirement, from 2024 on
  /// it is one of a handful of words.
  public init(positionText: String, status: String) {
    switch positionText {
    case "D": self = .dsq
    case "E": self = .excluded
    case "W": self = .withdrawn
    case "F": self = .dns
    case "N": self = .notClassified
    case "R": self = status == "Did not start" ? .dns : .retired
    default: self = OfficialEnding.named(status)
    }
  }

  private static func named(_ status: String) -> OfficialEnding {
    switch status {
    case "": .unknown
    case "Finished": .finished
    case "Lapped": .lapped
    case "Disqualified": .dsq
    case "Did not start", "Did not qualify", "Did not prequalify": .dns
    case "Withdrew": .withdrawn
    case "Excluded": .excluded
    case "Not classified": .notClassified
    default: status.hasPrefix("+") && status.contains("Lap") ? .lapped : .retired
    }
  }
}

extension OfficialResults.Row {
  /// How the race ended for the car.
  public var ending: OfficialEnding { OfficialEnding(positionText: positionText, status: status) }
}
