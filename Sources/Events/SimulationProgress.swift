/// Laps were driven without a new decision. Stream: the simulation; the actor is the player.
public struct SimulationAdvanced: Sendable, Equatable {
  /// The last lap driven.
  public var lap: Int32

  /// Driven up to and including that lap.
  public init(lap: Int32) { self.lap = lap }
}

/// The player gave up. Stream: the simulation; the actor is the player.
public struct SimulationAbandoned: Sendable, Equatable {
  /// The last lap driven.
  public var lap: Int32

  /// Given up after that lap.
  public init(lap: Int32) { self.lap = lap }
}
