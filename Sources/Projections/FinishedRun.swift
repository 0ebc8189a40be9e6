import Events
import Racing

/// A finished run as rankings and windows see it: made once, when its `SimulationFinished` arrives.
struct FinishedRun: Sendable, Equatable {
  /// Dense number of the account, from 0 in order of first appearance.
  var user: Int32
  /// Dense number of the race, from 0 in order of first appearance.
  var race: Int32
  /// Season of the race.
  var season: Int16
  /// Dense number of the race's circuit, from 0 in order of first appearance.
  var circuit: Int32
  /// The car.
  var driver: DriverCode
  /// Position of the `SimulationFinished` event.
  var position: Position
  /// Event time divided by 600 s, rounded down.
  var timeSlot: Int64
  /// 1 + earlier runs of the account on the race that got beyond lap 1, counted by the order of the log.
  var attempt: Int32
  /// The event says ranked, and the account is not a guest.
  var isRanked: Bool
  /// Scores, stops and plan.
  var outcome: SimulationFinished
}
