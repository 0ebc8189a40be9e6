/// How near the optimum's number of stops, and its first stop, come to what the best five cars did.
@_spi(Measurement) public struct StopCountCheck: Sendable {
  /// Stops of the first five, real and best, by place.
  public let stops: [(real: Int, best: Int)]
  /// Laps between the first stop of the best plan on the real tyre and the real first stop; only cars with both.
  public let firstStops: [Int]

  /// Two optima a car.
  public init(_ artefact: RaceArtefact) throws(WorldError) {
    var stops: [(real: Int, best: Int)] = []
    var firstStops: [Int] = []
    let cars = artefact.cars.filter { ($0.position ?? 99) <= 5 && $0.isPlayable }
    for car in cars.sorted(by: { ($0.position ?? 99) < ($1.position ?? 99) }) {
      let world = try SimulationWorld(artefact: artefact, driver: car.code)
      guard let free = world.optimumOverStarts() ?? world.optimum(from: world.realState(atEndOf: 1)) else { continue }
      stops.append((world.realPlan.stops.count, free.plan.stops.count))
      let own = world.start(on: world.realPlan.startCompound) ?? world.realState(atEndOf: 1)
      if let first = world.optimum(from: own)?.plan.stops.first, let real = world.realPlan.stops.first {
        firstStops.append(abs(first.lap - real.lap))
      }
    }
    self.stops = stops
    self.firstStops = firstStops
  }

  /// The commonest number of stops; the smaller of equally common ones.
  public static func mode(_ counts: [Int]) -> Int? {
    let kinds = Set(counts).sorted()
    let most = kinds.map { kind in counts.count { $0 == kind } }.max()
    return kinds.first { kind in counts.count { $0 == kind } == most }
  }
}
