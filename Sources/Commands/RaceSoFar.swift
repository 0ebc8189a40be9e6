public import Events
public import Racing

/// A run's race up to the last lap driven, everybody in it: what tower, gaps and tyres are drawn from. Nothing in it comes
/// from a later lap.
public struct RaceSoFar: Sendable, Equatable {
  /// One car.
  public struct Car: Sendable, Equatable {
    /// Whose car it is.
    public var driver: DriverCode
    /// Time since the start of the race at the end of each lap from 1, ms; nil when unknown.
    public var elapsed: [Int64?]
    /// Sets in the order used; the last lap of each is the last one so far.
    public var sets: [RaceArtefact.Stint]
  }

  /// The run's stream.
  public var simulation: StreamID
  /// The race.
  public var race: RaceKey
  /// The last lap driven.
  public var lap: Int
  /// Laps of the race for this car.
  public var lapCount: Int
  /// The kind of each lap from 1 up to `lap`.
  public var kinds: [LapKind]
  /// The player's car, then the others by code ascending.
  public var cars: [Car]
}

extension SimulationState {
  /// The race up to the last lap driven.
  /// - Complexity: O(cars × laps).
  var raceSoFar: RaceSoFar {
    let own = RaceSoFar.Car(
      driver: started.driver, elapsed: car.path[1...lap].map { $0 }, sets: car.setsSoFar.filter { $0.firstLap <= lap })
    let others = world.rivals.map { rival in
      let last = min(lap, rival.lastLap)
      let sets = rival.stints.filter { $0.firstLap <= last }.map { set in
        RaceArtefact.Stint(
          compound: set.compound, firstLap: set.firstLap, lastLap: min(set.lastLap, last), ageAtStart: set.ageAtStart,
          isFree: set.isFree)
      }
      return RaceSoFar.Car(
        driver: rival.code, elapsed: last < 1 ? [] : rival.elapsed[1...last].map { $0 < 0 ? nil : $0 }, sets: sets)
    }
    return RaceSoFar(
      simulation: id, race: started.race, lap: lap, lapCount: world.lapCount, kinds: Array(world.kinds[1...lap]),
      cars: [own] + others)
  }
}
