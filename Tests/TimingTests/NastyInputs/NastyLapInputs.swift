import Testing

@testable import Timing

/// What feeds do to laps, numbered as in the list of nasty inputs.
@Suite struct NastyLapInputs {
  private var feed = MadeUpFeed(cars: 4, laps: 6, seed: 77)
  /// The second car never stops.
  private let number = 11

  /// The line that ends a lap of the second car, changed.
  private func changingEnd(
    of lap: Int, in files: [String: String], _ change: @escaping (String) -> String?
  ) -> [String: String] {
    files.changing("TimingData") { _, object in
      object.contains("\"\(number)\":") && object.contains("\"NumberOfLaps\":\(lap),") ? change(object) : object
    }
  }

  private static func lastLap(_ object: String, _ value: String?) -> String {
    object.replacing(
      #/"LastLapTime":{"Value":"[^"]*"},/#, with: value.map { "\"LastLapTime\":{\"Value\":\"\($0)\"}," } ?? "")
  }

  @Test func `1: byte order marks and line ends of any kind`() {
    let plain = feed.files.mapValues { $0.replacing("\u{FEFF}", with: "").replacing("\r\n", with: "\n") }
    let cut = feed.files.mapValues { String($0.dropLast(1)) }
    let blank = feed.files.mapValues { $0.replacing("\r\n", with: "\r\n\r\n") }
    let laps = feed.files.laps
    #expect(plain.laps == laps && cut.laps == laps && blank.laps == laps)
  }

  @Test func `2: a list of sectors carries no values, stints may be either`() {
    let laps = feed.files.laps
    let listed = feed.files.adding(
      "TimingData", at: feed.end(of: 2, car: 1) + 40_000,
      "{\"Lines\":{\"11\":{\"Sectors\":[{\"Value\":\"11.111\"},{\"Value\":\"\"}],\"BestLapTimes\":[{\"Value\":\"\"}]}}}"
    )
    #expect(listed.laps == laps)
    let keyed = feed.files.changing("TimingAppData") { _, object in
      object.replacing("\"Stints\":[{", with: "\"Stints\":{\"0\":{").replacing("}]}}}", with: "}}}}}")
    }
    #expect(keyed.laps == laps)
  }

  @Test func `3: a lap time that is empty, absent, or equal to the one before`() {
    let empty = changingEnd(of: 4, in: feed.files) { Self.lastLap($0, "") }
    #expect(empty.laps[number]?[3].time == feed.cars[1].laps[3].reduce(0, +))
    let absent = changingEnd(of: 4, in: feed.files) { Self.lastLap($0, nil) }
    #expect(absent.laps[number]?[3].time == nil)
    var equal = feed
    equal.cars[1].laps[3] = equal.cars[1].laps[2].reversed()
    let unsent = changingEnd(of: 4, in: equal.files) { Self.lastLap($0, nil) }
    #expect(unsent.laps[number]?[3].time == equal.cars[1].laps[3].reduce(0, +))
  }

  /// The third sector of a lap of the second car, sent so much later.
  private func lateSector(_ feed: MadeUpFeed, of lap: Int, by delay: Int) -> [String: String] {
    let value = feed.cars[1].laps[lap - 1][2]
    let text = "{\"2\":{\"Value\":\"\(value / 1_000).\(String(String(value % 1_000 + 1_000).dropFirst()))\"}}"
    return changingEnd(of: lap, in: feed.files) { $0.replacing("\"Sectors\":\(text)", with: "\"Other\":0") }
      .adding(
        "TimingData", at: feed.end(of: lap, car: 1) + delay, "{\"Lines\":{\"11\":{\"Sectors\":\(text)}}}")
  }

  @Test func `4: values up to five seconds late belong to the lap before`() {
    let late = lateSector(feed, of: 4, by: 4_900)
    #expect(late.laps[number]?[3].sector3 == feed.cars[1].laps[3][2])
    #expect(lateSector(feed, of: 4, by: 5_100).laps[number]?[3].sector3 == nil)
  }

  @Test func `5: a long lap whose time comes before its last sector`() {
    var slow = feed
    slow.cars[1].laps[3] = [60_000, 50_000, 55_250]
    let files = lateSector(slow, of: 4, by: 1_000)
    #expect(files.laps[number]?[3].time == 165_250)
    let plain = files.session.laps(LapCorrections.all.subtracting(.longLaps)).first { $0.first?.number == number }
    #expect(plain?[3].time == nil)
  }

  @Test func `6: long laps are real when the sectors say so, and bogus when not`() {
    var slow = feed
    slow.cars[1].laps[3] = [60_000, 50_000, 55_250]
    #expect(slow.files.laps[number]?[3].time == 165_250)
    let bogus = changingEnd(of: 4, in: feed.files) { Self.lastLap($0, "9:52.000") }
    #expect(bogus.laps[number]?[3].time == nil)
    #expect(bogus.laps[number]?[4].time == feed.cars[1].laps[4].reduce(0, +))
  }

  @Test func `7: what is said while the lap number goes back is not of this lap`() {
    let at = feed.end(of: 4, car: 1) + 40_000
    let files = feed.files
      .adding(
        "TimingData", at: at, "{\"Lines\":{\"11\":{\"NumberOfLaps\":2,\"Sectors\":{\"0\":{\"Value\":\"9.999\"}}}}}"
      )
      .adding("TimingData", at: at + 1, "{\"Lines\":{\"11\":{\"Sectors\":{\"1\":{\"Value\":\"8.888\"}}}}}")
      .adding("TimingData", at: at + 2, "{\"Lines\":{\"11\":{\"NumberOfLaps\":4}}}")
    #expect(files.laps == feed.files.laps)
  }

  @Test func `8: laps to the grid and a pseudo lap before the start are no laps`() {
    let files = feed.files
      .adding("TimingData", at: 3_000_000, "{\"Lines\":{\"11\":{\"InPit\":true}}}")
      .adding("TimingData", at: 3_100_000, "{\"Lines\":{\"11\":{\"InPit\":false}}}")
    #expect(files.laps[number]?.map(\.lap) == [1, 2, 3, 4, 5, 6])
    #expect(files.laps[number]?.first?.pitIn == nil)
    #expect(files.laps[number]?.first?.pitOut == nil)
    let counted = feed.files.changing("TimingData") { _, object in
      guard object.contains("\"11\":") else { return object }
      return object.replacing(#/"NumberOfLaps":([0-9]+)/#) { "\"NumberOfLaps\":\((Int($0.1) ?? 0) + 1)" }
    }.adding("TimingData", at: 3_500_000, "{\"Lines\":{\"11\":{\"NumberOfLaps\":1}}}")
    #expect(counted.laps[number]?.filter { !$0.isGenerated }.map(\.time) == feed.files.laps[number]?.map(\.time))
  }

  @Test(arguments: [
    ("LAP 12", GapText.leads), ("+1.234", .milliseconds(1_234)), ("+1:09.473", .milliseconds(69_473)), ("1L", .other),
    ("1 L", .other), ("+1 LAP", .mentionsLap), ("12.5", .milliseconds(12_500)), ("nonsense", .other),
  ])
  func `12: gaps in all spellings`(text: String, gap: GapText) {
    let bytes = Array(text.utf8)
    #expect(GapText(bytes, 0..<bytes.count) == gap)
    #expect(GapText([], 0..<0) == nil)
  }

  @Test func `30: equal lap ends, a jump of the lap number, a number twice in the list`() {
    var twins = MadeUpFeed(cars: 3, laps: 4, seed: 5)
    for index in 0..<3 { twins.cars[index].stop = nil }
    twins.cars[1].laps = twins.cars[0].laps
    let laps = twins.files.changing("TimingData") { _, object in
      object.replacing("\"GapToLeader\"", with: "\"Other\"")
    }.laps
    for lap in 0..<4 {
      #expect(Set([10, 11, 12].compactMap { laps[$0]?[lap].position }) == [1, 2, 3], "lap \(lap + 1)")
      #expect((laps[10]?[lap].position ?? 0) < (laps[11]?[lap].position ?? 0))
    }
    let jump = feed.files.changing("TimingData") { _, object in
      object.contains("\"11\":") && object.contains("\"NumberOfLaps\":3,") ? nil : object
    }
    #expect(jump.laps[number]?.filter { !$0.isGenerated }.map(\.lap) == [1, 2, 3, 4, 5])
    let listed = feed.files.adding("DriverList", at: 200, "{\"011\":{\"RacingNumber\":\"11\",\"Tla\":\"AAB\"}}")
    #expect(listed.session.drivers.count == 4)
  }
}
