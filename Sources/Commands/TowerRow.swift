public import Racing

extension SimulationView {
  /// One car at the end of the last lap driven.
  public struct TowerRow: Sendable, Equatable {
    /// Whose car it is.
    public var driver: DriverCode
    /// Place at the line; nil for a car that is out, or whose time is unknown.
    public var place: Int?
    /// Its time at the end of the lap less the player's, ms, also where it was lapped: negative is ahead; nil where
    /// `place` is.
    public var gap: Int64?
    /// Duration of the lap, ms; nil when unknown.
    public var lapTime: Int64?
    /// The tyres it drove the lap on; nil when unknown.
    public var compound: Compound?
    /// Laps on them at the end of the lap, earlier sessions included; nil when unknown.
    public var tyreLaps: Int?
    /// Stops made before the lap; changes under a red flag are none.
    public var stopCount: Int
    /// The lap ended in the pit lane.
    public var isInLane: Bool
    /// Its last lap; nil while it runs.
    public var lastLap: Int?
  }
}
