/// One car's race, ready to be driven again: its pace, its rivals as they really drove, the rules.
///
/// Rivals never react. Immutable, and shared by every run of the car; optima found on the way are remembered.
public final class SimulationWorld: Sendable {
  /// The race.
  public let race: RaceKey
  /// The car.
  public let driver: DriverCode
  /// Hash of the artefact everything here follows from.
  public let artefactHash: String
  /// The model that made the artefact.
  public let modelVersion: String
  /// Laps the car drives: the race's, or its own when it was lapped.
  public let lapCount: Int
  /// Laps of the race.
  public let raceLapCount: Int
  /// Tyres somebody used, ascending.
  public let compounds: [Compound]
  /// Per tyre of `compounds`: laps beyond which a set cannot be driven.
  public let stintCaps: [Int]
  /// The rules that bind strategy.
  public let rules: RaceRules
  /// The kind of each lap for this car; index 0 is unused.
  public let kinds: [LapKind]
  /// Time lost in the pit lane.
  public let pitLoss: RaceArtefact.PitLoss
  /// What the car really did, with the real ages of its sets.
  public let realPlan: Plan
  /// The car's real elapsed times by lap, ms; index 0 is 0.
  public let realElapsed: [Int64]
  let realStartSetAge: Int
  /// The car really stopped, or changed tyres, at the end of lap 1; then the set for lap 2 is given.
  public let startIsFixed: Bool
  /// The official place; the car was classified.
  public let realPosition: Int

  let course: Course
  let slots: [Int]
  /// Everybody else as they really drove, by code ascending.
  public let rivals: [RaceArtefact.Car]
  let lineTimes: [[Int64]]
  let permits: LegalityTable
  let permitsWithModes: LegalityTable
  let optima: OptimumCache

  /// Prepares a car of a race.
  ///
  /// - Throws: `unknownDriver`, `notPlayable` with the reason, `invalidArtefact`.
  /// - Complexity: O(laps × (cars + cells of the pace table)), under a millisecond.
  public convenience init(artefact: RaceArtefact, driver: DriverCode) throws(WorldError) {
    let index = try Self.playableIndex(of: driver, in: artefact)
    try self.init(artefact, car: index, pace: artefact.paces[index]!)
  }

  /// Prepares any car whose laps and tyres are known, with a pace that is given.
  ///
  /// - Parameters:
  ///   - crewGain: Subtracted from every stop, ms.
  ///   - isAlone: Nobody else is on the track, and the car stands still on red laps. Where the race was stopped nothing
  ///     binds the car to the clock of the others.
  /// - Throws: `invalidArtefact`.
  init(
    _ artefact: RaceArtefact, car index: Int, pace: PaceTable, crewGain: Int64 = 0, isAlone: Bool = false
  ) throws(WorldError) {
    let car = artefact.cars[index]
    guard let follow = FollowTable(artefact.follow) else {
      throw .invalidArtefact("the follow map is not monotone")
    }
    driver = car.code
    race = artefact.key
    artefactHash = artefact.hash
    modelVersion = artefact.modelVersion
    lapCount = car.lastLap
    raceLapCount = artefact.lapCount
    compounds = artefact.compounds
    rules = artefact.rules
    kinds = Array(car.kinds[0...car.lastLap])
    pitLoss = artefact.pitLoss
    realElapsed = Array(car.elapsed[0...car.lastLap])
    realPosition = car.position ?? 0
    realStartSetAge = car.stints[0].ageAtStart
    realPlan = Self.realPlan(of: car)
    startIsFixed = car.stints.dropFirst().contains { $0.firstLap <= 2 }
    slots = Self.slots(of: artefact.compounds)
    stintCaps = Self.caps(of: car, in: artefact)
    rivals = artefact.cars.enumerated().filter { $0.offset != index }.map(\.element)
    lineTimes = Self.lineTimes(of: rivals, lapCount: car.lastLap)
    course = Course(
      artefact: artefact, car: car, pace: pace, rivals: isAlone ? nil : rivals, follow: follow,
      wearCount: 4 * (stintCaps.max() ?? 0) + 1, crewGain: crewGain)
    permits = LegalityTable(lapCount: lapCount, kinds: kinds, caps: stintCaps, rules: rules, allowsModes: false)
    permitsWithModes = LegalityTable(lapCount: lapCount, kinds: kinds, caps: stintCaps, rules: rules, allowsModes: true)
    optima = OptimumCache()
  }

  /// The index of a tyre in `compounds`; nil when nobody used it. O(1).
  func slot(of compound: Compound) -> Int? {
    let slot = slots[Int(compound.rawValue)]
    return slot < 0 ? nil : slot
  }

  /// The race had a safety car or a virtual safety car on this car's laps.
  public var hasNeutralisation: Bool { kinds.dropFirst().contains(where: \.isNeutralised) }

  /// The place of a car that ends a lap at that time; at the flag rivals with more laps count as ahead. O(cars).
  public func place(atEndOf lap: Int, elapsed: Int64) -> Int {
    guard lap == lapCount else { return 1 + lineTimes[lap].count { $0 < elapsed } }
    return 1
      + rivals.count {
        $0.lastLap > lapCount || ($0.lastLap == lapCount && isKnown($0, lap) && $0.elapsed[lap] < elapsed)
      }
  }

  private func isKnown(_ car: RaceArtefact.Car, _ lap: Int) -> Bool { car.elapsed[lap] >= 0 }
}
