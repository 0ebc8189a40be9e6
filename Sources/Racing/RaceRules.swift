/// The rules of the sport that bind strategy in one race. They come with the race's data.
public struct RaceRules: Sendable, Hashable {
  /// Different dry compounds a car must use unless it uses an intermediate or a wet. 2, or 1 for no obligation.
  public var minimumDryCompounds: Int
  /// Stops a car must make.
  public var minimumStops: Int
  /// Laps that may be driven on one set; nil for no limit.
  public var maximumStintLaps: Int?

  /// The usual rules are the defaults.
  public init(minimumDryCompounds: Int = 2, minimumStops: Int = 0, maximumStintLaps: Int? = nil) {
    self.minimumDryCompounds = minimumDryCompounds
    self.minimumStops = minimumStops
    self.maximumStintLaps = maximumStintLaps
  }
}
