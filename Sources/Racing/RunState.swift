/// Where a car stands at the end of a lap: everything that decides its future.
public struct RunState: Sendable, Hashable {
  /// The last lap driven.
  public var lap: Int
  /// Time since the start of the race, in ms.
  public var elapsed: Int64
  /// The tyre fitted.
  public var compound: Compound
  /// Wear of the set in quarter laps.
  public var wear: Int
  /// Laps the set has been driven, earlier sessions included.
  public var lapsOnSet: Int
  /// The obligation to use different dry compounds is met.
  public var obligationMet: Bool
  /// Stops that count towards the minimum, never more than it.
  public var stopsTowardsMinimum: Int
  /// The next lap begins in the pit lane.
  public var isOutLap: Bool
  /// Stops made since the simulation began.
  public var stops: Int
  /// How hard the car is driven.
  public var mode: PaceMode
}
