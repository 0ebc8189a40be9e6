/// Where each parameter of the lap-time model stands in the vector of unknowns.
///
/// The nodes of the laps come first: their prior couples neighbours only, which keeps the factor of the normal matrix
/// sparse.
package struct LapLayout: Sendable, Equatable {
  /// Laps of the race; every class has a node for 0...lapCount.
  package let lapCount: Int
  /// Tyre classes that are fitted.
  package let classes: [Compound.Class]
  /// Number of teams.
  package let teamCount: Int
  /// Number of drivers.
  package let driverCount: Int

  /// First node by class raw value; nil for a class that is not fitted.
  private let firstNode: [Int?]
  /// The common level.
  package let common: Int

  /// The layout for a race.
  package init(lapCount: Int, classes: [Compound.Class], teamCount: Int, driverCount: Int) {
    self.lapCount = lapCount
    self.classes = classes
    self.teamCount = teamCount
    self.driverCount = driverCount
    firstNode = Compound.Class.allCases.map { kind in classes.firstIndex(of: kind).map { $0 * (lapCount + 1) } }
    common = classes.count * (lapCount + 1)
  }

  /// The node of a lap for a class; nil when the class is not fitted.
  package func node(_ kind: Compound.Class, lap: Int) -> Int? { firstNode[Int(kind.rawValue)].map { $0 + lap } }
  /// Change of pace a lap.
  package var fuel: Int { common + 1 }
  /// A team's pace.
  package func team(_ team: Int) -> Int { common + 2 + team }
  /// A driver's pace beside the team's.
  package func driver(_ driver: Int) -> Int { common + 2 + teamCount + driver }
  /// New-tyre pace of a compound.
  package func compound(_ compound: Compound) -> Int { afterDrivers + Int(compound.rawValue) }
  /// Common wear.
  package var wear: Int { afterDrivers + 5 }
  /// Wear of a compound beside the common one.
  package func compoundWear(_ compound: Compound) -> Int { wear + 1 + Int(compound.rawValue) }
  /// Wear on the square of old age.
  package func cliff(_ compound: Compound) -> Int { wear + 6 + Int(compound.rawValue) }
  /// A driver's own wear.
  package func driverWear(_ driver: Int) -> Int { wear + 11 + driver }
  /// Loss behind a car on the same lap: right behind, one second, two seconds.
  package func traffic(_ distance: Int) -> Int { circumstances + distance }
  /// Loss behind any other car: one on another lap, or one that stops.
  package func otherTraffic(_ distance: Int) -> Int { circumstances + 3 + distance }
  /// Loss by letting a car past that laps.
  package var lapped: Int { circumstances + 6 }
  /// Loss by being passed.
  package var passed: Int { circumstances + 7 }
  /// Loss on the second lap of a new set.
  package func warmUp(_ compound: Compound) -> Int { circumstances + 8 + Int(compound.rawValue) }
  /// Loss on the first green lap after a safety car, and after a virtual one.
  package func restart(isVirtual: Bool) -> Int { circumstances + 13 + (isVirtual ? 1 : 0) }
  /// The unknown is a loss at a restart.
  package func isRestart(_ column: Int) -> Bool { column == circumstances + 13 || column == circumstances + 14 }
  /// All the unknowns that tell of circumstances of single laps, not of the car's pace.
  package var circumstanceRange: Range<Int> { circumstances..<count }
  /// Number of unknowns.
  package var count: Int { circumstances + 15 }

  private var circumstances: Int { wear + 11 + driverCount }

  private var afterDrivers: Int { common + 2 + teamCount + driverCount }
}
