public import Commands
import EventStore
import Logging
public import Racing

/// The races of a season in short, as far as they are computed.
public struct SeasonDigests: Sendable {
  /// What is there, by round.
  public var races: [RaceDigest] = []
  /// What is still being computed, by round.
  public internal(set) var pending: [RaceSummary] = []
  /// What has no model, by round.
  public internal(set) var refused: [RaceSummary] = []
}

extension RaceLibrary {
  /// Refits behind the intervals of season tables; fewer than behind a single autopsy, because a season has hundreds.
  static let digestReplicates = 40

  /// A race in short: loaded if it was ever computed, else computed now and stored.
  /// - Throws: `unknownRace`, `refused`, `unavailable`.
  /// - Complexity: a second or two of all cores when it was not stored.
  public func digest(of race: RaceKey) async throws(CatalogError) -> RaceDigest {
    guard let summary = summary(race) else { throw .unknownRace }
    return try await digests.value(summary.digest) { () async throws(CatalogError) in
      if let stored = try await self.storedDigest(summary) { return stored }
      return try await self.computeDigest(summary)
    }
  }

  /// The digests of a season's races. Those that are not computed yet are computed behind the scenes, one after the
  /// other; they are waited for as long as `patience` lasts.
  /// - Throws: `unavailable`.
  public func digests(season: Int, patience: Duration) async throws(CatalogError) -> SeasonDigests {
    let summaries = summaries.filter { Int($0.key.season) == season }
    var found = SeasonDigests()
    var missing: [RaceSummary] = []
    for summary in summaries {
      if let kept = digests.kept(summary.digest) {
        found.races.append(kept)
      } else if let stored = try await storedDigest(summary) {
        found.races.append(try await digests.value(summary.digest) { () async throws(CatalogError) in stored })
      } else if summary.quality == .c {
        found.refused.append(summary)
      } else {
        missing.append(summary)
      }
    }
    let deadline = ContinuousClock.now + patience
    for summary in missing {
      let key = summary.key
      let left = deadline - .now
      guard left > .zero else {
        found.pending.append(summary)
        continue
      }
      do throws(Problem) {
        found.races.append(
          try await withinTime(left) { () async throws(Problem) in
            do throws(CatalogError) { return try await self.digest(of: key) } catch {
              throw Problem(error, race: summary)
            }
          })
      } catch {
        if error.code == .timedOut { found.pending.append(summary) } else { found.refused.append(summary) }
      }
    }
    found.races.sort { $0.key < $1.key }
    let rest = found.pending.map(\.key)
    if !rest.isEmpty {
      Task(priority: .background) { for key in rest { _ = try? await self.digest(of: key) } }
    }
    return found
  }

  private func storedDigest(_ summary: RaceSummary) async throws(CatalogError) -> RaceDigest? {
    let bytes: [UInt8]?
    do throws(RaceStoreError) {
      bytes = try await store.digestBytes(recordDigest: summary.digest, modelVersion: constants.version)
    } catch { throw CatalogError(error) }
    guard let bytes else { return nil }
    do throws(ModelError) { return try RaceDigest(encoded: bytes) } catch {
      logger.error("a stored digest is computed anew", metadata: ["race": "\(summary.slug)", "reason": "\(error)"])
      return nil
    }
  }

  private func computeDigest(_ summary: RaceSummary) async throws(CatalogError) -> RaceDigest {
    let record = try await record(of: summary.key)
    let constants = constants
    let race: Autopsies
    do throws(AutopsyRefusal) {
      race = try await workshop.result { () throws(AutopsyRefusal) in try Autopsies(record, constants: constants) }
    } catch { throw .refused(reason: "\(error)") }
    let made: RaceDigest
    do {
      made = try await RaceDigest(of: race, replicates: min(replicates, Self.digestReplicates))
    } catch { throw .unavailable(reason: "the computation was interrupted") }
    do throws(RaceStoreError) {
      try await store.saveDigest(made.encoded(), recordDigest: summary.digest, modelVersion: constants.version)
    } catch { throw CatalogError(error) }
    return made
  }
}
