public import ArgumentParser
public import Fetching
import Foundation
import Server
import Timing

extension NetworkSource: ExpressibleByArgument {}

extension Import {
  /// Asks the sources for a race and takes it in.
  func fetchRace(_ year: Int, _ gp: String) async throws {
    let fetching = try FetchOptions.fetching(try await engine.settings(fetch.given))
    let wish = RaceWish(
      season: year, slug: gp, round: round, circuit: circuit, sources: source.isEmpty ? NetworkSource.allCases : source)
    let (output, isRefreshing, isListing) = (output, refresh, disagreements)
    let title = fetching.isOffline ? "reading the cache" : "asking the sources"
    try await engine.withEngine { parts in
      let bar = output.progress(title, total: nil)
      let gathered: RaceGathering.Outcome
      do throws(GatheringError) {
        gathered = try await parts.sharing(fetching).gather(wish, isRefreshing: isRefreshing) { source, body in
          bar.advance(note: "\(source): \(body)")
        }
      } catch {
        bar.finish()
        switch error {
        case .unknownRace: throw Failure.usage("\(error)")
        default: throw Failure.failed("\(error)")
        }
      }
      bar.finish()
      let outcome = try await parts.importer.take(
        gathered.race.record, background: RaceBackground(gathered.race, bodies: gathered.bodies))
      Self.report(gathered.race, outcome, output, isListing: isListing, sources: gathered.reports)
    }
  }

  /// What each source said, as a member of the JSON document; nothing for a race from files.
  static func json(_ reports: [SourceReport]) -> String {
    if reports.isEmpty { return "" }
    var json = JSONWriter()
    json.array(reports) { json, report in
      json.object { json in
        json.field("source", report.source.rawValue)
        switch report.outcome {
        case .read: json.field("outcome", "read")
        case .notAsked(let reason):
          json.field("outcome", "notAsked")
          json.field("reason", reason)
        case .failed(let reason):
          json.field("outcome", "failed")
          json.field("reason", reason)
        }
        json.field("fetched", report.fetched)
        json.field("unchanged", report.unchanged)
        json.field("cached", report.cached)
        json.field("bytes", report.bytes)
        json.array("gaps", report.gaps) { json, gap in
          json.object { json in
            json.field("name", gap.name)
            json.field("reason", gap.reason)
          }
        }
      }
    }
    return ",\"sources\":\(String(decoding: json.bytes, as: UTF8.self))"
  }
}
