/// One lap of one car as its timing messages tell it, on the session clock, before tyres and track status are joined.
struct TimedLap: Sendable, Equatable {
  /// A value for each of the three sectors.
  struct Sectors: Sendable, Equatable {
    var first, second, third: Int?

    /// By index from 0.
    subscript(index: Int) -> Int? {
      get { index == 0 ? first : index == 1 ? second : third }
      set {
        switch index {
        case 0: first = newValue
        case 1: second = newValue
        default: third = newValue
        }
      }
    }

    /// The sum; nil unless all three are known.
    var sum: Int? {
      guard let first, let second, let third else { return nil }
      return first + second + third
    }

    /// The sum of those that are known.
    var knownSum: Int { (first ?? 0) + (second ?? 0) + (third ?? 0) }

    /// One of them is known.
    var hasAny: Bool { first != nil || second != nil || third != nil }
  }

  /// The feed sends "" where there is no time: that is not the same as not sending one.
  enum Time: Sendable, Equatable {
    case unset
    case empty
    case value(Int)

    /// The time, where there is one.
    var known: Int? {
      if case .value(let time) = self { return time }
      return nil
    }
  }

  /// Session time at the end of the lap.
  var end: Int?
  /// From 1.
  var number = 0
  /// Passes through the pit lane before the lap.
  var stops = 0
  var time = Time.unset
  /// A time of 150 s and more that came before its last sector, and was refused for that.
  var refused: Int?
  var sectors = Sectors()
  /// Session time at the end of each sector.
  var sectorEnds = Sectors()
  var speedI1, speedI2, speedFL, speedST: Int?
  var pitIn, pitOut: Int?
  var isPersonalBest = false

  /// A sector, a speed or a lap time is known.
  var hasData: Bool {
    sectors.hasAny || time.known != nil || speedI1 != nil || speedI2 != nil || speedFL != nil || speedST != nil
  }
}

/// The laps of one car.
struct CarLaps: Sendable, Equatable {
  let number: Int
  var laps: [TimedLap] = []
  /// Best laps as the feed announced them.
  var bests: [(time: Int, best: Int)] = []
  /// Where the parts of qualifying begin for this car.
  var parts = [Int.min]
  /// Lap ends that the feed announced.
  var announcedEnds = 0
  /// Values that contradict each other.
  var integrityErrors = 0

  static func == (left: CarLaps, right: CarLaps) -> Bool {
    left.number == right.number && left.laps == right.laps && left.parts == right.parts
      && left.integrityErrors == right.integrityErrors
  }
}
