/// The type of an event, as a number that is cheap to switch on and a name that stands in the log.
///
/// Raw values are stable: they may be stored in segments and snapshots.
public enum EventType: UInt16, Sendable, Hashable, CaseIterable {
  case userRegistered = 1
  case userErased = 2
  case proGranted = 3
  case proRevoked = 4
  case raceImported = 5
  case simulationStarted = 6
  case decisionMade = 7
  case simulationAdvanced = 8
  case simulationFinished = 9
  case simulationAbandoned = 10
  case autopsyComputed = 11
  case guestRegistered = 12
  case operatorGranted = 13
  case operatorRevoked = 14
  case rankingRevoked = 15
  case rankingGranted = 16
  case scoringRulesProposed = 20
  case scoringRulesChanged = 21
  case eventQuarantined = 22

  /// The name in the log, such as `DecisionMade`.
  public var name: String { staticName.description }

  /// The type with that name in the log; nil for a name that is not known.
  public init?(name: some StringProtocol) {
    let found = Array(name.utf8).withUnsafeBufferPointer { Self(nameBytes: UnsafeRawBufferPointer($0)) }
    guard let found else { return nil }
    self = found
  }

  /// The type with that name, from the bytes of a row; nil for a name that is not known. Does not allocate.
  public init?(nameBytes: UnsafeRawBufferPointer) {
    guard let base = nameBytes.baseAddress,
      let type = Self(word: Word(start: base, count: nameBytes.count))
    else { return nil }
    self = type
  }

  init?(word: Word) {
    switch word {
    case "DecisionMade": self = .decisionMade
    case "SimulationAdvanced": self = .simulationAdvanced
    case "SimulationFinished": self = .simulationFinished
    case "SimulationStarted": self = .simulationStarted
    case "SimulationAbandoned": self = .simulationAbandoned
    case "UserRegistered": self = .userRegistered
    case "GuestRegistered": self = .guestRegistered
    case "UserErased": self = .userErased
    case "ProGranted": self = .proGranted
    case "ProRevoked": self = .proRevoked
    case "OperatorGranted": self = .operatorGranted
    case "OperatorRevoked": self = .operatorRevoked
    case "RankingRevoked": self = .rankingRevoked
    case "RankingGranted": self = .rankingGranted
    case "RaceImported": self = .raceImported
    case "AutopsyComputed": self = .autopsyComputed
    case "ScoringRulesProposed": self = .scoringRulesProposed
    case "ScoringRulesChanged": self = .scoringRulesChanged
    case "EventQuarantined": self = .eventQuarantined
    default: return nil
    }
  }

  /// The name without an allocation.
  package var staticName: StaticString {
    switch self {
    case .userRegistered: "UserRegistered"
    case .guestRegistered: "GuestRegistered"
    case .userErased: "UserErased"
    case .proGranted: "ProGranted"
    case .proRevoked: "ProRevoked"
    case .operatorGranted: "OperatorGranted"
    case .operatorRevoked: "OperatorRevoked"
    case .rankingRevoked: "RankingRevoked"
    case .rankingGranted: "RankingGranted"
    case .raceImported: "RaceImported"
    case .autopsyComputed: "AutopsyComputed"
    case .simulationStarted: "SimulationStarted"
    case .decisionMade: "DecisionMade"
    case .simulationAdvanced: "SimulationAdvanced"
    case .simulationFinished: "SimulationFinished"
    case .simulationAbandoned: "SimulationAbandoned"
    case .scoringRulesProposed: "ScoringRulesProposed"
    case .scoringRulesChanged: "ScoringRulesChanged"
    case .eventQuarantined: "EventQuarantined"
    }
  }
}

extension Event {
  /// The type of the event.
  public var type: EventType {
    switch self {
    case .userRegistered: .userRegistered
    case .guestRegistered: .guestRegistered
    case .userErased: .userErased
    case .proGranted: .proGranted
    case .proRevoked: .proRevoked
    case .operatorGranted: .operatorGranted
    case .operatorRevoked: .operatorRevoked
    case .rankingRevoked: .rankingRevoked
    case .rankingGranted: .rankingGranted
    case .raceImported: .raceImported
    case .autopsyComputed: .autopsyComputed
    case .simulationStarted: .simulationStarted
    case .decisionMade: .decisionMade
    case .simulationAdvanced: .simulationAdvanced
    case .simulationFinished: .simulationFinished
    case .simulationAbandoned: .simulationAbandoned
    case .scoringRulesProposed: .scoringRulesProposed
    case .scoringRulesChanged: .scoringRulesChanged
    case .eventQuarantined: .eventQuarantined
    }
  }
}
