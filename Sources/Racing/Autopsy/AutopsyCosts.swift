/// The six causes of lost time and what the model does not explain. Milliseconds; positive is time lost.
public struct AutopsyCosts: Sendable, Equatable {
  /// The grid slot, and traffic until the first stop.
  public var qualifying: Int64
  /// Wear beyond the field's on the same plan.
  public var tyre: Int64
  /// Time in the lane beyond the race's best crews.
  public var pit: Int64
  /// Calls that were not the best, and traffic after the first stop.
  public var strategy: Int64
  /// Pace against the best car.
  public var car: Int64
  /// Everything out of the ordinary: neutralised laps, damage, penalties, luck.
  public var incident: Int64
  /// Ordinary laps that differ from their simulation.
  public var residual: Int64

  /// The six and the residual together: the whole loss.
  public var sum: Int64 { qualifying + tyre + pit + strategy + car + incident + residual }
}

/// What a strategy cost, by kind. Milliseconds.
public struct StrategyParts: Sendable, Equatable {
  /// What the calls cost in expectation, given what could be known; with hindsight in the wet and for retired cars.
  public var decision: Int64
  /// The decision part was judged with hindsight.
  public var isHindsight: Bool
  /// Traffic after the first stop.
  public var traffic: Int64
}

/// What is counted as an incident, by kind. Milliseconds.
public struct IncidentParts: Sendable, Equatable {
  /// Laps out of the ordinary against their simulation.
  public var flagged: Int64
  /// What neutralised laps gave back or took.
  public var bunching: Int64
  /// Neutralisations nobody could foresee: hindsight cost less decision cost.
  public var luck: Int64
  /// Time in the lane that is not the crew's: penalties served, repairs.
  public var held: Int64
  /// Traffic met, or missed, because a stop was slower or faster than the median.
  public var knockOn: Int64
  /// Penalties added after the race.
  public var penalty: Int64
  /// Gaps that stoppages changed.
  public var redReset: Int64

  /// All of it.
  public var total: Int64 { flagged + bunching + luck + held + knockOn + penalty + redReset }
}

/// What a driver's runs cost, cause by cause.
package struct AutopsyFigures: Sendable, Equatable {
  /// By cause.
  package var costs: AutopsyCosts
  /// Inside strategy.
  package var strategy: StrategyParts
  /// Inside incident.
  package var incident: IncidentParts
  /// What was really lost against the ideal race, measured for itself.
  package var totalLoss: Int64

  /// The causes add up to the loss when this is 0.
  package var identityError: Int64 { costs.sum - totalLoss }
}
