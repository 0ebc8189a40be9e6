/// A lap of a race on which the call mattered: where to let players take over.
public struct DecisionPoint: Sendable, Equatable {
  /// Whose car.
  public let driver: DriverCode
  /// The lap at whose end the call was made.
  public let lap: Int
  /// The last lap that is given to whoever takes over.
  public var startLap: Int { max(1, lap - 1) }
}

extension DecisionPoint {
  /// Most points of a race.
  private static let most = 3

  /// The stop laps, of different drivers of the classified real first ten, that cost them most. What they cost is not
  /// told: it would give the answer away.
  ///
  /// - Complexity: ten runs with their optima; about half a second.
  public static func points(of artefact: RaceArtefact) -> [DecisionPoint] {
    let cars = artefact.cars.filter { ($0.position ?? 99) <= 10 && $0.isPlayable }
    let found = cars.compactMap { car -> (point: DecisionPoint, regret: Int64)? in
      guard let world = try? SimulationWorld(artefact: artefact, driver: car.code),
        let run = try? Simulation.played(world.realPlan, in: world)
      else { return nil }
      let stops = run.charged.filter { $0.kind == .pit }
      let worst = stops.max { ($0.regret, -$0.lap) < ($1.regret, -$1.lap) }
      return worst.map { (DecisionPoint(driver: car.code, lap: $0.lap), $0.regret) }
    }
    return found.sorted {
      (-$0.regret, $0.point.lap, $0.point.driver) < (-$1.regret, $1.point.lap, $1.point.driver)
    }.prefix(most).map(\.point)
  }
}
