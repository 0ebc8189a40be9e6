import Commands
import Projections
import Racing

extension RaceLibrary {
  /// What the model knows of a race before anybody has played it: made once a record and model version, and kept.
  /// - Throws: `unknownRace`, `unavailable`.
  func reference(of race: RaceKey) async throws(CatalogError) -> CrowdReference {
    guard let summary = summary(race) else { throw .unknownRace }
    return CrowdReference(lapCount: summary.lapCount)
  }
}
