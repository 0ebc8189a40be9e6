public import Commands
import EventStore
import Logging
public import Projections
public import Racing

extension RaceLibrary {
  /// What the model knows of a race before anybody has played it: made once a record and model version, and kept.
  ///
  /// A race that the model refuses has none: its windows know only how long it is.
  /// - Throws: `unknownRace`, `unavailable`.
  public func reference(of race: RaceKey) async throws(CatalogError) -> CrowdReference {
    guard let summary = summary(race) else { throw .unknownRace }
    return try await references.value(summary.digest) { () async throws(CatalogError) in
      do throws(CatalogError) {
        return CrowdReference(try await self.stopReference(summary))
      } catch {
        guard case .refused = error else { throw error }
        return CrowdReference(lapCount: summary.lapCount)
      }
    }
  }

  /// What the model knows of every race, for windows.
  /// - Throws: `unavailable` when a race cannot be loaded.
  /// - Complexity: some seconds the first time for each race.
  public func allReferences() async throws(CatalogError) -> [(race: RaceKey, circuit: String, CrowdReference)] {
    var found: [(race: RaceKey, circuit: String, CrowdReference)] = []
    for race in summaries { found.append((race.key, race.circuit, try await reference(of: race.key))) }
    return found
  }

  private func stopReference(_ summary: RaceSummary) async throws(CatalogError) -> StopReference {
    if let stored = try await storedReference(summary) { return stored }
    let artefact = try await artefact(of: summary.key)
    let made = try await workshop.result { () throws(CatalogError) in StopReference(of: artefact) }
    do throws(RaceStoreError) {
      try await store.saveReference(
        made.encoded(), recordDigest: summary.digest, modelVersion: constants.version)
    } catch { throw CatalogError(error) }
    return made
  }

  private func storedReference(_ summary: RaceSummary) async throws(CatalogError) -> StopReference? {
    let bytes: [UInt8]?
    do throws(RaceStoreError) {
      bytes = try await store.referenceBytes(recordDigest: summary.digest, modelVersion: constants.version)
    } catch { throw CatalogError(error) }
    guard let bytes else { return nil }
    do throws(ModelError) { return try StopReference(encoded: bytes) } catch {
      logger.error("a stored reference is computed anew", metadata: ["race": "\(summary.slug)", "reason": "\(error)"])
      return nil
    }
  }
}

extension CrowdReference {
  /// The reference in the form the windows ask for.
  init(_ reference: StopReference) {
    self.init(lapCount: reference.lapCount, undercuts: reference.undercuts)
    for stop in reference.stops {
      guard let slot = StopSlot(stopCount: stop.stopCount, stop: stop.stop) else { continue }
      slots[slot.index] = Slot(regrets: stop.regrets, tyreShares: stop.tyreShares)
    }
  }
}
