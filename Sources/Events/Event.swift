/// Everything that can happen. The case name with a capital is the type's name in the log.
///
/// A type's meaning never changes: a new meaning is a new case.
public enum Event: Sendable, Equatable {
  /// An account exists.
  case userRegistered(UserRegistered)
  /// A guest became a registered account.
  case guestRegistered(GuestRegistered)
  /// An account was erased.
  case userErased(UserErased)
  /// An account may read Pro reports.
  case proGranted(ProGranted)
  /// An account may no longer read Pro reports.
  case proRevoked(ProRevoked)
  /// An account may do what operators do.
  case operatorGranted(OperatorGranted)
  /// An account may no longer do what operators do.
  case operatorRevoked(OperatorRevoked)
  /// An account's runs count for nothing any more.
  case rankingRevoked(RankingRevoked)
  /// An account's ranked runs count again.
  case rankingGranted(RankingGranted)
  /// A race's data came in.
  case raceImported(RaceImported)
  /// A driver's race was taken apart.
  case autopsyComputed(AutopsyComputed)
  /// A player took over a car.
  case simulationStarted(SimulationStarted)
  /// A player decided something.
  case decisionMade(DecisionMade)
  /// Laps were driven without a new decision.
  case simulationAdvanced(SimulationAdvanced)
  /// A run reached the flag and was scored.
  case simulationFinished(SimulationFinished)
  /// The player gave up.
  case simulationAbandoned(SimulationAbandoned)
  /// Rules were published for comparison.
  case scoringRulesProposed(ScoringRules)
  /// Other rules are in force.
  case scoringRulesChanged(ScoringRules)
  /// An event is passed over.
  case eventQuarantined(EventQuarantined)
}
