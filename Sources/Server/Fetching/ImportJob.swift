import Events
import Fetching
import Foundation
import Logging
import Racing
import Synchronization
import Timing

/// Bringing a race in over the network, as background work.
enum ImportJob {
  /// The kind's name.
  static let name = "import"

  /// What is to be brought in.
  struct Payload: Sendable, Equatable, Codable {
    var season: Int
    var gp: String
    var round: Int?
    var sources: [NetworkSource]
    var isOffline: Bool
    var isRefreshing: Bool

    /// As it is stored.
    var text: String {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      guard let data = try? encoder.encode(self) else { preconditionFailure("a payload of plain values is JSON") }
      return String(decoding: data, as: UTF8.self)
    }

    /// The payload in that text; nil where it is none.
    init?(_ text: String) {
      guard let payload = try? JSONDecoder().decode(Payload.self, from: Data(text.utf8)) else { return nil }
      self = payload
    }

    init(season: Int, gp: String, round: Int?, sources: [NetworkSource], isOffline: Bool, isRefreshing: Bool) {
      self.season = season
      self.gp = gp
      self.round = round
      self.sources = sources
      self.isOffline = isOffline
      self.isRefreshing = isRefreshing
    }
  }

  /// Steps of an import besides bodies: reading, storing, recording, modelling.
  private static let ownSteps = 4
  /// Bodies of a usual race from each source.
  private static let usualBodies: [NetworkSource: Int] = [.liveTiming: 15, .jolpica: 16, .openF1: 11]

  /// The kind of work, done with these parts.
  static func kind(_ importer: RaceImport, _ settings: FetchSettings, _ logger: Logger) -> JobKind {
    JobKind(name: name, attempts: 5) { (run) async throws(JobFailure) in
      guard let payload = Payload(run.job.payload) else { throw .final("what is to be imported cannot be read") }
      return try await take(payload, run, importer, settings, logger)
    }
  }

  private static func take(
    _ payload: Payload, _ run: JobRun, _ importer: RaceImport, _ settings: FetchSettings, _ logger: Logger
  ) async throws(JobFailure) -> String {
    var settings = settings
    if payload.isOffline { settings.isOffline = true }
    let wish = RaceWish(season: payload.season, slug: payload.gp, round: payload.round, sources: payload.sources)
    let progress = run.progress
    let expected = payload.sources.compactMap { usualBodies[$0] }.reduce(ownSteps, +)
    progress.report(done: 0, of: expected, "asking the sources")
    let gathered: RaceGathering.Outcome
    do throws(GatheringError) {
      gathered = try await settings.gather(wish, isRefreshing: payload.isRefreshing) { source, body in
        progress.advance("\(source): \(body)")
      }
    } catch { throw failure(error, logger) }
    // Half of the sources would replace what all of them told; only when nothing else helps is half better than nothing.
    if !run.isLastAttempt, gathered.reports.contains(where: \.mayComeLater) {
      throw .passing("some sources are away: \(sentence(gathered.reports))")
    }
    progress.advance("storing")
    let outcome: RaceImport.Outcome
    do throws(RaceImport.Failure) {
      outcome = try await importer.take(
        gathered.race.record, background: RaceBackground(gathered.race, bodies: gathered.bodies)
      ) { step in
        progress.advance("\(step)")
      }
    } catch {
      logger.warning("a race could not be taken in", metadata: ["reason": "\(error)"])
      if case .store(.slugTaken) = error { throw .final("\(error)") }
      throw .passing("the race could not be stored; the server's log says why")
    }
    let record = gathered.race.record
    let state = outcome.isNew ? "imported, event \(outcome.position.rawValue)" : "known already, nothing changed"
    let refusal = outcome.notModelled.map { "; cannot be played: \($0)" } ?? ""
    return "\(record.key.season) \(record.slug): \(record.entrants.count) cars, \(record.lapCount) laps, \(state)"
      + "\(refusal); \(sentence(gathered.reports))"
  }

  private static func sentence(_ reports: [SourceReport]) -> String {
    reports.map { "\($0)" }.joined(separator: "; ")
  }

  private static func failure(_ error: GatheringError, _ logger: Logger) -> JobFailure {
    switch error {
    case .unknownRace, .unreadable: return .final("\(error)")
    case .nothing(let reports):
      return reports.contains(where: \.mayComeLater) ? .passing("\(error)") : .final("\(error)")
    case .cancelled: return .passing("\(error)")
    case .storage:
      // The message names folders of this machine, and anybody may read a job.
      logger.warning("bodies cannot be kept", metadata: ["reason": "\(error)"])
      return .passing("the cache of bodies cannot be used; the server's log says why")
    }
  }
}
