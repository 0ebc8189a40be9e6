/// What one line of TimingData says of one car's laps. Small on purpose: a race has tens of thousands.
struct CarPatch: Sendable, Equatable {
  /// What the line says of the lap time.
  enum LastLap: Sendable, Equatable {
    /// Nothing.
    case absent
    /// There is none: "" was sent, or something that is not a time.
    case empty
    case value(Int32)
  }

  /// Session time of the line.
  var time: Int32
  /// `NumberOfLaps`.
  var lapCount: Int16?
  /// `InPit`.
  var isInPit: Bool?
  /// The first key of `BestLapTimes`, an index of a part of qualifying.
  var part: Int8?
  var sector1, sector2, sector3: Int32?
  var lastLap = LastLap.absent
  var speedI1, speedI2, speedFL, speedST: Int16?
  /// `BestLapTime.Value`.
  var best: Int32?

  init(time: Int32) {
    self.time = time
  }

  /// The patch says nothing that laps are made of.
  var isEmpty: Bool { self == CarPatch(time: time) }
}

/// A gap as the feed writes it.
enum GapText: Sendable, Equatable {
  /// Nothing was sent yet.
  case none
  /// `LAP 12`: this car leads.
  case leads
  /// `+1 LAP`.
  case mentionsLap
  /// `+1.234` or `+1:09.473`.
  case milliseconds(Int32)
  /// `1L`, `2 L` and anything else.
  case other

  /// Reads the text of a gap; nil for "", which says nothing.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    if range.isEmpty { return nil }
    if bytes[range].starts(with: "LAP".utf8) {
      self = .leads
      return
    }
    let digits = bytes[range.lowerBound] == UInt8(ascii: "+") ? range.lowerBound + 1..<range.upperBound : range
    if let value = ClockText.duration(bytes, digits).flatMap({ Int32(exactly: $0) }) {
      self = .milliseconds(value)
    } else {
      self = String(decoding: bytes[range], as: UTF8.self).contains("LAP") ? .mentionsLap : .other
    }
  }

  /// What FastF1 takes for the leader's.
  var containsLap: Bool { self == .leads || self == .mentionsLap }
}

/// Where a car was at a moment, with what was not sent again carried forward.
struct StreamRow: Sendable, Equatable {
  var time: Int
  var position: Int?
  var gap = GapText.none
  var interval = GapText.none
}
