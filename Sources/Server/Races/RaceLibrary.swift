public import Commands
import EventStore
import Events
public import Logging
import Projections
public import Racing
import Synchronization

/// The races of the server: what is there, and everything computed from it, made when first asked for and kept.
public final class RaceLibrary: RaceCatalog {
  private struct Shelf {
    var summaries: [RaceKey: RaceSummary] = [:]
    var bySlug: [SlugKey: RaceKey] = [:]
  }

  private struct SlugKey: Hashable {
    let season: Int16
    let slug: String
  }

  private struct WorldKey: Hashable {
    let artefact: String
    let driver: DriverCode
  }

  let store: RaceStore
  let constants: ModelConstants
  private let shelf = Mutex(Shelf())
  private let artefacts: SingleFlight<String, RaceArtefact, CatalogError>
  private let worlds: SingleFlight<WorldKey, SimulationWorld, CatalogError>
  private let records: SingleFlight<String, RaceRecord, CatalogError>
  let references: SingleFlight<String, CrowdReference, CatalogError>
  let autopsies: SingleFlight<String, [UInt8], AutopsyFailure>
  let digests: SingleFlight<String, RaceDigest, CatalogError>
  let pitLaps: SingleFlight<String, PitLapTable, CatalogError>
  let surfaces: SingleFlight<String, PlanSurface, CatalogError>
  let points: SingleFlight<String, [DecisionPoint], CatalogError>
  let workshop = Workshop("blame.models")
  let replicates: Int
  let logger: Logger

  /// A library of the races in a store.
  /// - Parameters:
  ///   - artefacts: fitted races kept in memory.
  ///   - worlds: cars kept in memory.
  ///   - replicates: refits behind an autopsy's intervals.
  public init(
    store: RaceStore, artefacts: Int = 32, worlds: Int = 64, replicates: Int = Autopsies.usualReplicates,
    constants: ModelConstants = .shipped, logger: Logger
  ) {
    self.store = store
    self.constants = constants
    self.replicates = replicates
    self.logger = logger
    self.artefacts = SingleFlight(capacity: artefacts)
    self.worlds = SingleFlight(capacity: worlds)
    records = SingleFlight(capacity: 8)
    references = SingleFlight(capacity: 512)
    autopsies = SingleFlight(capacity: 64)
    digests = SingleFlight(capacity: 256)
    points = SingleFlight(capacity: 256)
    pitLaps = SingleFlight(capacity: 64)
    surfaces = SingleFlight(capacity: 64)
  }

  /// The version of the model in force.
  public var modelVersion: String { constants.version }

  /// Every race, by season and round.
  public var summaries: [RaceSummary] { shelf.withLock { $0.summaries.values.sorted { $0.key < $1.key } } }

  /// A race by season and round; nil when it was never imported.
  public func summary(_ key: RaceKey) -> RaceSummary? { shelf.withLock { $0.summaries[key] } }

  /// A race by season and its name in URLs; nil when it was never imported.
  public func summary(season: Int, slug: String) -> RaceSummary? {
    guard let season = Int16(exactly: season) else { return nil }
    return shelf.withLock { shelf in
      shelf.bySlug[SlugKey(season: season, slug: slug)].flatMap { shelf.summaries[$0] }
    }
  }

  /// The race of a season at a circuit, or with that name in URLs; the first one when there were two.
  public func summary(season: Int, circuit: String) -> RaceSummary? {
    summaries.first { Int($0.key.season) == season && $0.circuit == circuit } ?? summary(season: season, slug: circuit)
  }

  /// Loads the summary of every race that is stored. O(races).
  /// - Throws: `database`. A race that cannot be read is left out and logged.
  public func load() async throws(RaceStoreError) {
    for key in try await store.keys() {
      do throws(RaceStoreError) {
        try await refresh(key)
      } catch {
        guard case .unreadable = error else { throw error }
        logger.error("a race is left out", metadata: ["reason": "\(error)"])
      }
    }
  }

  /// Loads the summary of one race again, after it was imported.
  public func refresh(_ key: RaceKey) async throws(RaceStoreError) {
    guard let record = try await store.record(key) else { return }
    shelve(RaceSummary(record))
  }

