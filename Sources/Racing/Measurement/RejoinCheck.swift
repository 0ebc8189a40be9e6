/// How well the place in which a car rejoins after a stop is told.
@_spi(Measurement) public struct RejoinCheck: Sendable {
  /// One green stop of a car of the first ten.
  public struct Stop: Sendable {
    /// The car.
    public let driver: DriverCode
    /// The in-lap.
    public let lap: Int
    /// The real place at the end of the out-lap.
    public let place: Int
    /// The place simulated from the real time at the end of the lap before the in-lap.
    public let simulated: Int
    /// The place told from past laps only; nil where no lap tells the pace.
    public let told: Int?
    /// The time told less the real time at the end of the out-lap, ms; nil likewise.
    public let toldError: Int64?
    /// Errors of near rivals.
    public let rivalErrors: [Int64]
    /// The real place among cars that do not stop on the two laps.
    public let placeAmongRunners: Int
    /// The place told among the same cars.
    public let toldAmongRunners: Int?
  }

  /// Stops by place of the car, then lap.
  public let stops: [Stop]

  /// Simulates every stop whose in-lap and out-lap are green. O(stops × cars × laps).
  public init(_ artefact: RaceArtefact) throws {
    var found: [Stop] = []
    let cars = artefact.cars.filter { ($0.position ?? 99) <= 10 && $0.isPlayable }
    for car in cars.sorted(by: { ($0.position ?? 99) < ($1.position ?? 99) }) {
      let world = try SimulationWorld(artefact: artefact, driver: car.code)
      for stop in world.realPlan.stops where stop.lap >= 3 && stop.lap < world.lapCount {
        guard world.kinds[stop.lap] == .green, world.kinds[stop.lap + 1] == .green else { continue }
        found.append(try Self.stop(stop, car: car, world: world))
      }
    }
    stops = found
  }

  private static func stop(_ stop: Plan.Change, car: RaceArtefact.Car, world: SimulationWorld) throws -> Stop {
    var state = world.realState(atEndOf: stop.lap - 1)
    let told = world.boxNow(atEndOf: stop.lap - 1)
    for lap in stop.lap...stop.lap + 1 {
      state = world.driven(state, mode: .normal, change: lap == stop.lap ? stop : nil)
    }
    let out = stop.lap + 1
    func place(_ time: Int64) -> Int { 1 + world.lineTimes[out].count { $0 < time } }
    let real = world.realElapsed[out]
    let runners = world.rivals.filter { rival in
      rival.lastLap >= out && rival.elapsed[out] >= 0 && !rival.inLaps[stop.lap] && !rival.inLaps[out]
    }
    let codes = Set(runners.map(\.code))
    return Stop(
      driver: car.code, lap: stop.lap, place: place(real), simulated: place(state.elapsed), told: told?.green.place,
      toldError: told.map { $0.green.elapsed - real },
      rivalErrors: (told?.projected ?? []).compactMap { p in
        runners.first { $0.code == p.driver }.flatMap {
          abs($0.elapsed[out] - real) < 5000 ? p.elapsed - $0.elapsed[out] : nil
        }
      },
      placeAmongRunners: 1 + runners.count { $0.elapsed[out] < real },
      toldAmongRunners: told.map { box in
        1 + box.projected.count { codes.contains($0.driver) && $0.elapsed < box.green.elapsed }
      })
  }
}
