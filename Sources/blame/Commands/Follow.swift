import ArgumentParser
import Fetching
import Foundation
import Server
import Timing

/// `blame follow`
struct Follow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Follow a session as it happens: the live feed, or a recording of it as it grows.",
    discussion: """
      Shows the standings whenever a lap ends, or with --json a line for every change. Connects again when the connection \
      breaks, and ends when the session is over. --save keeps what the feed says: the file is a recording, which 'import' and \
      --from read again. --import takes the race in at the end.

        blame follow --save monza.txt
        blame follow 2026 monza --round 16 --save monza.txt --import
        blame follow --from monza.txt
        blame follow --from monza.txt --until-end --json
      """)

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Season, where the feed does not tell.")
  var year: Int?

  @Argument(help: "Grand Prix as in URLs, where the feed's own name is not wanted.")
  var gp: String?

  @Option(name: .long, help: "A recording to follow as it grows, instead of the feed.")
  var from: String?

  @Flag(name: .long, help: "Stop at the end of the recording instead of waiting for more.")
  var untilEnd = false

  @Option(name: .long, help: "New file that keeps what the feed says.")
  var save: String?

  @Option(
    name: .long, help: "Address of the feed's hub. Also BLAME_FEED_URL. Its token comes from BLAME_FEED_TOKEN alone.")
  var feedUrl: String?

  @Flag(name: .customLong("import"), help: "Take the race in when the session is over.")
  var isImporting = false

  @Option(name: .long, help: "Round of the season.")
  var round: Int?

  @Option(name: .long, help: "The circuit's identifier.")
  var circuit: String?

  func validate() throws {
    if from != nil, save != nil || feedUrl != nil {
      throw ValidationError("--save and --feed-url are for the feed; leave them out with --from.")
    }
    if from == nil, untilEnd { throw ValidationError("--until-end is for a recording: give --from with a file.") }
  }

  func run() async throws {
    let facts = RaceFacts(season: year, round: round, slug: gp, circuit: circuit)
    let followed = FollowedSession(
      input: from ?? "the live feed", facts: facts, output: output, pause: untilEnd ? .zero : .seconds(1))
    if let from {
      try await followFile(from, followed)
    } else {
      try await followFeed(followed)
    }
    try await followed.finish()
    if isImporting { try await importRace(followed) }
  }

  private func followFile(_ path: String, _ followed: FollowedSession) async throws {
    let file = try GrowingFile(path)
    while true {
      if let bytes = try file.next() {
        guard await followed.take(bytes) else { return }
      } else if untilEnd {
        return
      } else {
        try await Task.sleep(for: GrowingFile.pause)
      }
    }
  }

  private func followFeed(_ followed: FollowedSession) async throws {
    let settings = try await engine.settings(feedUrl.map { [.feedURL: $0] } ?? [:])
    if try settings.isOn(.offline) {
      throw Failure.usage("BLAME_OFFLINE forbids connections: give --from with a recording instead.")
    }
    let hub = try settings.string(.feedURL).map { try FetchOptions.address($0, .feedURL) } ?? LiveFeed.publicHub
    let feed = LiveFeed(hub, account: try FetchOptions.token("BLAME_FEED_TOKEN"))
    let saved = try save.map(NewFile.init)
    let isQuiet = output.quiet
    do throws(FetchError) {
      try await feed.follow { event in
        if !isQuiet { Terminal.complain(Self.sentence(event)) }
      } take: { record throws(FetchError.Reason) in
        do { try saved?.append(record) } catch { throw .storage("\(error)") }
        return await followed.take(record)
      }
    } catch {
      throw Failure.failed("\(error)")
    }
  }

  private static func sentence(_ event: LiveFeed.Event) -> String {
    switch event {
    case .connected: "the feed answers."
    case .lost(let reason, let pause): "\(reason); the next try is in \(tenths(pause)) s."
    }
  }

  private static func tenths(_ duration: Duration) -> String {
    let tenths = Int((duration / .milliseconds(100)).rounded(.up))
    return "\(tenths / 10).\(tenths % 10)"
  }

  private func importRace(_ followed: FollowedSession) async throws {
    guard await followed.isOver || untilEnd else {
      throw Failure.failed("The session is not over, so nothing was imported.")
    }
    let race: ImportedRace
    do throws(TimingError) { race = try await followed.race() } catch { throw Failure.usage("\(error)") }
    let output = output
    try await engine.withEngine { parts in
      let outcome = try await parts.importer.take(race.record, background: RaceBackground(race))
      Import.report(race, outcome, output, isListing: false)
    }
  }
}
