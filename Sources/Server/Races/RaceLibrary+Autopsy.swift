public import Commands
import Crypto
import EventStore
public import Events
import Logging
public import Racing

/// Why a driver's autopsy cannot be answered.
public enum AutopsyFailure: Error, Sendable, Equatable {
  /// The race is not there, or storage is away.
  case catalog(CatalogError)
  /// There is none, for that reason.
  case refused(AutopsyRefusal)
}

extension RaceLibrary {
  /// The members of a driver's autopsy as JSON: loaded if it was ever computed for this race's content and model version,
  /// else computed now with intervals and stored.
  ///
  /// - Parameter record: Says in the log that it was computed; before it is stored, so that nothing stored is unsaid.
  /// - Throws: `catalog`, `refused`.
  /// - Complexity: one read when it is stored, which touches no model; about a second when not.
  public func autopsyMembers(
    of race: RaceKey, driver: DriverCode,
    record: @escaping @Sendable (AutopsyComputed) async throws(CommandError) -> Void
  ) async throws(AutopsyFailure) -> [UInt8] {
    guard let summary = summary(race) else { throw .catalog(.unknownRace) }
    return try await autopsies.value("\(summary.digest) \(driver)") { () async throws(AutopsyFailure) in
      if let stored = try await self.storedAutopsy(summary, driver) { return stored }
      let (members, loss) = try await self.computedAutopsy(summary, driver)
      if self.store.isReadOnly { return members }
      let answer = SHA256.hash(data: members).map { byte in
        let digits = String(byte, radix: 16)
        return digits.count < 2 ? "0" + digits : digits
      }
      let computed = AutopsyComputed(
        race: race, driver: driver, record: summary.digest, model: self.constants.version, answer: answer.joined(),
        totalLoss: loss)
      do throws(CommandError) { try await record(computed) } catch {
        throw .catalog(.unavailable(reason: "the log: \(error)"))
      }
      do throws(RaceStoreError) {
        try await self.store.saveAutopsy(
          members, recordDigest: summary.digest, modelVersion: self.constants.version, driver: driver)
      } catch { throw .catalog(CatalogError(error)) }
      return members
    }
  }

  /// What a driver lost more than another, with intervals from the same refits, as JSON members. Kept in memory.
  public func autopsyComparison(
    of race: RaceKey, driver: DriverCode, with reference: DriverCode
  ) async throws(AutopsyFailure) -> [UInt8] {
    guard let summary = summary(race) else { throw .catalog(.unknownRace) }
    return try await autopsies.value("\(summary.digest) \(driver) \(reference)") { () async throws(AutopsyFailure) in
      let made = try await self.takenApart(summary, [driver, reference])
      var json = JSONWriter(capacity: 2048)
      json.members(of: AutopsyComparison(made[0], with: made[1]))
      return json.bytes
    }
  }

  private func storedAutopsy(_ summary: RaceSummary, _ driver: DriverCode) async throws(AutopsyFailure) -> [UInt8]? {
    do throws(RaceStoreError) {
      return try await store.autopsyBytes(
        recordDigest: summary.digest, modelVersion: constants.version, driver: driver)
    } catch { throw .catalog(CatalogError(error)) }
  }

  private func computedAutopsy(_ summary: RaceSummary, _ driver: DriverCode) async throws(AutopsyFailure) -> (
    members: [UInt8], loss: Int64
  ) {
    let race = try await fitted(summary)
    let plans = await workshop.result { race.alternatives(of: driver) }
    let findings: Result<(autopsy: Autopsy, alternatives: [AlternativePlan]), AutopsyRefusal>
    do { findings = try await race.findings(of: driver, with: plans, replicates: replicates) } catch {
      throw Self.interrupted(error)
    }
    do throws(AutopsyRefusal) {
      let (autopsy, alternatives) = try findings.get()
      var json = JSONWriter(capacity: 65_536)
      json.members(of: autopsy, alternatives: alternatives, race: summary)
      return (json.bytes, autopsy.totalLoss)
    } catch { throw .refused(error) }
  }

  private func takenApart(_ summary: RaceSummary, _ drivers: [DriverCode]) async throws(AutopsyFailure) -> [Autopsy] {
    let race = try await fitted(summary)
    let results: [Result<Autopsy, AutopsyRefusal>]
    do { results = try await race.autopsies(of: drivers, replicates: replicates) } catch {
      throw Self.interrupted(error)
    }
    var made: [Autopsy] = []
    for result in results {
      do throws(AutopsyRefusal) { made.append(try result.get()) } catch { throw .refused(error) }
    }
    return made
  }

  private func fitted(_ summary: RaceSummary) async throws(AutopsyFailure) -> Autopsies {
    let record: RaceRecord
    do throws(CatalogError) { record = try await self.record(of: summary.key) } catch { throw .catalog(error) }
    let constants = constants
    do throws(AutopsyRefusal) {
      return try await workshop.result { () throws(AutopsyRefusal) in try Autopsies(record, constants: constants) }
    } catch { throw .refused(error) }
  }

  private static func interrupted(_ error: any Error) -> AutopsyFailure {
    .catalog(.unavailable(reason: "the computation was interrupted: \(error)"))
  }
}