  func shelve(_ summary: RaceSummary) {
    shelf.withLock { shelf in
      if let before = shelf.summaries.updateValue(summary, forKey: summary.key) {
        shelf.bySlug[SlugKey(season: before.key.season, slug: before.slug)] = nil
      }
      shelf.bySlug[SlugKey(season: summary.key.season, slug: summary.slug)] = summary.key
    }
  }

  /// The record of a race.
  /// - Throws: `unknownRace`, `unavailable`.
  public func record(of race: RaceKey) async throws(CatalogError) -> RaceRecord {
    guard let summary = summary(race) else { throw .unknownRace }
    return try await records.value(summary.digest) { [store] () async throws(CatalogError) in
      let record: RaceRecord?
      do throws(RaceStoreError) { record = try await store.record(race) } catch { throw CatalogError(error) }
      guard let record else { throw .unknownRace }
      return record
    }
  }

  /// The fitted race in force: loaded if it was ever computed, else computed now and stored.
  /// - Throws: `unknownRace`, `refused`, `unavailable`.
  public func artefact(of race: RaceKey) async throws(CatalogError) -> RaceArtefact {
    guard let summary = summary(race) else { throw .unknownRace }
    return try await artefacts.value(summary.digest) { () async throws(CatalogError) in
      if let stored = try await self.storedArtefact(summary) { return stored }
      return try await self.computeArtefact(race)
    }
  }

  /// The world of a car, made once for everybody.
  public func world(
    of race: RaceKey, driver: DriverCode, artefact: String?
  ) async throws(CatalogError) -> SimulationWorld {
    let current = try await self.artefact(of: race)
    let hash = artefact ?? String(current.hash.prefix(16))
    return try await worlds.value(WorldKey(artefact: hash, driver: driver)) { () async throws(CatalogError) in
      let fitted = current.hash.hasPrefix(hash) ? current : try await self.superseded(hash, race)
      return try await self.workshop.result { () throws(CatalogError) in
        do throws(WorldError) {
          return try SimulationWorld(artefact: fitted, driver: driver)
        } catch { throw CatalogError(error) }
      }
    }
  }

  private func storedArtefact(_ summary: RaceSummary) async throws(CatalogError) -> RaceArtefact? {
    let bytes: [UInt8]?
    do throws(RaceStoreError) {
      bytes = try await store.artefactBytes(recordDigest: summary.digest, modelVersion: constants.version)
    } catch { throw CatalogError(error) }
    guard let bytes else { return nil }
    do { return try RaceArtefact(encoded: bytes) } catch {
      logger.error("a stored model is computed anew", metadata: ["race": "\(summary.slug)", "reason": "\(error)"])
      return nil
    }
  }

  private func computeArtefact(_ race: RaceKey) async throws(CatalogError) -> RaceArtefact {
    let record = try await record(of: race)
    let constants = constants
    let artefact = try await workshop.result { () throws(CatalogError) in
      do throws(ModelError) {
        return try RaceArtefact.build(from: record, constants: constants)
      } catch { throw .refused(reason: "\(error)") }
    }
    do throws(RaceStoreError) { try await store.save(artefact) } catch { throw CatalogError(error) }
    return artefact
  }

  private func superseded(_ hash: String, _ race: RaceKey) async throws(CatalogError) -> RaceArtefact {
    let bytes: [UInt8]?
    do throws(RaceStoreError) { bytes = try await store.artefactBytes(hashPrefix: hash) } catch {
      throw CatalogError(error)
    }
    guard let bytes, let artefact = try? RaceArtefact(encoded: bytes), artefact.key == race else { throw .superseded }
    return artefact
  }
}

extension CatalogError {
  init(_ error: RaceStoreError) {
    self =
      if case .unreadable(_, let reason) = error { .refused(reason: "\(reason)") } else {
        .unavailable(reason: "\(error)")
      }
  }

  init(_ error: WorldError) {
    self =
      switch error {
      case .unknownDriver(_, let known): .unknownDriver(known: known.sorted())
      case .notPlayable(_, let reason): .notPlayable(reason: "\(reason)")
      case .invalidArtefact(let what): .refused(reason: what)
      }
  }
}
