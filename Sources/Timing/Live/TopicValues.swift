/// A car's official time in the pit lane.
struct PitLaneTime: Sendable, Equatable {
  var time: Int
  var number: Int
  var lap: Int?
  var duration: Int
}

/// A stop as the feed times it since late 2024. Unknown is nil.
public struct TimedStop: Sendable, Equatable {
  /// Session time of the first message about it, in milliseconds.
  public var time: Int
  /// The car's number.
  public var number: Int
  /// The lap.
  public var lap: Int
  /// Milliseconds in the pit lane.
  public var lane: Int?
  /// Milliseconds at a standstill.
  public var stationary: Int?
}

/// The weather at a moment. Nil is unknown.
public struct WeatherSample: Sendable, Equatable {
  /// Session time in milliseconds.
  public var sessionMilliseconds: Int
  /// Degrees Celsius.
  public var airTemperature, trackTemperature: Double?
  /// Percent.
  public var humidity: Double?
  /// Hectopascal.
  public var pressure: Double?
  /// It rains.
  public var isRaining: Bool?
  /// Degrees.
  public var windDirection: Int?
  /// Metres a second.
  public var windSpeed: Double?

  init(_ time: Int, _ value: JSONValue) {
    sessionMilliseconds = time
    airTemperature = value["AirTemp"]?.decimal
    trackTemperature = value["TrackTemp"]?.decimal
    humidity = value["Humidity"]?.decimal
    pressure = value["Pressure"]?.decimal
    isRaining = value["Rainfall"]?.truth
    windDirection = value["WindDirection"]?.whole
    windSpeed = value["WindSpeed"]?.decimal
  }
}
