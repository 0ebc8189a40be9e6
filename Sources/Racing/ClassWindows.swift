/// The laps on which a tyre class is known to work; outside them its pace is not extrapolated.
package struct ClassWindows: Sendable, Equatable {
  /// By class raw value: laps of the window; nil for a class nobody showed.
  private let windows: [ClosedRange<Int>?]
  /// A dry race has no windows.
  private let isBounded: Bool

  /// Windows from the first to the last clean lap of each class.
  package init(_ data: RaceData, cleanLaps: [RaceData.CleanLap], margin: Int) {
    isBounded = data.isWet
    windows = Compound.Class.allCases.map { kind in
      let laps = cleanLaps.filter { data.facts($0).compound?.tyreClass == kind }.map(\.lap)
      guard let first = laps.min(), let last = laps.max() else { return nil }
      return first - margin...last + margin
    }
  }

  /// Whether the class is supported on the lap.
  package func allows(_ kind: Compound.Class, lap: Int) -> Bool {
    !isBounded || windows[Int(kind.rawValue)]?.contains(lap) == true
  }
}
