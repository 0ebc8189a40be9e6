import Testing

@testable import Timing

/// Standings of a session that is under way.
@Suite struct LiveStandingsTests {
  private let recording = MadeUpRecording(MadeUpFeed(cars: 6, laps: 10, seed: 12).files, shape: .core)

  @Test func `cars stand in the order in which they ended their laps`() throws {
    for share in [0.3, 0.6, 1.0] {
      let count = Int(Double(recording.values.count) * share)
      let session = LiveSession(recorded: [Array(recording.values.prefix(count).joined(separator: "\n").utf8)])
      let standings = session.standings
      let laps = session.laps()
      #expect(standings.cars.count == laps.count { $0.contains { $0.end != nil } })
      #expect(standings.lap == standings.cars.map(\.laps).max())
      for (ahead, behind) in zip(standings.cars, standings.cars.dropFirst()) { #expect(ahead.laps >= behind.laps) }
      let leader = try #require(standings.cars.first)
      #expect(leader.gap == 0 && leader.code.count == 3)
      for car in standings.cars where car.laps == leader.laps {
        let own = try #require(laps.joined().first { $0.number == car.number && $0.lap == car.laps })
        let first = try #require(laps.joined().first { $0.number == leader.number && $0.lap == car.laps })
        #expect(car.gap == (own.end ?? 0) - (first.end ?? 0))
        #expect(car.lastLap == own.time)
      }
    }
  }

  @Test func `nobody stands anywhere before a lap has ended`() {
    let standings = LiveSession(recorded: [Array(recording.values.prefix(3).joined(separator: "\n").utf8)]).standings
    #expect(standings.cars.isEmpty && standings.lap == 0 && !standings.isOver)
  }

  @Test(.enabled(if: RaceData.isPresent, RaceData.missing))
  func `a practice session stands by its best laps`() throws {
    let folder = RaceData.native + "/signalr/2024_Silverstone_Practice_1"
    let session = try LiveSession(recordings: ["\(folder)/subscribe.txt", "\(folder)/live.txt"])
    let standings = session.standings
    #expect(standings.kind == .fp1 && standings.cars.count > 15)
    let best = standings.cars.compactMap(\.bestLap)
    #expect(best == best.sorted() && standings.cars.first?.gap == 0)
  }
}
