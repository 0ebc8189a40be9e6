/// A source of race data that answers over the network, in the order in which they are asked.
public enum NetworkSource: String, Sendable, CaseIterable, Codable, CustomStringConvertible {
  /// F1's archive of live timing.
  case liveTiming = "livetiming"
  /// Official results.
  case jolpica
  /// OpenF1.
  case openF1 = "openf1"

  /// The source's name.
  public var description: String { rawValue }

  /// The first season that it tells of.
  var firstSeason: Int {
    switch self {
    case .liveTiming: 2018
    case .jolpica: 1950
    case .openF1: 2023
    }
  }

  /// How often it may be asked: what its terms allow, and less where they say nothing.
  var pace: Pace {
    switch self {
    case .liveTiming: Pace(perSecond: 5)
    case .jolpica: Pace(perSecond: 4, perHour: 500)
    case .openF1: Pace(perSecond: 2)
    }
  }
}
