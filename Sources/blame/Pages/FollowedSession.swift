import Foundation
import Racing
import Server
import Timing

/// A session that is followed: what came so far, and what was shown of it.
actor FollowedSession {
  private var follower: RecordingFollower
  private let output: OutputOptions
  /// The standings are made anew no more often.
  private let pause: Duration
  private var lastShown: ContinuousClock.Instant?
  private var shown: LiveStandings?
  private var isStale = false
  private var linesDrawn = 0

  /// Nothing came yet.
  init(input: String, facts: RaceFacts, output: OutputOptions, pause: Duration) {
    follower = RecordingFollower(input: input, facts: facts)
    self.output = output
    self.pause = pause
  }

  /// The feed has told that the session is over.
  var isOver: Bool { shown?.isOver ?? false }

  /// Takes what came; false when the session is over.
  func take(_ bytes: [UInt8]) -> Bool {
    follower.take(bytes)
    isStale = true
    if let lastShown, ContinuousClock.now - lastShown < pause { return true }
    show()
    return !isOver
  }

  /// Shows what was not shown yet.
  /// - Throws: a usage error when nothing was a message of the feed.
  func finish() throws {
    show()
    if shown == nil, follower.report.accepted == 0 {
      throw Failure.usage(
        "\(follower.report.input) holds no message of the live feed: \(follower.report.skipped) values cannot be read.")
    }
    if shown == nil { Terminal.complain("no car has ended a lap yet.") }
  }

  /// The race as it stands.
  func race() throws(TimingError) -> ImportedRace { try follower.session.race(named: nil) }

  private func show() {
    guard isStale else { return }
    isStale = false
    lastShown = .now
    let session = follower.session
    let standings = session.standings
    guard !standings.cars.isEmpty, standings != shown else { return }
    let isNewLap = standings.lap != shown?.lap || standings.isOver
    shown = standings
    if output.json { return Terminal.print(StandingsPage.json(standings, record: Self.record(session))) }
    let page = StandingsPage.lines(standings)
    if Terminal.isRedrawing {
      Terminal.redraw(page, over: linesDrawn)
      linesDrawn = page.count
    } else if isNewLap {
      for line in page + [""] { Terminal.print(line) }
    }
  }

  /// The race record that can be made by now, or why there is none.
  private static func record(_ session: LiveSession) -> Result<RaceRecord, TimingError> {
    Result { () throws(TimingError) in try session.race(named: nil).record }
  }
}
