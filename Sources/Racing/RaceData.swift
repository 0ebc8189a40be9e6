/// A race record after repairs: what the fit and every table read. Arrays over laps run from index 0 (unused) to the
/// driver's last lap.
package struct RaceData: Sendable {
  /// Official laps.
  package let lapCount: Int
  /// More than one row in fifty was driven on intermediates or wets.
  package let isWet: Bool
  /// The record's clock was moved by this many ms to meet the winner's official time.
  package let anchorMilliseconds: Int64
  /// The record's clock and the winner's official time disagree by more than the constants allow to repair.
  package let isAnchorSuspect: Bool
  /// Teams by name ascending.
  package let teams: [String]
  /// Everybody by code ascending.
  package internal(set) var drivers: [Driver]

  /// One driver's repaired race.
  package struct Driver: Sendable {
    /// The record's entrant.
    package internal(set) var entrant: Entrant
    /// Index into `teams`.
    package let team: Int
    /// Laps 1...lastLap with known ends; index 0 is a placeholder.
    package var laps: [Facts]
    /// Sets in the order used.
    package var stints: [Stint]
    /// A whole stint has no compound, so the driver is only a ghost.
    package var lacksCompound: Bool
    /// Ages of a whole stint were counted from a new set for want of a known one.
    package var hasAssumedAge: Bool

    /// Last counted lap whose end is known.
    package var lastLap: Int { laps.count - 1 }
  }

  /// What is known of one lap.
  package struct Facts: Sendable, Equatable {
    /// Lap time for the fit.
    package var lapTime: Int64 = 0
    /// The lap time was measured, not derived from line crossings.
    package var isMeasured = false
    /// End of the lap since the start.
    package var elapsed: Int64 = 0
    /// From line to line.
    package var duration: Int64 = 0
    /// By the status digits of the lap.
    package var kind = LapKind.green
    /// The status is exactly "clear".
    package var isClear = false
    /// Ends in the pit lane.
    package var isIn = false
    /// Began in the pit lane.
    package var isOut = false
    /// The tyre, repaired; nil where its whole stint is unknown.
    package var compound: Compound?
    /// Laps on the set at the end of the lap, repaired; 0 when nothing is known.
    package var life = 0
    /// Effective age at the end of the lap in quarter laps: slow laps count less.
    package var wear = 0
    /// Seconds to the latest car over the line before the lap began; nil for none.
    package var gap: Double?
    /// The driver's index of that car, when it was on the same lap.
    package var carAhead: Int?
    /// That car does not stop at the end of the lap, so it may be in the way all along.
    package var followsRunner = false
    /// Cars a lap or more ahead that begin the lap behind and end it in front or less than half a second behind.
    package var lappedBy = 0
    /// Cars on the same lap that begin it behind and end it in front.
    package var passedBy = 0
  }

  /// A set of tyres.
  package struct Stint: Sendable, Equatable {
    /// First and last lap.
    package var laps: ClosedRange<Int>
    /// The tyre; nil when unknown.
    package var compound: Compound?
    /// Laps on the set before its first lap.
    package var ageAtStart: Int
  }

  /// Laps that may be used for fitting: indices of driver and lap, drivers ascending, laps ascending.
  package struct CleanLap: Sendable, Equatable {
    /// Index into `drivers`.
    package let driver: Int
    /// Lap number.
    package let lap: Int
  }
}

extension RaceData {
  /// Compounds a car may fit: all that somebody used, in a dry race slicks only, ascending.
  package var compounds: [Compound] {
    let used = Set(drivers.flatMap { $0.stints.compactMap(\.compound) })
    return Compound.allCases.filter { used.contains($0) && (isWet || $0.tyreClass == .slick) }
  }

  /// Tyre classes of those compounds, ascending.
  package var classes: [Compound.Class] {
    let used = Set(compounds.map(\.tyreClass))
    return Compound.Class.allCases.filter { used.contains($0) }
  }
}

extension LapKind {
  /// The kind of a lap with those status digits; the gravest digit wins. Nothing known reads as green.
  package init(trackStatus: String) {
    let digits = trackStatus.utf8
    func meets(_ digit: Unicode.Scalar) -> Bool { digits.contains(UInt8(ascii: digit)) }
    self =
      if meets("5") {
        .red
      } else if meets("4") {
        .safetyCar
      } else if meets("6") || meets("7") {
        .virtualSafetyCar
      } else if digits.allSatisfy({ $0 == UInt8(ascii: "1") }) {
        .green
      } else {
        .yellow
      }
  }
}
