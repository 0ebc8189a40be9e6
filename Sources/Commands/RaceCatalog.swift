public import Racing

/// Where deciders get a car's world from. The server keeps artefacts and worlds; the tests make them up.
public protocol RaceCatalog: Sendable {
  /// The world of one driver in one race: ghosts, pace and rules, immutable once made.
  ///
  /// Called once a simulation and process, so it may read storage; it should give the same world to everybody who
  /// asks for the same car, because a world is large.
  /// - Parameter artefact: nil for the artefact in force; else the first eight bytes of an artefact's hash as 16
  ///   hexadecimal digits, as `SimulationStarted` records them. A simulation is played to its end in the world it
  ///   began in.
  /// - Throws: see ``CatalogError``.
  func world(of race: RaceKey, driver: DriverCode, artefact: String?) async throws(CatalogError) -> SimulationWorld
}

/// Why a car has no world.
public enum CatalogError: Error, Sendable, Equatable {
  /// The race was never imported.
  case unknownRace
  /// Nobody of that code took part; those who did, in alphabetical order.
  case unknownDriver(known: [DriverCode])
  /// The driver took part but cannot be simulated: not classified, laps missing, no pace.
  case notPlayable(reason: String)
  /// The race's data do not allow a model.
  case refused(reason: String)
  /// The artefact asked for is not kept any more.
  case superseded
  /// Storage cannot be reached.
  case unavailable(reason: String)
}
