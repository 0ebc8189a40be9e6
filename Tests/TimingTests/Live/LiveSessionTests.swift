import Racing
import TestSupport
import Testing

@testable import Timing

/// A made-up session read back: laps, tyres and pit lane against the laps it was made from.
@Suite struct LiveSessionTests {
  @Test(arguments: [UInt64(1), 2, 3])
  func `the laps of a feed are the laps it was made from`(seed: UInt64) throws {
    let feed = MadeUpFeed(cars: 8, laps: 10, seed: seed)
    try withFolder(feed.files) { folder in
      let session = try LiveSession(directory: folder)
      #expect(session.kind == .race)
      #expect(session.reports.allSatisfy { $0.skipped == 0 }, "seed \(seed)")
      let laps = session.laps()
      #expect(laps.count == 8)
      for (car, made) in zip(laps, feed.cars) {
        let driven = car.filter { !$0.isGenerated }
        try #require(driven.count == made.laps.count, "seed \(seed), car \(made.number)")
        for (lap, sectors) in zip(driven, made.laps) where lap.lap > 1 {
          #expect(lap.time == sectors.reduce(0, +), "seed \(seed), car \(made.number), lap \(lap.lap)")
          #expect([lap.sector1, lap.sector2, lap.sector3] == sectors, "seed \(seed), lap \(lap.lap)")
        }
        #expect(driven.filter { $0.pitIn != nil }.map(\.lap) == made.stop.map { [$0] } ?? [])
        #expect(driven.filter { $0.pitOut != nil }.map(\.lap) == made.stop.map { [$0 + 1] } ?? [])
        #expect(driven.last?.compound == (made.stop == nil ? "SOFT" : "HARD"), "seed \(seed), car \(made.number)")
        #expect(driven.last?.stint == (made.stop == nil ? 1 : 2), "seed \(seed), car \(made.number)")
        #expect(driven.last?.tyreLife == made.laps.count - (made.stop ?? 0), "seed \(seed), car \(made.number)")
      }
    }
  }

  @Test func `it becomes a race record`() throws {
    let feed = MadeUpFeed(cars: 8, laps: 10, seed: 4)
    try withFolder(feed.files) { folder in
      let race = try RaceReader().read(folder)
      #expect(race.record.key == RaceKey(season: 2023, round: 3))
      #expect(race.record.entrants.count == 8)
      #expect(race.record.entrants.allSatisfy { $0.laps.count == 10 })
    }
  }

  @Test func `line ends, and the order in which files are read, do not matter`() throws {
    var feed = MadeUpFeed(cars: 5, laps: 6, seed: 5)
    let laps = try withFolder(feed.files) { try LiveSession(directory: $0).laps() }
    feed.lineEnd = "\n"
    #expect(try withFolder(feed.files) { try LiveSession(directory: $0).laps() } == laps)
    let inRaw = Dictionary(uniqueKeysWithValues: feed.files.map { ("raw/" + $0, $1) })
    #expect(try withFolder(inRaw) { try LiveSession(directory: $0).laps() } == laps)
  }

  @Test func `a topic that is missing, empty or a web page is named, and the laps are there`() throws {
    var files = MadeUpFeed(cars: 4, laps: 5, seed: 6).files
    files["DriverList.jsonStream"] = nil
    files["TrackStatus.jsonStream"] = "\u{FEFF}"
    files["TimingAppData.jsonStream"] = "<html><body>Forbidden</body></html>"
    try withFolder(files) { folder in
      let session = try LiveSession(directory: folder)
      #expect(session.missingTopics.contains("DriverList"))
      let refused = session.reports.filter { $0.skipped > 0 }
      #expect(refused.count == 1)
      #expect(refused.first?.skips.first?.reason.contains("web page") == true)
      #expect(session.laps().map(\.count) == [5, 5, 5, 5])
    }
  }

  @Test func `a folder without timing is refused with what was looked for`() throws {
    try withFolder(["SessionInfo.jsonStream": "\u{FEFF}"]) { folder in
      let error = timingError { _ = try LiveSession(directory: folder) }
      guard case .notFound(_, let lookedFor) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(lookedFor.first?.contains("TimingData.jsonStream") == true)
    }
  }

  @Test(arguments: [UInt64(11), 12, 13, 14])
  func `damage to lines of one car leaves the other cars alone`(seed: UInt64) throws {
    let feed = MadeUpFeed(cars: 6, laps: 8, seed: seed)
    let files = feed.files
    let sound = try withFolder(files) { try LiveSession(directory: $0).laps() }
    var random = SplitMix64(seed: seed)
    let name = "TimingData.jsonStream"
    let lines = (files[name] ?? "").split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    for round in 0..<60 {
      var damaged = lines
      let victim = Int.random(in: 1..<lines.count - 1, using: &random)
      var bytes = Array(damaged[victim].utf8)
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch round % 4 {
      case 0: bytes.removeSubrange(place...)
      case 1: bytes[place] = 0
      case 2: bytes = []
      default: bytes.insert(contentsOf: Array("\"}{".utf8), at: place)
      }
      damaged[victim] = String(decoding: bytes, as: UTF8.self)
      let number = lines[victim].split(separator: "\"")[3]
      var changed = files
      changed[name] = damaged.joined(separator: "\r\n")
      let laps = try withFolder(changed) { try LiveSession(directory: $0).laps() }
      for before in sound where before.first.map({ "\($0.number)" }) != String(number) {
        let after = try #require(
          laps.first { $0.first?.number == before.first?.number }, "seed \(seed), round \(round)")
        #expect(before.map(\.time) == after.map(\.time), "seed \(seed), round \(round), line \(victim)")
        #expect(before.map(\.sector1) == after.map(\.sector1), "seed \(seed), round \(round), line \(victim)")
      }
    }
  }
}
