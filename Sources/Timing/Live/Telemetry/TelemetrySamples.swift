/// What a car's sensors said at a moment, about four times a second. Unknown is nil.
public struct CarSample: Sendable, Equatable {
  /// Session time in milliseconds.
  public var time: Int
  /// Revolutions a minute.
  public var rpm: Int?
  /// Kilometres per hour.
  public var speed: Int?
  /// 0 is neutral.
  public var gear: Int?
  /// Percent.
  public var throttle: Int?
  /// The brake is pressed.
  public var isBraking: Bool?
  /// The flap's state; nil from 2026 on.
  public var drs: Int?
}

/// Where a car was at a moment, in tenths of a metre.
public struct PositionSample: Sendable, Equatable {
  /// Session time in milliseconds.
  public var time: Int
  /// Nil where the feed says neither on nor off.
  public var isOnTrack: Bool?
  /// Along the map's first axis, its second, and upwards.
  public var x, y, z: Int
}

/// One lap of a car with what was recorded during it.
public struct LapTrace: Sendable, Equatable {
  /// The car's number.
  public var number: Int
  /// The lap.
  public var lap: Int
  /// From the beginning of the lap to its end.
  public var samples: [CarSample]
  /// From the beginning of the lap to its end.
  public var positions: [PositionSample]
}
