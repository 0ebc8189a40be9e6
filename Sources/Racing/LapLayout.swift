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
  package func traffic(_ distance: Int) -> Int { afterWear + distance }
  /// Loss behind any other car, at the same distances.
  package func otherTraffic(_ distance: Int) -> Int { afterWear + 3 + distance }
  /// Loss to each car that laps this one.
  package var lapped: Int { afterWear + 6 }
  /// Loss to each car on the same lap that comes past.
  package var passed: Int { afterWear + 7 }
  /// Number of unknowns.
  package var count: Int { afterWear + 8 }

  /// What a lap loses to the car it follows and to those that come past: zero in a prediction that drives the lap in
  /// traffic itself.
  var ownTraffic: [Int] { [traffic(0), traffic(1), traffic(2), lapped, passed] }

  private var afterWear: Int { wear + 11 + driverCount }
  private var afterDrivers: Int { common + 2 + teamCount + driverCount }
}
