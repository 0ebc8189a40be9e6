public import Commands
import EventStore
public import Racing

extension RaceLibrary {
  /// What a first stop at the end of each lap would have brought a car. Made once and kept in memory.
  /// - Throws: `unknownRace`, `notPlayable`, `refused`, `unavailable`.
  public func pitLaps(of race: RaceKey, driver: DriverCode) async throws(CatalogError) -> PitLapTable {
    let world = try await world(of: race, driver: driver, artefact: nil)
    return try await pitLaps.value("\(world.artefactHash) \(driver)") { () async throws(CatalogError) in
      await self.workshop.result { PitLapTable(of: world) }
    }
  }

  /// Where good plans of a race lie, in the world of the fourth finisher. Made once and kept in memory.
  /// - Throws: `unknownRace`, `notPlayable`, `refused`, `unavailable`.
  public func surface(of race: RaceKey, stopCount: Int) async throws(CatalogError) -> PlanSurface {
    let artefact = try await artefact(of: race)
    let finishers = artefact.cars.filter { $0.position != nil && $0.isPlayable }
      .sorted { ($0.position ?? 99) < ($1.position ?? 99) }
    guard let car = finishers.prefix(4).last else {
      throw .notPlayable(reason: "no classified car of this race can be simulated")
    }
    let world = try await world(of: race, driver: car.code, artefact: nil)
    return try await surfaces.value("\(world.artefactHash) \(stopCount)") { () async throws(CatalogError) in
      await self.workshop.result { PlanSurface(of: world, stopCount: stopCount) }
    }
  }

  /// Laps of a race on which the call mattered. Made once and kept in memory.
  /// - Throws: `unknownRace`, `refused`, `unavailable`.
  public func decisionPoints(of race: RaceKey) async throws(CatalogError) -> [DecisionPoint] {
    let artefact = try await artefact(of: race)
    return try await points.value(artefact.hash) { () async throws(CatalogError) in
      await self.workshop.result { DecisionPoint.points(of: artefact) }
    }
  }
}
