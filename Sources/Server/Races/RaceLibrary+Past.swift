import Commands
import Events
import Projections
import Racing

extension RaceLibrary {
  /// What windows of a race's data, which may not be in force any more, are measured against by a model version: stored
  /// when it was first asked for. What was never stored knows only how long the race is.
  /// - Throws: `unavailable`.
  func reference(of race: RaceImported, model: String) async throws(CatalogError) -> CrowdReference {
    if let summary = summary(race.race), summary.digest == race.digest, model == modelVersion {
      return try await reference(of: race.race)
    }
    let bytes: [UInt8]?
    do throws(RaceStoreError) {
      bytes = try await store.referenceBytes(recordDigest: race.digest, modelVersion: model)
    } catch { throw CatalogError(error) }
    guard let bytes, let stored = try? StopReference(encoded: bytes) else {
      return CrowdReference(lapCount: Int(race.laps))
    }
    return CrowdReference(stored)
  }
}
