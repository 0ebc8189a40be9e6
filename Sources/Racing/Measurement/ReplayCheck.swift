/// How near the simulation of a car's real plan comes to its real race.
@_spi(Measurement) public struct ReplayCheck: Sendable {
  /// One car: classified in the first ten on the lead lap.
  public struct Car: Sendable {
    /// The car.
    public let driver: DriverCode
    /// Its official place.
    public let place: Int
    /// The place the simulation gives it.
    public let simulatedPlace: Int
    /// Simulated less real finish, ms.
    public let error: Int64
  }

  /// By place.
  public let cars: [Car]
  /// The race had a safety car or a virtual one.
  public let wasNeutralised: Bool

  /// Simulates every real plan from the end of lap 1. O(cars × laps × log cars).
  public init(_ artefact: RaceArtefact) throws(WorldError) {
    var cars: [Car] = []
    let leaders = artefact.cars.filter { ($0.position ?? 99) <= 10 && $0.lastLap == artefact.lapCount && $0.isPlayable }
    for car in leaders.sorted(by: { ($0.position ?? 99) < ($1.position ?? 99) }) {
      let world = try SimulationWorld(artefact: artefact, driver: car.code)
      let finish = world.replayReal()
      // The place on the road; penalties added afterwards are nobody's pace.
      let road = world.place(atEndOf: world.lapCount, elapsed: world.realElapsed[world.lapCount])
      cars.append(
        Car(
          driver: car.code, place: road, simulatedPlace: world.place(atEndOf: world.lapCount, elapsed: finish),
          error: finish - world.realElapsed[world.lapCount]))
    }
    self.cars = cars
    wasNeutralised = artefact.cars.contains { $0.kinds.dropFirst().contains { $0 == .safetyCar } }
  }
}
